/**
 * What a model says of one named class: its probability, or whether it is that class or not. Taken from the small
 * terms: the class's own probability where that is small, all others' where it is large.
 */
import { unknownName } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Prediction } from '../../learner/prediction.ts';
import type { Acquisition } from '../strategy.ts';
import type { ClassNames } from '../strategyEntry.ts';

interface ClassOptions {
  /** An index or a name. */
  readonly class: number | string;
  readonly order: 'high' | 'low';
}

/** `high`: p, the largest first. `low`: −log p, the smallest p first. */
export function classProbability(options: ClassOptions): Acquisition {
  return ofClass(options, (p, rest) => (options.order === 'low' ? -logarithm(p, rest) : p));
}

/** The entropy h of p and 1 − p, nats; `high`: h, `low`: −log h, so that the surest rows are told apart. */
export function classEntropy({ order, ...options }: ClassOptions): Acquisition {
  return ofClass({ order, ...options }, (p, rest) => {
    const h = -product(p, logarithm(p, rest)) - product(rest, logarithm(rest, p));
    return order === 'low' ? -Math.log(h) : h;
  });
}

/** Throws `UserError("unknown-class")`. */
export function checkClass({ class: wanted }: ClassOptions, { name, classNames }: ClassNames): void {
  classIndex(wanted, classNames, name);
}

/** Scores each row by its p of the class and the sum of all other probabilities. */
function ofClass(options: ClassOptions, score: (p: number, rest: number) => number): Acquisition {
  return async (context) => {
    const c = classIndex(options.class, context.classNames, 'this data set');
    const prediction = await context.predictions();
    return Float64Array.from({ length: prediction.numSamples }, (_, i) => {
      const { p, rest } = split(prediction, i, c);
      return score(p, rest);
    });
  };
}

/** p of class `wanted` and of all others; the larger of the two as what the smaller leaves of 1. */
function split({ logProbabilities, numClasses }: Prediction, i: number, wanted: number) {
  let rest = 0;
  for (let c = 0; c < numClasses; c++) {
    if (c !== wanted) rest += Math.exp(logProbabilities[i * numClasses + c] as number);
  }
  const p = Math.exp(logProbabilities[i * numClasses + wanted] as number);
  if (Number.isNaN(p + rest)) return { p: Number.NaN, rest: Number.NaN };
  return p > rest ? { p: 1 - Math.min(rest, 1), rest } : { p, rest: 1 - p };
}

/** log p, from the small one of the two. */
const logarithm = (p: number, rest: number): number => (p > rest ? Math.log1p(-rest) : Math.log(p));

/** p log p with 0 · −∞ = 0. */
const product = (p: number, logP: number): number => (p === 0 ? 0 : p * logP);

function classIndex(wanted: number | string, classNames: readonly string[], dataset: string): number {
  const index = typeof wanted === 'number' ? wanted : classNames.indexOf(wanted);
  if (index >= 0 && index < classNames.length) return index;
  throw new UserError(
    'unknown-class',
    typeof wanted === 'number'
      ? `The option "class" must be one of the ${classNames.length} classes of ${dataset}, which are numbered from 0; met ${wanted}. ` +
          'Give a smaller number, or a name.'
      : unknownName(`class of ${dataset}`, wanted, classNames),
  );
}

/**
 * An annotator that errs, in one of three ways: at one rate for all classes (symmetric noise), by a confusion matrix, or
 * from one class to another (asymmetric noise; Patrini et al. 2017 flip similar classes so). The same row is always
 * answered the same.
 */
import { z } from 'zod';
import { answerEach, drawClass, drawWithErrors } from './answers.ts';
import { badOracle, checkClass } from './badOracle.ts';
import { defineOracle } from './oracleEntry.ts';

const rate = z.number().min(0).max(1);
const classIndex = z.int().min(0);

const options = {
  rate: rate
    .optional()
    .describe('Share of wrong answers, the other classes all alike. Give this, confusion or pairs.'),
  confusion: z
    .array(z.array(rate).min(1))
    .min(1)
    .optional()
    .describe('Per true class the probability of each answer; every row sums to 1.'),
  pairs: z
    .array(
      z.strictObject({
        from: classIndex.describe('True class.'),
        to: classIndex.describe('Class it is taken for.'),
        rate: rate.describe('How often.'),
      }),
    )
    .min(1)
    .optional()
    .describe('Classes that are taken for others; all else is answered rightly.'),
};

type NoisyOptions = z.output<z.ZodObject<typeof options>>;

/** How far a row of a confusion matrix may be from 1: thirds are written 0.333. */
const TOLERANCE = 0.002;

export const noisy = defineOracle({
  version: 1,
  description: 'errs at a rate, by a confusion matrix, or between pairs of classes; cost 1 a label',
  options,
  checkOptions(given, { numClasses }) {
    const names = Object.keys(given).filter((key) => given[key as keyof NoisyOptions] !== undefined);
    if (names.length !== 1) {
      badOracle(
        `The oracle "noisy" needs exactly one of "rate", "confusion" and "pairs", and has ${names.join(' and ') || 'none'}. ` +
          'Write for example { name: noisy, rate: 0.1 }.',
      );
    }
    if (given.confusion) checkConfusion(given.confusion, numClasses);
    if (given.pairs) checkPairs(given.pairs, numClasses);
  },
  create(given, context) {
    const { numClasses } = context;
    if (given.rate !== undefined) {
      const errors = { rate: given.rate, numClasses };
      return answerEach(context, ({ trueLabel, stream }) => drawWithErrors(trueLabel, errors, stream));
    }
    const matrix = given.confusion?.map(normalised) ?? pairsMatrix(given.pairs ?? [], numClasses);
    return answerEach(context, ({ trueLabel, stream }) => drawClass(matrix[trueLabel] ?? [], stream));
  },
});

function checkConfusion(matrix: readonly (readonly number[])[], numClasses: number): void {
  const lengths = matrix.map((row) => row.length);
  const odd = lengths.find((length) => length !== numClasses);
  if (matrix.length !== numClasses || odd !== undefined) {
    badOracle(
      `"confusion" must be ${numClasses} × ${numClasses}, a row per true class, and is ${matrix.length} × ${odd ?? lengths[0]}. ` +
        'Give every class a row, and every row a number per class.',
    );
  }
  matrix.forEach((row, c) => {
    const sum = sumOf(row);
    if (Math.abs(sum - 1) <= TOLERANCE) return;
    badOracle(
      `Every row of "confusion" must sum to 1, and row ${c} sums to ${Number(sum.toFixed(6))}. Correct the row.`,
    );
  });
}

function checkPairs(pairs: NonNullable<NoisyOptions['pairs']>, numClasses: number): void {
  for (const { from, to } of pairs) {
    checkClass('pairs.from', from, numClasses);
    checkClass('pairs.to', to, numClasses);
    if (from === to) {
      badOracle(`A pair must join two classes, and one goes from ${from} to ${to}. Leave it out.`);
    }
    const total = sumOf(pairs.filter((pair) => pair.from === from).map((pair) => pair.rate));
    if (total > 1 + 1e-9) {
      badOracle(
        `The rates of the pairs from class ${from} must not exceed 1 together, and sum to ${total}. Lower them.`,
      );
    }
  }
}

function pairsMatrix(pairs: NonNullable<NoisyOptions['pairs']>, numClasses: number): number[][] {
  return Array.from({ length: numClasses }, (_, from) => {
    const row = new Array<number>(numClasses).fill(0);
    for (const pair of pairs) if (pair.from === from) row[pair.to] = (row[pair.to] ?? 0) + pair.rate;
    row[from] = Math.max(0, 1 - sumOf(row));
    return row;
  });
}

function normalised(row: readonly number[]): number[] {
  const sum = sumOf(row);
  return row.map((value) => value / sum);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

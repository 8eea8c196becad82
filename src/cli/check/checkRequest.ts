/** What was asked of `querybench check`, understood and free of contradictions. */
import { statSync } from 'node:fs';
import { type CheckRules, defaultSpeedFactor, rulesOf } from '../../experiment/checkRules.ts';
import type { SpecOverride } from '../../experiment/specOverrides.ts';
import { lookUp } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';
import { metricNames } from '../../store/record.ts';
import { parseCount } from '../parseCount.ts';
import { type SpecChanges, specChanges } from '../specChanges.ts';
import { type CheckOutput, parseOutputs } from './checkOutputs.ts';

/** As typed. */
export interface CheckWords extends SpecChanges {
  readonly target: string;
  readonly baseline?: string | undefined;
  readonly against?: string | undefined;
  readonly update: boolean;
  readonly adaptive: boolean;
  readonly maxSeeds?: string | undefined;
  readonly maxMinutes?: string | undefined;
  readonly strict: boolean;
  readonly allowMissing: boolean;
  readonly format: readonly string[];
  readonly speed: boolean;
  readonly metric?: string | undefined;
  readonly margin?: string | undefined;
  readonly alpha?: string | undefined;
  readonly workers?: string | undefined;
  readonly out?: string | undefined;
}

export interface CheckRequest {
  /** A spec, or a results directory: what is there is compared, and nothing runs. */
  readonly target: { readonly kind: 'spec' | 'results'; readonly path: string };
  readonly compareWith:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'revision'; readonly revision: string };
  readonly isUpdate: boolean;
  /** Left out: one look. */
  readonly adaptive?: { readonly mostSeeds?: number | undefined; readonly mostMinutes?: number | undefined };
  readonly isStrict: boolean;
  readonly allowsMissing: boolean;
  readonly outputs: readonly CheckOutput[];
  /** Laid over the spec's rules by `rulesFor`. */
  readonly rules: Partial<CheckRules>;
  readonly isTimed: boolean;
  /** `path=value`, as `--set` has them. */
  readonly changes: readonly SpecOverride[];
  readonly numWorkers: number | undefined;
  readonly out: string | undefined;
}

/** Throws `UserError` "bad-option", "unknown-name". */
export function parseRequest(words: CheckWords): CheckRequest {
  const isFolder = statSync(words.target, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder) refuseRunning(words);
  const compareWith = parseComparison(words);
  const adaptive = parseAdaptive(words);
  return {
    target: { kind: isFolder ? 'results' : 'spec', path: words.target },
    compareWith,
    ...(adaptive && { adaptive }),
    ...{ isUpdate: words.update, isStrict: words.strict, allowsMissing: words.allowMissing },
    outputs: parseOutputs(words.format),
    ...{ rules: parseRules(words), isTimed: words.speed },
    changes: specChanges(words),
    numWorkers: parseCount('workers', words.workers, 'one per core'),
    out: words.out,
  };
}

/** The spec's rules, or those stored with results, as this check is to apply them. */
export function rulesFor(
  experiment: { readonly spec: unknown },
  { rules, isTimed }: CheckRequest,
): CheckRules {
  const own = rulesOf(experiment);
  return { ...own, ...rules, ...(isTimed && { speed: own.speed ?? { factor: defaultSpeedFactor } }) };
}

/** Throws `UserError("bad-option")` for options that are about running, where nothing runs. */
function refuseRunning(words: CheckWords): void {
  const { against, adaptive, set, seeds, engine, device, workers, out } = words;
  const given = Object.entries({
    against,
    adaptive,
    set: set.length > 0,
    seeds,
    engine,
    device,
    workers,
    out,
  })
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name]) => `--${name}`);
  if (given.length === 0) return;
  throw badOption(
    `${given.join(', ')} ${given.length === 1 ? 'is' : 'are'} for running a spec, and ${words.target} is a directory of results, ` +
      'which are compared as they are. Name the spec, or leave that out.',
  );
}

function parseComparison({ baseline, against, update }: CheckWords): CheckRequest['compareWith'] {
  if (baseline !== undefined && against !== undefined) {
    throw badOption(
      `A check compares with one thing, and there are --baseline ${baseline} and --against ${against}. Leave one out.`,
    );
  }
  if (against === undefined && baseline === undefined) {
    throw badOption(
      'A check needs something to compare with, and there is neither --baseline nor --against. Give --baseline <file>, with --update ' +
        'the first time, or --against <git revision>.',
    );
  }
  if (update && against !== undefined) {
    throw badOption(
      '--update writes the file of --baseline, and there is --against in its place. Leave one of the two out.',
    );
  }
  return against !== undefined
    ? { kind: 'revision', revision: against }
    : { kind: 'file', path: baseline ?? '' };
}

function parseAdaptive(words: CheckWords): CheckRequest['adaptive'] {
  const { adaptive, maxSeeds, maxMinutes, update } = words;
  if (!adaptive) {
    const given = [
      ...(maxSeeds === undefined ? [] : ['--max-seeds']),
      ...(maxMinutes === undefined ? [] : ['--max-minutes']),
    ];
    if (given.length === 0) return undefined;
    throw badOption(
      `${given.join(' and ')} limit --adaptive, and there is none. Add it, or leave the limit out.`,
    );
  }
  if (update) {
    throw badOption(
      '--update accepts the seeds of the spec, and --adaptive chooses others. Leave one of the two out; --seeds gives the baseline more.',
    );
  }
  return {
    mostSeeds: parseCount('max-seeds', maxSeeds, 'what the spec says, or 50'),
    mostMinutes: parseNumber('max-minutes', maxMinutes, {
      rule: 'a number of minutes above 0',
      isGood: (value) => value > 0,
    }),
  };
}

function parseRules({ metric, margin, alpha }: CheckWords): Partial<CheckRules> {
  const chosenMetric =
    metric === undefined
      ? undefined
      : lookUp('--metric', Object.fromEntries(metricNames.map((name) => [name, name])), metric);
  const chosenMargin = parseNumber('margin', margin, {
    rule: 'a number of at least 0',
    isGood: (value) => value >= 0,
  });
  const chosenAlpha = parseNumber('alpha', alpha, {
    rule: 'a probability above 0 and at most 0.5',
    isGood: (value) => value > 0 && value <= 0.5,
  });
  return {
    ...(chosenMetric !== undefined && { metric: chosenMetric }),
    ...(chosenMargin !== undefined && { margin: chosenMargin }),
    ...(chosenAlpha !== undefined && { alpha: chosenAlpha }),
  };
}

function parseNumber(
  option: string,
  text: string | undefined,
  { rule, isGood }: { readonly rule: string; readonly isGood: (value: number) => boolean },
): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && isGood(value)) return value;
  throw badOption(`--${option} must be ${rule}, and is "${text}". Correct it, or leave it out.`);
}

function badOption(message: string): UserError {
  return new UserError('bad-option', message);
}

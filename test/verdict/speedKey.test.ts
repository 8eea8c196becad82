/** The speed key: ratios in calibration units, the two keys, and all that is left out and said to be. */
import { expect, test } from 'vitest';
import { type CheckRules, defaultCheckRules } from '../../src/experiment/checkRules.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { check } from '../../src/verdict/check.ts';
import { checkOutcome } from '../../src/verdict/checkReport.ts';
import { makeBaseline } from '../../src/verdict/makeBaseline.ts';
import { speedKey, speedNotes } from '../../src/verdict/speedKey.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';

const rules: Pick<CheckRules, 'alpha' | 'exceptions' | 'speed'> = {
  ...{ alpha: 0.05, exceptions: [], speed: { factor: 1.25 } },
};
const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const sweep = syntheticSweep({ strategies: ['random', 'margin'], seeds });

interface Machine {
  /** Times a machine that takes a second for what the other takes one for. */
  readonly slowness?: number;
  /** Seconds of a round, before slowness. */
  readonly secondsOf?: (strategy: string) => {
    readonly fit: number;
    readonly score: number;
    readonly select: number;
  };
  readonly noise?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isCalibrated?: (trial: StoredTrial) => boolean;
}

const usual = () => ({ fit: 0.05, score: 0.004, select: 0.0001 });

/** The sweep as run on a machine: each trial's seconds and calibration differ by chance. */
function runOn(name: string, { slowness = 1, secondsOf = usual, ...more }: Machine = {}): StoredTrial[] {
  const { noise = 0.03, environment = {}, isCalibrated = () => true } = more;
  return sweep.map((trial): StoredTrial => {
    const { header, rounds, footer } = trial;
    const { labels, identity } = header.trial;
    const stream = deriveStream('bootstrap', { name, id: header.trial.id, seed: identity.seed });
    const times = (seconds: number) => seconds * slowness * Math.exp(noise * stream.normal());
    const { fit, score, select } = secondsOf(labels.strategy);
    return {
      header: { ...header, environment: { ...header.environment, device: 'cpu', cpu: 'A', ...environment } },
      rounds: rounds.map((round) => ({
        ...round,
        seconds: { ...round.seconds, fit: times(fit), score: times(score), select: times(select) },
      })),
      ...(footer && {
        footer: { ...footer, ...(isCalibrated(trial) && { calibrationSeconds: times(0.03) }) },
      }),
    };
  });
}

const baseline = makeBaseline(runOn('before'), 'speed');
const outcomesOf = (trials: readonly StoredTrial[], of = rules) =>
  speedKey(trials, baseline, of).map(({ strategy, phase, outcome }) => `${strategy} ${phase} ${outcome}`);

test('a slower machine is no slower program', () => {
  for (const slowness of [1, 3, 0.2]) {
    const verdicts = speedKey(runOn(`machine ${slowness}`, { slowness }), baseline, rules);
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unchanged'));
    for (const { ratio, interval } of verdicts) {
      expect(Math.abs(Math.log(ratio))).toBeLessThan(0.1);
      expect(interval?.lower).toBeLessThan(ratio);
      expect(interval?.upper).toBeGreaterThan(ratio);
    }
  }
});

test('a phase that takes twice as long is regressed, by its mirror improved, worst first', () => {
  const secondsOf = (strategy: string) => ({
    ...usual(),
    ...(strategy === 'margin' ? { score: 0.008 } : { fit: 0.025 }),
  });
  const trials = runOn('after', { slowness: 2, secondsOf });
  const [worst, ...others] = speedKey(trials, baseline, rules);
  expect(worst).toMatchObject({ strategy: 'margin', phase: 'score', outcome: 'regressed' });
  expect(worst?.ratio).toBeGreaterThan(1.9);
  expect(worst?.ratio).toBeLessThan(2.1);
  expect(worst?.adjustedPValue).toBeLessThan(0.01);
  expect(others.at(-1)).toMatchObject({ strategy: 'random', phase: 'fit', outcome: 'improved' });
  expect(others.slice(0, -1).map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
});

test('within the factor, or in noise: not regressed', () => {
  const slower = (by: number) => () => ({ ...usual(), fit: 0.05 * by });
  expect(outcomesOf(runOn('slightly', { secondsOf: slower(1.1) }))).not.toContain('margin fit regressed');
  const noisy = outcomesOf(runOn('noise', { secondsOf: slower(1.25), noise: 0.4 }));
  expect(noisy).toContain('margin fit inconclusive');
});

test('too few seeds cannot pass the rank test', () => {
  const trials = runOn('few', { secondsOf: () => ({ ...usual(), fit: 0.2 }) });
  const few = trials.filter(({ header }) => header.trial.identity.seed < 4);
  const ofFit = outcomesOf(few).filter((text) => text.includes('fit'));
  expect(ofFit.sort()).toEqual(['margin fit inconclusive', 'random fit inconclusive']);
  const one = trials.filter(({ header }) => header.trial.identity.seed === 0);
  expect(speedKey(one, baseline, rules).every(({ interval }) => interval === undefined)).toBe(true);
});

test('what takes no time is left out, unless it has come to take some', () => {
  expect(outcomesOf(runOn('idle')).filter((text) => text.includes('select'))).toEqual([]);
  expect(speedNotes(runOn('idle'), baseline, rules)).toEqual([
    'In 2 cells the speed of select was not judged: less than 5 ms a trial, in the baseline too.',
  ]);
  const trials = runOn('busy', { secondsOf: () => ({ ...usual(), select: 0.01 }) });
  expect(outcomesOf(trials).slice(0, 2).sort()).toEqual([
    'margin select regressed',
    'random select regressed',
  ]);
});

test('off unless asked for, and exceptions of the spec are left out', () => {
  const trials = runOn('off', { secondsOf: () => ({ ...usual(), fit: 1 }) });
  const { speed: _, ...off } = rules;
  expect(speedKey(trials, baseline, off)).toEqual([]);
  expect(speedNotes(trials, baseline, off)).toEqual([]);
  const excepted = { ...rules, exceptions: [{ strategy: 'margin', ignore: true }] };
  expect(outcomesOf(trials, excepted)).toEqual(['random fit regressed', 'random score unchanged']);
  expect(speedNotes(trials, baseline, excepted)).toContain(
    'The speed of margin was not judged: an exception of the spec’s.',
  );
});

test('trials without a calibration, on either side', () => {
  const isCalibrated = ({ header }: StoredTrial) => header.trial.identity.seed > 0;
  const trials = runOn('partly', { isCalibrated });
  expect(outcomesOf(trials)).toHaveLength(4);
  expect(speedNotes(trials, baseline, rules)[0]).toMatch(
    /^There is no calibration of 2 trials, run without one/,
  );
  const without = makeBaseline(runOn('none', { isCalibrated: () => false }), 'none');
  expect(speedKey(trials, without, rules)).toEqual([]);
  expect(speedNotes(trials, without, rules)[0]).toMatch(/^The baseline has no calibration of 24 trials/);
});

test('calibrations of another engine, device or pack do not compare; of another CPU only roughly', () => {
  for (const [key, value] of Object.entries({ engine: 'tfjs', device: 'cuda', replicas: '4' })) {
    const trials = runOn('elsewhere', { environment: { [key]: value } });
    expect(speedKey(trials, baseline, rules)).toEqual([]);
    expect(speedNotes(trials, baseline, rules)).toEqual([
      expect.stringMatching(
        /^Speed was not judged, because calibrations do not compare: (engine|device|replicas): .* → /,
      ),
    ]);
  }
  const trials = runOn('other CPU', { environment: { cpu: 'B' } });
  expect(outcomesOf(trials)).toHaveLength(4);
  expect(speedNotes(trials, baseline, rules).at(-1)).toContain('(cpu: A → B)');
});

test('a check that is asked for speed has it in its report, and fails by it', () => {
  const trials = runOn('check', { secondsOf: () => ({ ...usual(), fit: 0.2 }) });
  const quiet = check(trials, baseline);
  expect(quiet).not.toHaveProperty('speed');
  expect(checkOutcome(quiet)).toBe('holds');
  const timed = check(trials, baseline, { ...defaultCheckRules, speed: { factor: 1.25 } });
  expect(timed.speed).toEqual(speedKey(trials, baseline, rules));
  expect(timed.warnings).toEqual(speedNotes(trials, baseline, rules));
  expect(checkOutcome(timed)).toBe('regressed');
});

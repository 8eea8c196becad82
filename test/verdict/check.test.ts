import { expect, test } from 'vitest';
import { defaultCheckRules } from '../../src/experiment/checkRules.ts';
import type { StoredTrial, TrialIdentity } from '../../src/store/record.ts';
import { check, checkOutcome, makeBaseline, parseBaseline, renderBaseline } from '../../src/verdict/index.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { refusal } from '../experiment/sampleSpec.ts';

const strategies = ['random', 'margin'];
const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const sweep = syntheticSweep({ strategies, seeds });
const baseline = makeBaseline(sweep, 'ci');

/** With another id, as a changed implementation's trials may not have, so that the identity key is not asked. */
const worse = sweep.map((trial) =>
  trial.header.trial.labels.strategy === 'random'
    ? trial
    : syntheticTrial({ strategy: 'margin', seed: trial.header.trial.identity.seed, skill: 0.3 }),
);

test('a run held against itself holds, whatever way the baseline went through its file', () => {
  const report = check(sweep, parseBaseline(renderBaseline(baseline), 'ci.json'), defaultCheckRules, {
    baselineName: 'results/baselines/ci.json',
  });
  expect(report).toMatchObject({
    ...{ name: 'ci', baseline: 'results/baselines/ci.json', metric: 'accuracy', margin: 0.01, alpha: 0.05 },
    ...{ missing: [], failed: [], invariants: [], audit: [], warnings: [] },
    identity: { outcome: 'equal', numTrials: 20 },
  });
  expect(report.cells.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
  expect(report).not.toHaveProperty('speed');
  expect(checkOutcome(report)).toBe('holds');
});

test('a strategy that became worse is red and comes first, with both curves', () => {
  const report = check(worse, baseline);
  expect(report.cells.map(({ strategy, outcome }) => [strategy, outcome])).toEqual([
    ['margin', 'regressed'],
    ['random', 'unchanged'],
  ]);
  const [cell] = report.cells;
  expect(cell?.seeds).toEqual(seeds);
  expect(cell?.baselineCurve.map(({ spent }) => spent)).toEqual([20, 30, 40, 50, 60]);
  expect((cell?.currentMean ?? 0) - (cell?.baselineMean ?? 0)).toBeCloseTo(cell?.gain.mean ?? 0);
  expect(cell?.currentCurve.at(-1)?.value).toBeLessThan(cell?.baselineCurve.at(-1)?.value ?? 0);
  expect(checkOutcome(report)).toBe('regressed');
  expect(checkOutcome(check(sweep, makeBaseline(worse, 'ci')))).toBe('regressed'); // by the identity key
  expect(check(sweep, makeBaseline(worse, 'ci')).cells.at(-1)?.outcome).toBe('improved');
});

test('invariants are judged on the run', () => {
  const text = 'margin > random by 0.01';
  const invariant = {
    kind: 'above' as const,
    text,
    strategy: 'margin',
    other: 'random',
    by: 0.01,
    isStrict: true,
  };
  const rules = { ...defaultCheckRules, invariants: [invariant] };
  expect(check(sweep, baseline, rules).invariants).toMatchObject([{ outcome: 'holds' }]);
  expect(check(worse, baseline, rules).invariants[0]?.outcome).not.toBe('holds');
});

test('what only one side has is named, both ways', () => {
  const isOf = (strategy: string) => (trial: StoredTrial) => trial.header.trial.labels.strategy === strategy;
  const key = { dataset: 'digits', model: 'mlp', oracle: 'perfect', initialPoolSize: 20, queryBatchSize: 10 };
  const fewer = check(sweep.slice(0, 18), baseline);
  expect(fewer.missing).toEqual([{ ...key, strategy: 'margin', missingFrom: 'current', seeds: [8, 9] }]);
  expect(fewer.cells.map(({ seeds: of }) => of.length).sort()).toEqual([10, 8]);
  expect(check(sweep, makeBaseline(sweep.slice(0, 18), 'ci')).missing).toEqual([
    { ...key, strategy: 'margin', missingFrom: 'baseline', seeds: [8, 9] },
  ]);
  const half = check(sweep.filter(isOf('random')), makeBaseline(sweep.filter(isOf('margin')), 'ci'));
  expect(half.cells).toEqual([]);
  expect(half.missing).toEqual([
    { ...key, strategy: 'margin', missingFrom: 'current', seeds: [] },
    { ...key, strategy: 'random', missingFrom: 'baseline', seeds: [] },
  ]);
});

test('unfinished trials are missing, failed ones are failed and not missing too', () => {
  const broken = sweep.map((trial) => {
    const { strategy } = trial.header.trial.labels;
    const { seed } = trial.header.trial.identity;
    if (strategy === 'margin') return syntheticTrial({ strategy, seed, status: 'failed', reason: 'NaN' });
    return seed === 3 ? syntheticTrial({ strategy, seed, status: 'unfinished' }) : trial;
  });
  const report = check(broken, baseline);
  expect(report.failed).toHaveLength(10);
  expect(report.failed[0]).toMatchObject({ strategy: 'margin', seed: 0, reason: 'NaN' });
  expect(report.missing).toMatchObject([{ strategy: 'random', missingFrom: 'current', seeds: [3] }]);
  expect(checkOutcome(report)).toBe('failed');
});

/** The sweep as another spec would plan it: every identity with `changes`. */
function replanned(changes: (identity: TrialIdentity) => Partial<TrialIdentity>): StoredTrial[] {
  return sweep.map((trial) => {
    const { identity } = trial.header.trial;
    const changed = { ...identity, ...changes(identity) };
    return { ...trial, header: { ...trial.header, trial: { ...trial.header.trial, identity: changed } } };
  });
}

test('a baseline of another spec is refused: which keys, in which cells', () => {
  const larger = replanned(({ model }) => ({
    model: { ...model, training: { ...model.training, batchSize: 64 } },
  }));
  expect(() => check(larger, baseline)).toThrow(
    refusal(
      'other-spec',
      /this one is of another:\n {2}model\.training\.batchSize: 32 → 64, in all 2 cells\nCheck/,
    ),
  );
  const longer = replanned(({ strategy, budget }) =>
    strategy.name === 'margin' ? { budget: budget + 10 } : {},
  );
  expect(() => check(longer, baseline)).toThrow(
    refusal(
      'other-spec',
      / {2}budget: 60 → 70, in margin \(digits, mlp, perfect, initial pool 20, batch 10\)\n/,
    ),
  );
  const options = replanned(({ strategy }) => ({ strategy: { ...strategy, options: { version: 2 } } }));
  expect(() => check(options, baseline)).toThrow(
    refusal('other-spec', /strategy\.options\.version: none → 2/),
  );
});

test('another version of an implementation is what a check is for: compared, and said', () => {
  const mended = replanned(({ strategy }) => ({ strategy: { ...strategy, version: 2 } }));
  const report = check(mended, baseline);
  expect(report.cells).toHaveLength(2);
  expect(report.warnings).toEqual([
    "Another implementation than the baseline's, strategy.version: 1 → 2, in all 2 cells: their records need not be equal.",
  ]);
});

test('where no number of ranks could decide, that is said once', () => {
  const few = sweep.filter(({ header }) => header.trial.identity.seed < 5);
  expect(check(few, makeBaseline(few, 'ci')).warnings).toEqual([
    'With 5 seeds and 2 cells no rank test can reach alpha 0.05: nothing can be called regressed or improved. ' +
      'Give every cell at least 7 seeds.',
  ]);
});

test('times are judged where the rules ask for it', () => {
  const timed = (trials: readonly StoredTrial[], slowness: number): StoredTrial[] =>
    trials.map(({ header, rounds, footer }) => ({
      header,
      rounds: rounds.map((round) => ({
        ...round,
        seconds: {
          ...round.seconds,
          fit: round.seconds.fit * slowness * (1 + 0.001 * header.trial.identity.seed),
        },
      })),
      ...(footer && { footer: { ...footer, calibrationSeconds: 0.03 } }),
    }));
  const rules = { ...defaultCheckRules, speed: { factor: 1.25 } };
  const slower = check(timed(sweep, 2), makeBaseline(timed(sweep, 1), 'ci'), rules);
  expect(slower.speed?.[0]).toMatchObject({ phase: 'fit', outcome: 'regressed', ratio: expect.closeTo(2) });
  expect(checkOutcome(slower)).toBe('regressed');
  const unmeasured = check(sweep, baseline, rules);
  expect(unmeasured.speed).toEqual([]);
  expect(unmeasured.warnings.join()).toMatch(/calibration/);
});

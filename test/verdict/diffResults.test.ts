/** Two runs held against each other: what is in one alone, where the others part, and how it reads. */
import { expect, test } from 'vitest';
import { renderDiffJson, renderDiffText } from '../../src/render/renderDiff.ts';
import type { RoundRecord, StoredTrial } from '../../src/store/record.ts';
import { diffResults } from '../../src/verdict/diffResults.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';

const trials = syntheticSweep({ strategies: ['random', 'margin'], seeds: [0, 1, 2] });
const names = { baseline: 'before', current: 'after' };
const textOf = (baseline: readonly StoredTrial[], current: readonly StoredTrial[]) =>
  renderDiffText(diffResults(baseline, current), names);

const isOf = (strategy: string, seed: number) => (trial: StoredTrial) =>
  trial.header.trial.labels.strategy === strategy && trial.header.trial.identity.seed === seed;

function withRound(
  among: readonly StoredTrial[],
  [strategy, seed, round]: readonly [string, number, number],
  change: (record: RoundRecord) => Partial<RoundRecord>,
): StoredTrial[] {
  return among.map((trial) => {
    if (!isOf(strategy, seed)(trial)) return trial;
    const rounds = trial.rounds.map((record) =>
      record.round === round ? { ...record, ...change(record) } : record,
    );
    return { ...trial, rounds };
  });
}

/** As another spec would have named them: other ids. */
function withBatchSize(among: readonly StoredTrial[], batchSize: number): StoredTrial[] {
  return among.map(({ header, ...rest }) => {
    const { trial } = header;
    const { model } = trial.identity;
    const identity = {
      ...trial.identity,
      model: { ...model, training: { ...model.training, batchSize } },
    };
    return { header: { ...header, trial: { ...trial, id: `${trial.id}-${batchSize}`, identity } }, ...rest };
  });
}

test('the same, in any order and at any speed', () => {
  const slower = trials
    .map((trial) => ({
      ...trial,
      rounds: trial.rounds.map((round) => ({ ...round, seconds: { ...round.seconds, fit: 5 } })),
    }))
    .reverse();
  expect(diffResults(trials, slower)).toMatchObject({ outcome: 'equal', environment: [], bitReasons: [] });
  expect(textOf(trials, slower)).toBe(
    'before has 6 trials, after has 6 trials; they share 6, all of which are equal to the last bit.\n',
  );
});

test('a commit alone is told, and makes no difference', () => {
  const elsewhere = trials.map(({ header, ...rest }) => ({
    header: { ...header, environment: { ...header.environment, commit: 'fedcba987654' } },
    ...rest,
  }));
  expect(diffResults(trials, elsewhere).outcome).toBe('equal');
  expect(textOf(trials, elsewhere)).toContain('Environments\n  commit: none → fedcba987654\n');
});

test('the first parting of each cell, with the digits that differ, and that nothing excuses it', () => {
  const later = withRound(trials, ['margin', 1, 2], ({ metrics }) => ({
    metrics: { ...metrics, accuracy: metrics.accuracy + 2 ** -53 },
  }));
  const both = withRound(later, ['margin', 2, 0], ({ answers }) => ({ answers: answers.with(1, -1) }));
  const { accuracy = 0 } = trials.find(isOf('margin', 1))?.rounds[2]?.metrics ?? {};
  expect(accuracy + 2 ** -53).not.toBe(accuracy);
  expect(diffResults(trials, both).outcome).toBe('different');
  expect(textOf(trials, both)).toBe(
    `before has 6 trials, after has 6 trials; they share 6, 4 of which are equal to the last bit.

Trials that part: 2
  digits, mlp, initial pool 20, margin: seeds 1-2; at first seed 1, round 2
    metrics.accuracy: ${accuracy} → ${accuracy + 2 ** -53}
  Engine, versions and CPU features are the same: every bit ought to be.
`,
  );
  const answers = withRound(trials, ['margin', 2, 0], (record) => ({ answers: record.answers.with(1, -1) }));
  const row = trials.find(isOf('margin', 2))?.rounds[0]?.queriedRows[1] ?? 0;
  expect(textOf(trials, answers)).toContain(`answers[1], row ${row}: class ${row % 10} → no answer`);
});

test('another version excuses bits that differ', () => {
  const newer = withRound(trials, ['random', 0, 3], () => ({ queriedRows: [5] })).map(
    ({ header, ...rest }) => ({
      header: { ...header, environment: { ...header.environment, node: 'v22.1.0' } },
      ...rest,
    }),
  );
  const text = textOf(trials, newer);
  expect(text).toContain('  Bits may differ for this reason: node: v20.20.2 → v22.1.0.\n');
  expect(text).toMatch(/queriedRows\[0\]: \d+ → 5\n/);
});

test('what only one has, and what went further', () => {
  const begun = trials.map((trial): StoredTrial => {
    if (!isOf('random', 0)(trial)) return trial;
    return { header: trial.header, rounds: trial.rounds.slice(0, 2) };
  });
  const diff = diffResults(trials.slice(0, 5), begun.slice(0, 4));
  expect(diff).toMatchObject({ outcome: 'different', onlyInBaseline: [{ strategy: 'margin', seed: 1 }] });
  expect(renderDiffText(diff, names)).toBe(
    `before has 5 trials, after has 4 trials; they share 4, 3 of which are equal to the last bit.

Only in before: 1 trial
  digits, mlp, initial pool 20, margin: seed 1

Trials that are equal as far as both go: 1
  digits, mlp, initial pool 20, random, seed 0: 5 rounds, finished → 2 rounds, unfinished
`,
  );
  expect(diffResults(begun.slice(0, 4), trials.slice(0, 5)).onlyInCurrent).toHaveLength(1);
});

test('one name, other ids: which key of the identity was changed, and where they part', () => {
  const others = withRound(withBatchSize(trials, 64), ['margin', 0, 0], ({ training }) => ({
    training: { ...training, steps: 50 },
  }));
  expect(textOf(trials, others)).toBe(
    `before has 6 trials, after has 6 trials; they share none.

Other trials under the same names: 6
  model.training.batchSize: 32 → 64
  They part:
    digits, mlp, initial pool 20, margin: seed 0; at first seed 0, round 0
      training.steps: 100 → 50
  Equal to the last bit all the same: 5 trials.
`,
  );
});

test('JSON has every pair', () => {
  const diff = diffResults(trials, withBatchSize(trials, 64).slice(1));
  const written = JSON.parse(renderDiffJson(diff, names));
  expect(written).toMatchObject({
    ...{ format: 'querybench-diff', version: 1, outcome: 'different', baseline: 'before', current: 'after' },
    ...{ numBaseline: 6, numCurrent: 5, shared: [] },
  });
  expect(written.changed).toHaveLength(5);
  const id = trials.find(isOf('margin', 0))?.header.trial.id;
  expect(written.changed[0]).toMatchObject({
    ...{ strategy: 'margin', seed: 0, trialId: id, currentTrialId: `${id}-64` },
    changes: [{ key: 'model.training.batchSize', first: '32', second: '64' }],
  });
});

test('nothing against nothing', () => {
  expect(textOf([], [])).toBe('before has 0 trials, after has 0 trials; they share none.\n');
});

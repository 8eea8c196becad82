import { expect, test } from 'vitest';
import { cautions, cells, defaultTarget, groups, summarise } from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

function cautionsOf(trials: readonly StoredTrial[]): string[] {
  return cautions(groups(cells(trials)));
}

const random = [0.6, 0.7, 0.8].map((end, seed) => syntheticTrial({ seed, accuracies: [0.5, end] }));
const margin = [0.7, 0.8, 0.9].map((end, seed) =>
  syntheticTrial({ seed, strategy: 'margin', accuracies: [0.5, end] }),
);

test('a row has final accuracy, AUBC, labels to the target and seconds of a trial', () => {
  const [row] = summarise(margin);
  expect(row).toMatchObject({
    strategy: 'margin',
    numSeeds: 3,
    numFinished: 3,
    numFailed: 0,
    numUnfinished: 0,
  });
  expect(row?.finalAccuracy?.mean).toBeCloseTo(0.8, 12);
  expect(row?.finalAccuracy?.standardDeviation).toBeCloseTo(0.1, 12);
  expect(row?.aubc?.mean).toBeCloseTo(0.65, 12);
  // scipy.stats.t.interval(0.95, 2, loc=0.65, scale=0.05 / numpy.sqrt(3))[0]
  expect(row?.aubc?.interval?.lower).toBeCloseTo(0.5257931144, 9);
  expect(row?.seconds?.fit).toBeCloseTo(0.05 + 0.051, 12);
  expect(row?.seconds?.evaluate).toBeCloseTo(0.004, 12);
});

test('the target is random’s final mean in the same group, and the user’s if given', () => {
  const rows = summarise([...random, ...margin]);
  expect(rows.map((row) => row.strategy)).toEqual(['margin', 'random']);
  for (const row of rows) {
    expect(row.targetFrom).toBe('random');
    expect(row.labelsToTarget[0]?.target).toBeCloseTo(0.7, 12);
  }
  const given = summarise([...random, ...margin], { targets: [0.75, 0.99] });
  expect(given.map((row) => row.targetFrom)).toEqual([undefined, undefined]);
  expect(given[0]?.labelsToTarget).toEqual([
    { target: 0.75, median: { reached: true, spent: 30 }, numReached: 2, numSeeds: 3 },
    { target: 0.99, median: { reached: false, budget: 30 }, numReached: 0, numSeeds: 3 },
  ]);
  expect(given[1]?.labelsToTarget[0]).toMatchObject({
    median: { reached: false, budget: 30 },
    numReached: 1,
  });
});

test('without random, the target is the lowest final mean', () => {
  const entropy = [syntheticTrial({ strategy: 'entropy', accuracies: [0.5, 0.65] })];
  const [group] = groups(cells([...margin, ...entropy]));
  expect(defaultTarget(group?.cells ?? [])).toEqual({ value: 0.65, strategy: 'entropy' });
  expect(defaultTarget([])).toBeUndefined();
});

test('groups come in natural order, strategies by falling AUBC, those without a finished trial last', () => {
  const trials = [
    ...syntheticSweep({
      strategies: ['random', 'entropy', 'margin'],
      seeds: [1, 2, 3],
      initialPoolSizes: [100, 20],
    }),
    syntheticTrial({ strategy: 'bald', status: 'failed', reason: 'the loss became NaN' }),
  ];
  const rows = summarise([...trials].reverse());
  expect(rows.map((row) => row.initialPoolSize)).toEqual([20, 20, 20, 20, 100, 100, 100]);
  const areas = rows.slice(0, 3).map((row) => row.aubc?.mean ?? Number.NaN);
  expect(areas).toEqual([...areas].sort((a, b) => b - a));
  expect(rows[3]).toMatchObject({ strategy: 'bald', numSeeds: 0, numFailed: 1, labelsToTarget: [] });
  expect(rows[3]?.aubc).toBeUndefined();
  expect(rows).toEqual(summarise(trials));
});

test('a complete and even sweep needs no caution', () => {
  expect(cautionsOf([...random, ...margin])).toEqual([]);
});

test('failed, unfinished, single, uneven and mixed cells are each named', () => {
  const failed = syntheticTrial({ seed: 7, status: 'failed', reason: 'the loss became NaN' });
  expect(cautionsOf([...random, failed])).toEqual([
    'digits, mlp, initial pool 20: random failed in 1 of 4 trials (first reason: the loss became NaN).',
  ]);
  const unfinished = syntheticTrial({ seed: 7, status: 'unfinished' });
  expect(cautionsOf([...random, unfinished]).join()).toContain('random is unfinished in 1 of 4 trials.');
  expect(cautionsOf([unfinished]).join()).toContain('so it has no curve');
  expect(cautionsOf(random.slice(0, 1)).join()).toContain('one seed for random, so no interval');
  expect(cautionsOf([...random, ...margin.slice(0, 2)]).join()).toContain('finished different seeds');
  const longer = margin.map((_, seed) =>
    syntheticTrial({ seed, strategy: 'margin', accuracies: [0.5, 0.6, 0.7] }),
  );
  expect(cautionsOf([...random, ...longer]).join()).toContain('end at different numbers of labels');
  const uneven = syntheticTrial({ seed: 7, accuracies: [0.5, 0.6, 0.7] });
  expect(cautionsOf([...random, uneven]).join()).toContain('1 of them not shared by all were dropped');
  const mixed = syntheticTrial({ seed: 7, accuracies: [0.5, 0.6], options: { temperature: 2 } });
  expect(cautionsOf([...random, mixed]).join()).toContain('different settings under the same name');
});

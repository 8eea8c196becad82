import { expect, test } from 'vitest';
import type { Cell } from '../../src/analysis/index.ts';
import {
  cellCurve,
  cells,
  groupName,
  groups,
  learningCurve,
  naturalOrder,
  seedCurves,
} from '../../src/analysis/index.ts';
import { syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

function onlyCell(found: readonly Cell[]): Cell {
  expect(found).toHaveLength(1);
  return found[0] as Cell;
}

test('trials are sorted into cells by their labels and into groups by all but the strategy', () => {
  const trials = syntheticSweep({
    strategies: ['random', 'entropy'],
    seeds: [2, 1],
    initialPoolSizes: [100, 20],
  });
  const found = groups(cells(trials));
  expect(found.map((group) => group.initialPoolSize)).toEqual([20, 100]);
  for (const group of found) {
    expect(group.cells.map((cell) => cell.strategy)).toEqual(['entropy', 'random']);
    for (const cell of group.cells) {
      expect(cell.finished.map((trial) => trial.header.trial.identity.seed)).toEqual([1, 2]);
    }
  }
});

test('failed and unfinished trials stay visible but enter no statistic', () => {
  const cell = onlyCell(
    cells([
      syntheticTrial({ seed: 1, accuracies: [0.5, 0.7] }),
      syntheticTrial({ seed: 2, accuracies: [0.1], status: 'failed' }),
      syntheticTrial({ seed: 3, accuracies: [0.2], status: 'unfinished' }),
    ]),
  );
  expect([cell.finished.length, cell.failed.length, cell.unfinished.length]).toEqual([1, 1, 1]);
  expect(cellCurve(cell).points.map((point) => point.mean)).toEqual([0.5, 0.7]);
});

test('a trial found twice counts once, in its furthest state', () => {
  const unfinished = syntheticTrial({ accuracies: [0.5], status: 'unfinished' });
  const finished = syntheticTrial({ accuracies: [0.5, 0.7] });
  for (const trials of [
    [unfinished, finished],
    [finished, unfinished, finished],
  ]) {
    const cell = onlyCell(cells(trials));
    expect([cell.finished.length, cell.unfinished.length]).toEqual([1, 0]);
  }
});

test('a learning curve has a point per round, of any metric', () => {
  const trial = syntheticTrial({ accuracies: [0.5, 0.7] });
  expect(learningCurve(trial)).toEqual([
    { spent: 20, value: 0.5 },
    { spent: 30, value: 0.7 },
  ]);
  expect(learningCurve(trial, 'nll')[0]?.value).toBeCloseTo(1.5, 12);
});

test('a cell’s curve has mean, deviation and interval at each number of labels', () => {
  const trials = [0.7, 0.8, 0.9].map((value, i) => syntheticTrial({ seed: i, accuracies: [0.5, value] }));
  const [start, end] = cellCurve(onlyCell(cells(trials))).points;
  expect(start).toEqual({
    spent: 20,
    numValues: 3,
    mean: 0.5,
    standardDeviation: 0,
    interval: { lower: 0.5, upper: 0.5 },
  });
  // scipy.stats.t.interval(0.95, 2, loc=0.8, scale=0.1 / numpy.sqrt(3)) -> (0.5515862286..., 1.0484137713...)
  expect(end?.mean).toBeCloseTo(0.8, 12);
  expect(end?.standardDeviation).toBeCloseTo(0.1, 12);
  expect(end?.interval?.lower).toBeCloseTo(0.551586228807, 10);
  expect(end?.interval?.upper).toBeCloseTo(1.048413771193, 10);
});

test('seeds with different grids are compared on what they share, and the rest is named', () => {
  const cell = onlyCell(
    cells([
      syntheticTrial({ seed: 1, accuracies: [0.5, 0.6, 0.7] }),
      syntheticTrial({ seed: 2, accuracies: [0.5, 0.8] }),
    ]),
  );
  expect(seedCurves(cell).dropped).toEqual([40]);
  expect(cellCurve(cell).points.map((point) => point.spent)).toEqual([20, 30]);
});

test('names tell groups apart by what differs and no more', () => {
  const trials = [syntheticTrial(), syntheticTrial({ oracle: 'noisy' })];
  const two = groups(cells(trials));
  expect(two.map((group) => groupName(group, two))).toEqual([
    'digits, mlp, initial pool 20, oracle noisy',
    'digits, mlp, initial pool 20, oracle perfect',
  ]);
  const one = two.slice(0, 1);
  expect(one.map((group) => groupName(group, one))).toEqual(['digits, mlp, initial pool 20']);
});

test('natural order puts mlp-9 before mlp-10, and tells equal-looking names apart', () => {
  expect(['mlp-10', 'mlp-9', 'cnn'].sort(naturalOrder)).toEqual(['cnn', 'mlp-9', 'mlp-10']);
  expect(naturalOrder('a01', 'a1')).not.toBe(0);
  expect(naturalOrder(9, 10)).toBeLessThan(0);
});

/** Curves over labels, queries and cost, and trials that were not measured at the same places. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cautions,
  cellCurve,
  cells,
  curveAxis,
  groups,
  learningCurve,
  summarise,
  valueAt,
} from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticTrial } from './syntheticTrials.ts';

interface Spent {
  readonly labels?: readonly number[];
  readonly costs?: readonly number[];
  readonly accuracies: readonly number[];
}

/** A trial that was measured at these labels and costs. */
function trialOf(strategy: string, seed: number, { labels, costs, accuracies }: Spent): StoredTrial {
  const trial = syntheticTrial({ strategy, seed, accuracies });
  const rounds = trial.rounds.map((round, i) => ({
    ...round,
    ...(labels && { numLabels: labels[i] as number }),
    ...(costs && { totalCost: costs[i] as number }),
  }));
  return { ...trial, rounds };
}

test('labels, queries and cost are one where every query is answered and costs 1', () => {
  const trial = syntheticTrial({ numRounds: 4 });
  const grid = [20, 30, 40, 50];
  for (const over of ['labels', 'queries', 'cost'] as const) {
    expect(learningCurve(trial, 'accuracy', over).map(({ spent }) => spent)).toEqual(grid);
    expect(curveAxis(cells([trial]), over)).toEqual({ over });
  }
});

test('and three where they are not', () => {
  const accuracies = [0.5, 0.6, 0.7];
  const trial = trialOf('random', 0, { labels: [15, 22, 31], costs: [40, 61.5, 80.1 + 0.2], accuracies });
  const spent = (over: 'labels' | 'queries' | 'cost') =>
    learningCurve(trial, 'accuracy', over).map((point) => point.spent);
  expect(spent('labels')).toEqual([15, 22, 31]);
  expect(spent('queries')).toEqual([20, 30, 40]);
  expect(spent('cost')).toEqual([40, 61.5, 80.3]);
});

test('trials of one group that end sooner are cut down to, not interpolated', () => {
  const long = trialOf('random', 0, { accuracies: [0.5, 0.6, 0.7] });
  const short = trialOf('margin', 0, { accuracies: [0.5, 0.6] });
  expect(curveAxis(cells([long, short]))).toEqual({ over: 'labels' });
});

test('what was measured elsewhere is read off straight lines on the stretch that all share', () => {
  const first = trialOf('random', 0, { labels: [10, 20, 30], accuracies: [0.1, 0.2, 0.3] });
  const second = trialOf('random', 1, { labels: [14, 18, 26], accuracies: [0.5, 0.7, 0.9] });
  const all = cells([first, second]);
  const axis = curveAxis(all);
  expect(axis).toEqual({ over: 'labels', grid: [14, 20, 26] });
  const [cell] = all;
  if (cell === undefined) throw new Error('One cell is expected.');
  const means = cellCurve(cell, { axis }).points.map(({ mean }) => mean);
  [(0.14 + 0.5) / 2, (0.2 + 0.75) / 2, (0.26 + 0.9) / 2].forEach((mean, i) => {
    expect(means[i]).toBeCloseTo(mean, 12);
  });
  expect(cautions(groups(all))).toContainEqual(
    expect.stringMatching(/different numbers of labels.*straight lines, at 3 places from 14 to 26 labels/),
  );
});

test('a straight curve is the same wherever it was measured, and so is the area under it', () => {
  const grid = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(grid, { minLength: 2, maxLength: 4 }), (grids) => {
      const trials = grids.map((labels, seed) => {
        const sorted = labels.toSorted((a, b) => a - b);
        return trialOf('random', seed, {
          labels: sorted,
          accuracies: sorted.map((count) => 0.1 + count / 400),
        });
      });
      const [row] = summarise(trials);
      const { grid: shared } = curveAxis(cells(trials));
      if (shared === undefined) return;
      const [start, end] = [shared[0], shared.at(-1)];
      if (start === undefined || end === undefined) expect(row?.aubc).toBeUndefined();
      else expect(row?.aubc?.mean).toBeCloseTo(0.1 + (start + end) / 800, 9);
    }),
  );
});

test('labels to a target are counted where they were measured', () => {
  const first = trialOf('random', 0, { labels: [10, 20, 30], accuracies: [0.1, 0.2, 0.9] });
  const second = trialOf('random', 1, { labels: [14, 18, 26], accuracies: [0.5, 0.7, 0.9] });
  const [row] = summarise([first, second], { targets: [0.9] });
  expect(row?.labelsToTarget[0]?.median).toEqual({ reached: true, spent: 28 });
});

test('over cost, the area and the target are of cost', () => {
  const trials = [0, 1].map((seed) =>
    trialOf('random', seed, { costs: [10, 30, 50], accuracies: [0.5, 0.6, 0.9] }),
  );
  const [row] = summarise(trials, { over: 'cost', targets: [0.6] });
  expect(row?.over).toBe('cost');
  expect(row?.aubc?.mean).toBeCloseTo((0.55 + 0.75) / 2, 12);
  expect(row?.labelsToTarget[0]?.median).toEqual({ reached: true, spent: 30 });
});

test('trials that share no stretch have no curve, and it is said', () => {
  const cheap = trialOf('random', 0, { costs: [1, 2], accuracies: [0.5, 0.6] });
  const dear = trialOf('margin', 0, { costs: [5, 9], accuracies: [0.5, 0.6] });
  const all = cells([cheap, dear]);
  expect(summarise([cheap, dear], { over: 'cost' }).map((row) => row.aubc)).toEqual([undefined, undefined]);
  expect(cautions(groups(all), 'cost')).toContainEqual(expect.stringMatching(/no stretch of cost/));
});

test('a value is read between its neighbours, and held at the ends', () => {
  const points = [
    { spent: 1, value: 0 },
    { spent: 3, value: 1 },
    { spent: 3, value: 2 },
    { spent: 5, value: 4 },
  ];
  expect([0, 1, 2, 3, 4, 9].map((spent) => valueAt(points, spent))).toEqual([0, 0, 0.5, 2, 3, 4]);
});

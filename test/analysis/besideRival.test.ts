/** Our trials beside another program's runs: which are compared, and what is said of how far apart they are. */
import { expect, test } from 'vitest';
import { besideModels, besideRival, estimate, type RivalRun } from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

/** Runs of a program that measures what we do, and `shift` more. */
const runsOf = (trials: readonly StoredTrial[], shift = 0): RivalRun[] =>
  trials.map(({ header, rounds }) => ({
    trial: header.trial.id,
    rounds: rounds.map(({ numLabels, metrics }) => ({
      ...{ numLabels, accuracy: metrics.accuracy + shift, nll: metrics.nll - 2 * shift },
    })),
  }));
const sweep = syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2, 3, 4] });

test('a program that measures the same is nowhere apart', () => {
  const compared = besideRival(sweep, runsOf(sweep));
  expect(compared.map(({ strategy }) => strategy)).toEqual(['margin', 'random']);
  for (const { difference, places } of compared) {
    expect(difference).toMatchObject({ numValues: 4, mean: 0 });
    expect(places.map(({ numLabels }) => numLabels)).toEqual([20, 30, 40, 50, 60]);
    expect(places.every(({ isWithinSpread }) => isWithinSpread)).toBe(true);
  }
});

test('differences are ours less theirs, per place and of the whole curve', () => {
  for (const [metric, expected] of [['accuracy', 0.125] as const, ['nll', -0.25] as const]) {
    for (const { difference, places } of besideRival(sweep, runsOf(sweep, -0.125), metric)) {
      expect(difference.mean).toBeCloseTo(expected, 12);
      for (const place of places) expect(place.difference.mean).toBeCloseTo(expected, 12);
    }
  }
});

test('within the spread: no further apart than either side’s standard deviation', () => {
  const trials = [0.5, 0.6, 0.7].map((accuracy, i) =>
    syntheticTrial({ seed: i, accuracies: [accuracy], id: `t${i}` }),
  );
  const runs = (values: readonly number[]): RivalRun[] =>
    values.map((accuracy, i) => ({ trial: `t${i}`, rounds: [{ numLabels: 20, accuracy, nll: 1 }] }));
  const isWithin = (values: readonly number[]) =>
    besideRival(trials, runs(values))[0]?.places[0]?.isWithinSpread;
  expect(isWithin([0.59, 0.69, 0.79])).toBe(true); // 0.09 apart, both 0.1 wide
  expect(isWithin([0.61, 0.71, 0.81])).toBe(false);
  expect(isWithin([0.68, 0.69, 0.7])).toBe(false); // ours is wide enough, theirs is not
});

test('one seed has no spread; trials without a run, unfinished ones and unknown runs are left out', () => {
  const [first, second] = sweep;
  if (first === undefined || second === undefined) throw new Error('The sweep has trials.');
  const unfinished = syntheticTrial({ status: 'unfinished', seed: 9 });
  const runs = [...runsOf([first, unfinished]), { trial: 'of another', rounds: [] }];
  const [only, ...more] = besideRival([first, second, unfinished], runs);
  expect(more).toEqual([]);
  expect(only?.difference).toEqual({ numValues: 1, mean: 0 });
  expect(only?.places[0]).not.toHaveProperty('isWithinSpread');
  expect(besideRival(sweep, [])).toEqual([]);
  expect(besideRival([], runs)).toEqual([]);
});

test('only places that all were measured at are compared; without any there is nothing', () => {
  const [run = expect.fail(), ...others] = runsOf(sweep);
  const shorter = [{ ...run, rounds: run.rounds.slice(1, 3) }, ...others];
  const places = besideRival(sweep, shorter).map((cell) => cell.places.map(({ numLabels }) => numLabels));
  expect(places.toSorted((a, b) => a.length - b.length)).toEqual([
    [30, 40],
    [20, 30, 40, 50, 60],
  ]);
  const elsewhere = runsOf(sweep).map(({ trial, rounds }) => ({
    trial,
    rounds: rounds.map((round) => ({ ...round, numLabels: round.numLabels + 1 })),
  }));
  expect(besideRival(sweep, elsewhere)).toEqual([]);
});

test('a model’s difference has seeds as its units', () => {
  const runs = runsOf(sweep).map((run, i) => ({
    ...run,
    rounds: run.rounds.map((round) => ({ ...round, accuracy: round.accuracy - i / 100 })),
  }));
  const [model, ...more] = besideModels(besideRival(sweep, runs));
  expect(more).toEqual([]);
  // Of seed s: the mean of (s − 1) / 100 by random and (s + 3) / 100 by margin.
  expect(model?.difference.mean).toBeCloseTo(estimate([0.02, 0.03, 0.04, 0.05]).mean, 12);
  expect(model?.difference.standardDeviation).toBeCloseTo(
    estimate([0.02, 0.03, 0.04, 0.05]).standardDeviation ?? 0,
    12,
  );
  expect(model).toMatchObject({ dataset: 'digits', model: 'mlp', numStrategies: 2, numPlaces: 10 });
});

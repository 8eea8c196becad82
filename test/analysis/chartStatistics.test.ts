/** What charts show and tables do not: differences along the curve, class balance, limits of censored savings, seconds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cellCurve,
  cells,
  classBalance,
  compareWithBaseline,
  differenceCurves,
  type Group,
  groups,
  labelSavings,
  spentByRound,
} from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

function groupOf(trials: readonly StoredTrial[]): Group {
  const [group] = groups(cells(trials));
  if (group === undefined) throw new Error('There is no group.');
  return group;
}

const pair = (random: readonly number[], margin: readonly number[], seed = 1) => [
  syntheticTrial({ seed, strategy: 'random', accuracies: random }),
  syntheticTrial({ seed, strategy: 'margin', accuracies: margin }),
];

test('a difference is that of the means, and its interval that of paired differences', () => {
  const trials = [...pair([0.5, 0.6], [0.5, 0.7]), ...pair([0.3, 0.4], [0.3, 0.52], 2)];
  const [curve] = differenceCurves(groupOf(trials));
  expect(curve).toMatchObject({ strategy: 'margin', baseline: 'random', numSeeds: 2, droppedSeeds: [] });
  const [start, end] = curve?.points ?? [];
  expect(start).toMatchObject({ spent: 20, mean: 0, interval: { lower: 0, upper: 0 } });
  expect(end?.mean).toBeCloseTo(0.11, 12);
  // t(0.975, 1) = 12.706; differences 0.10 and 0.12 have a standard error of 0.01
  expect(end?.interval?.upper).toBeCloseTo(0.11 + 12.7062047 * 0.01, 6);
  expect(curve?.seedCurves.map(({ points }) => points.at(-1)?.value)).toEqual([
    expect.closeTo(0.1, 12),
    expect.closeTo(0.12, 12),
  ]);
});

test('the mean difference is the difference of means, seed by seed, whatever the sweep', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }), (numSeeds, numRounds) => {
      const seeds = Array.from({ length: numSeeds }, (_, seed) => seed);
      const group = groupOf(syntheticSweep({ strategies: ['random', 'entropy'], seeds }, { numRounds }));
      const [entropy, random] = ['entropy', 'random'].map((name) =>
        group.cells.filter(({ strategy }) => strategy === name).map((cell) => cellCurve(cell)),
      );
      const [curve] = differenceCurves(group);
      curve?.points.forEach(({ mean }, i) => {
        const expected = (entropy?.[0]?.points[i]?.mean ?? 0) - (random?.[0]?.points[i]?.mean ?? 0);
        expect(mean).toBeCloseTo(expected, 10);
      });
      expect(curve?.points).toHaveLength(numRounds);
    }),
    { numRuns: 30 },
  );
});

test('without the baseline, or a seed in common, there is no difference', () => {
  expect(differenceCurves(groupOf(syntheticSweep({ strategies: ['margin'], seeds: [1] })))).toEqual([]);
  const apart = [syntheticTrial({ seed: 1 }), syntheticTrial({ seed: 2, strategy: 'margin' })];
  expect(differenceCurves(groupOf(apart))).toEqual([]);
});

test('where a lower value is better, the strategy with the lower one is better', () => {
  const group = groupOf(syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2, 3, 4, 5, 6] }));
  expect(compareWithBaseline(group)[0]?.verdict).toBe('better');
  // nll of these trials is 3 (1 − accuracy)
  expect(compareWithBaseline(group, { metric: 'nll' })[0]).toMatchObject({ verdict: 'better', wins: 0 });
});

test('censored savings have the limit that is known', () => {
  const savings = (random: readonly number[], margin: readonly number[], target: number) =>
    labelSavings(groupOf(pair(random, margin)), target)[0];
  expect(savings([0.5, 0.6, 0.7], [0.5, 0.7, 0.8], 0.7)?.savings).toBeCloseTo(1 - 30 / 40, 12);
  const late = savings([0.5, 0.7, 0.7], [0.5, 0.6, 0.6], 0.7);
  expect(late?.savings).toBeUndefined();
  expect(late?.atMost).toBeCloseTo(1 - 40 / 30, 12);
  const early = savings([0.5, 0.6, 0.6], [0.5, 0.7, 0.7], 0.7);
  expect(early?.atLeast).toBeCloseTo(1 - 30 / 40, 12);
  expect(early?.atMost).toBeUndefined();
  const neither = savings([0.5, 0.6], [0.5, 0.6], 0.9);
  expect([neither?.savings, neither?.atMost, neither?.atLeast]).toEqual([undefined, undefined, undefined]);
});

test('classes are counted over answers, mean over seeds, against the pool as recorded or as random saw it', () => {
  const trial = (strategy: string, rows: readonly number[], poolClasses?: readonly number[]) => {
    const made = syntheticTrial({ strategy, queries: [rows, []], numRounds: 2 });
    const [first, ...rest] = made.rounds;
    if (first === undefined || poolClasses === undefined) return made;
    return { ...made, rounds: [{ ...first, poolClasses }, ...rest] };
  };
  // The answer to row r is r mod 10.
  const drawn = classBalance(groupOf([trial('random', [10, 11, 20, 21]), trial('margin', [10, 20, 30, 31])]));
  expect(drawn).toMatchObject({ numClasses: 2, poolFrom: 'random', pool: [0.5, 0.5] });
  const margin = drawn.strategies.find(({ strategy }) => strategy === 'margin');
  expect(margin).toMatchObject({ numSeeds: 1, numAnswers: 4, shares: [0.75, 0.25], distance: 0.25 });
  const counted = classBalance(groupOf([trial('margin', [10, 20], [60, 30, 10])]));
  expect(counted).toMatchObject({ numClasses: 3, poolFrom: 'pool', pool: [0.6, 0.3, 0.1] });
  expect(counted.strategies[0]?.distance).toBeCloseTo(0.4, 12);
  expect(classBalance(groupOf([trial('margin', [10, 20])])).pool).toBeUndefined();
});

test('a query without an answer has no class', () => {
  const made = syntheticTrial({ queries: [[10, 11], []], numRounds: 2 });
  const rounds = made.rounds.map((round) => ({
    ...round,
    answers: round.answers.map((_, i) => (i ? 1 : -1)),
  }));
  expect(classBalance(groupOf([{ ...made, rounds }])).strategies[0]).toMatchObject({
    ...{ numAnswers: 1, shares: [0, 1] },
  });
});

test('seconds are those until the model of the round is there', () => {
  const { rounds } = syntheticTrial({ numRounds: 3 });
  // fit 0.05, 0.051, 0.052; score 0.004 and select 0.001 between them; evaluate 0.002 left out
  expect(spentByRound({ ...syntheticTrial(), rounds }, 'seconds')).toEqual([0.05, 0.106, 0.163]);
});

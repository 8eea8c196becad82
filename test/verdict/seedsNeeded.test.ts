import { expect, test } from 'vitest';
import { estimate } from '../../src/analysis/index.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { fewestForRankTest, seedsNeeded } from '../../src/verdict/seedsNeeded.ts';
import { judgeGains } from './cellPairs.ts';

const needed = (mean: number, standardDeviation = 0.01, numCells = 8) =>
  seedsNeeded({ ...estimate([0, 1]), mean, standardDeviation }, { margin: 0.01, alpha: 0.05, numCells });

test('fewer the farther from the margin, on either side, and never fewer than the rank test needs', () => {
  // R: power.t.test(delta = 1, type = "paired", power = 0.8) gives 9.94 pairs.
  expect(needed(-0.02, 0.01, 1)).toBe(10);
  const outside = [-0.012, -0.015, -0.02, -0.03, -1].map((mean) => needed(mean) as number);
  expect(outside).toEqual(outside.toSorted((a, b) => b - a));
  expect(outside.at(-1)).toBe(fewestForRankTest(0.05, 8));
  const inside = [0.009, 0.005, 0.002, 0].map((mean) => needed(mean) as number);
  expect(inside).toEqual(inside.toSorted((a, b) => b - a));
  expect([1, 8, 40].map((numCells) => fewestForRankTest(0.05, numCells))).toEqual([6, 9, 11]);
});

test('nothing is said of a mean on the margin, an unknown spread, or thousands of seeds', () => {
  expect(needed(0.01)).toBeUndefined();
  expect(needed(0.0101)).toBeUndefined();
  expect(needed(-1, Number.NaN)).toBeUndefined();
  const single = estimate([-1]);
  expect(seedsNeeded(single, { margin: 0.01, alpha: 0.05, numCells: 1 })).toBeUndefined();
});

test.each([
  [-0.02, 0.01, 'regressed'],
  [0.015, 0.005, 'improved'],
  [0, 0.01, 'unchanged'],
  [-0.004, 0.008, 'unchanged'],
] as const)(
  'so many seeds decide gains of mean %f and spread %f in four checks of five',
  (mean, spread, outcome) => {
    const numSeeds = needed(mean, spread, 1) as number;
    const stream = deriveStream('bootstrap', { mean, spread });
    const numChecks = 100;
    const share = (seeds: number): number => {
      const decided = Array.from({ length: numChecks }, () => {
        const gains = Array.from({ length: seeds }, () => mean + spread * stream.normal());
        return judgeGains([gains])[0]?.outcome === outcome;
      });
      return decided.filter(Boolean).length / numChecks;
    };
    // Three standard errors of a share of 100 are 0.12.
    expect(share(numSeeds)).toBeGreaterThan(0.8 - 0.12);
    expect(share(Math.ceil(numSeeds / 2))).toBeLessThan(0.8);
  },
);

/** The small sums behind the pages: axes, pace, and curves of seeds that are not equally far. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liveCurve } from '../../src/server/liveCells.ts';
import { createPace } from '../../src/server/pace.ts';
import { countFull } from '../../src/server/page/curveLine.ts';
import { exactAxis, roundAxis, toPixels } from '../../src/server/page/scale.ts';

describe('axes', () => {
  const range = fc
    .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
    .map(([low, width]): [number, number] => [low, low + width]);

  test('cover what they are to show, with a few ticks that go up evenly', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 3, max: 10 }), ([low, high], numTicks) => {
        const { domain, ticks } = roundAxis([low, high], numTicks);
        const slack = 1e-6 * (Math.abs(low) + Math.abs(high));
        expect(domain[0]).toBeLessThanOrEqual(low + slack);
        expect(domain[1]).toBeGreaterThanOrEqual(high - slack);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(numTicks + 2);
        const exact = exactAxis([low, high], numTicks);
        expect(exact.domain).toEqual([low, high]);
        for (const tick of exact.ticks) {
          expect(tick).toBeGreaterThanOrEqual(low - slack - 1e-9);
          expect(tick).toBeLessThanOrEqual(high + slack + 1e-9);
        }
      }),
    );
  });

  test('say numbers as short as tells them apart', () => {
    const { ticks, label } = roundAxis([0.81, 0.953], 5);
    expect(ticks.map(label)).toEqual(['0.80', '0.85', '0.90', '0.95', '1.00']);
    expect(exactAxis([100, 2000], 4).ticks).toEqual([500, 1000, 1500, 2000]);
    expect(toPixels(exactAxis([20, 120], 5), 50, 250)(70)).toBe(150);
  });
});

describe('pace', () => {
  test('is said once enough has been seen, and is rounds over time and work over work', () => {
    const pace = createPace();
    pace.observe(0, { rounds: 100, work: 1000 });
    pace.observe(2000, { rounds: 101, work: 1100 });
    expect(pace.estimate(5000)).toBeUndefined();
    pace.observe(10_000, { rounds: 110, work: 1500 });
    expect(pace.estimate(5000)).toEqual({ roundsPerMinute: 60, secondsLeft: 100 });
  });

  test('forgets what is more than three minutes past, and what was taken back', () => {
    const pace = createPace();
    for (let second = 0; second <= 600; second++) {
      pace.observe(1000 * second, { rounds: second < 300 ? second : 300 + 2 * (second - 300), work: second });
    }
    expect(pace.estimate(1)?.roundsPerMinute).toBeCloseTo(120, 6);
    pace.observe(601_000, { rounds: 10, work: 10 });
    expect(pace.estimate(1)).toBeUndefined();
  });
});

test('a curve is the mean of the seeds that have got there, those that failed left out', () => {
  const trial = (status: 'begun' | 'finished' | 'failed', accuracies: number[]) => ({
    ...{ status, accuracies },
    spent: accuracies.map((_, i) => 20 + 10 * i),
  });
  const curve = liveCurve([
    trial('finished', [0.5, 0.6, 0.7]),
    trial('begun', [0.7, 0.8]),
    trial('failed', [0, 0, 0]),
  ]);
  expect(curve.spent).toEqual([20, 30, 40]);
  expect(curve.mean).toEqual([0.6, 0.7, 0.7]);
  expect(curve.numSeeds).toEqual([2, 2, 1]);
  expect(countFull(curve.numSeeds)).toBe(2);
  expect(liveCurve([]).spent).toEqual([]);
});

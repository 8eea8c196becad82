import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CurvePoint, labelsToTarget, medianLabelsToTarget } from '../../src/analysis/index.ts';

interface Fixture {
  medians: { labels: (number | null)[]; median: number | null }[];
}

// Made by scripts/fixtures/estimates.py: numpy.median with infinity for a target that was not reached.
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/statistics.json', import.meta.url), 'utf8'),
);

const points = [0.6, 0.7, 0.9, 0.85, 0.95].map((value, i) => ({ spent: 20 + 10 * i, value }));

test('the first grid point at or above the target counts, without interpolation', () => {
  expect(labelsToTarget(points, 0.5)).toEqual({ reached: true, spent: 20 });
  expect(labelsToTarget(points, 0.65)).toEqual({ reached: true, spent: 30 });
  expect(labelsToTarget(points, 0.9)).toEqual({ reached: true, spent: 40 });
  expect(labelsToTarget(points, 0.91)).toEqual({ reached: true, spent: 60 });
});

test('a target that is not reached is censored at the budget', () => {
  expect(labelsToTarget(points, 0.951)).toEqual({ reached: false, budget: 60 });
  expect(() => labelsToTarget([], 0.5)).toThrow(RangeError);
});

/** A curve up to 60 labels that reaches 0.9 at `spent`, or never. */
function reachingAt(spent: number | null): CurvePoint[] {
  const counts = [5, 60, ...(spent === null ? [] : [spent])].sort((a, b) => a - b);
  return counts.map((count) => ({
    spent: count,
    value: spent !== null && count >= spent ? 0.9 : 0.5,
  }));
}

test('the median over seeds counts censored ones as infinity', () => {
  for (const { labels, median } of fixture.medians) {
    const scaled = labels.map((count) => (count === null ? null : count / 2));
    const found = medianLabelsToTarget(scaled.map(reachingAt), 0.9);
    expect(found.median).toEqual(
      median === null ? { reached: false, budget: 60 } : { reached: true, spent: median / 2 },
    );
    expect(found.numSeeds).toBe(labels.length);
    expect(found.numReached).toBe(labels.filter((count) => count !== null).length);
  }
});

test('one seed more that fails never lowers the median', () => {
  const labels = fc.array(fc.option(fc.integer({ min: 6, max: 59 })), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(labels, (counts) => {
      const number = (curves: CurvePoint[][]) => {
        const { median } = medianLabelsToTarget(curves, 0.9);
        return median.reached ? median.spent : Infinity;
      };
      const before = number(counts.map(reachingAt));
      expect(number([...counts, null].map(reachingAt))).toBeGreaterThanOrEqual(before);
    }),
  );
});

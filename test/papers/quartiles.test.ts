/** Percentiles against NumPy: `np.percentile(values, [25, 50, 75], method="nearest")`, NumPy 2. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestPercentile, quartilesOf } from '../../src/papers/quartiles.ts';

test.each([
  [[7], [7, 7, 7]],
  [
    [70, 90],
    [70, 70, 90],
  ],
  [
    [3, 1, 2],
    [1, 2, 3],
  ],
  [
    [10, 20, 30, 40],
    [20, 30, 30],
  ],
  [
    [10, 20, 30, 40, 50, 60],
    [20, 30, 50],
  ],
  [
    [100, 140, Infinity],
    [100, 140, Infinity],
  ],
])('%j has the quartiles %j', (values, expected) => {
  expect(quartilesOf(values)).toEqual(expected);
});

test('a percentile is one of the values, rises with the share, and ignores the order', () => {
  const shares = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), shares, (values, [a, b]) => {
      const low = nearestPercentile(values, Math.min(a, b));
      expect(values).toContain(low);
      expect(low).toBeLessThanOrEqual(nearestPercentile(values, Math.max(a, b)));
      expect(nearestPercentile(values.toReversed(), Math.min(a, b))).toBe(low);
    }),
  );
});

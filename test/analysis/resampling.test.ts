import fc from 'fast-check';
import { expect, test } from 'vitest';
import { improvementInterval } from '../../src/analysis/statistics/improvementInterval.ts';
import { percentileInterval, quantile } from '../../src/analysis/statistics/quantiles.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';

const values = fc.array(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ min: -1e3, max: 1e3 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  ),
  { minLength: 1, maxLength: 60 },
);

/** NumPy's default, of all values in order. */
function sortedQuantile(unsorted: readonly number[], probability: number): number {
  const sorted = Float64Array.from(unsorted).sort();
  const position = probability * (sorted.length - 1);
  const low = Math.floor(position);
  const [a, b] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number];
  return a + (b - a) * (position - low);
}

/** -0 and 0 are one place in an order. */
const withoutSign = (value: number): number => (value === 0 ? 0 : value);

test('a quantile found by selection is the one found by sorting', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, probability) => {
      const found = quantile(Float64Array.from(drawn), probability);
      expect(withoutSign(found)).toBe(withoutSign(sortedQuantile(drawn, probability)));
    }),
  );
});

test('selection loses none of the values, so that a second quantile is right too', () => {
  fc.assert(
    fc.property(values, (drawn) => {
      const { lower, upper } = percentileInterval(Float64Array.from(drawn), 0.9);
      expect(withoutSign(lower)).toBe(withoutSign(sortedQuantile(drawn, (1 - 0.9) / 2)));
      expect(withoutSign(upper)).toBe(withoutSign(sortedQuantile(drawn, (1 + 0.9) / 2)));
    }),
  );
});

test('resampled improvements are those of every pair of drawn runs', () => {
  const score = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Number.NaN));
  const tasks = fc.array(fc.array(score, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 2 });
  const stream = () => deriveStream('bootstrap', { test: 'improvement' });
  fc.assert(
    fc.property(tasks, tasks, (a, b) => {
      const found = improvementInterval(a, b, { stream: stream(), numResamples: 40 });
      expect(found).toEqual(pairByPair(a, b, stream()));
    }),
    { numRuns: 50 },
  );
});

function pairByPair(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  stream: ReturnType<typeof deriveStream>,
) {
  const draw = (from: readonly number[]) =>
    from.map(() => from[Math.floor((stream.uint32() / 0x1_0000_0000) * from.length)] as number);
  const resampled = Array.from({ length: 40 }, () => {
    const perTask = a.map((task, i) => {
      const others = draw(b[i] ?? []);
      const own = draw(task);
      const chances = own.flatMap((x) => others.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
      return chances.reduce<number>((sum, chance) => sum + chance, 0) / chances.length;
    });
    return perTask.reduce((sum, each) => sum + each, 0) / perTask.length;
  });
  return {
    lower: sortedQuantile(resampled, (1 - 0.95) / 2),
    upper: sortedQuantile(resampled, (1 + 0.95) / 2),
  };
}

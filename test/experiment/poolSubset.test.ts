import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawPoolSubset } from '../../src/experiment/poolSubset.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';

const numSamples = 50;
const draw = (rows: Iterable<number>, size: number, seed = 0) => [
  ...drawPoolSubset(Int32Array.from(rows), { size, numSamples }, deriveStream('pool-subset', { seed })),
];
const pools = fc
  .uniqueArray(fc.integer({ min: 0, max: numSamples - 1 }))
  .map((rows) => rows.sort((a, b) => a - b));

test('is so many different rows of the pool, ascending, or all there are', () => {
  fc.assert(
    fc.property(pools, fc.integer({ min: 1, max: 60 }), (pool, size) => {
      const subset = draw(pool, size);
      expect(subset).toEqual([...new Set(subset)].sort((a, b) => a - b));
      expect(subset).toHaveLength(Math.min(size, pool.length));
      expect(subset.every((row) => pool.includes(row))).toBe(true);
    }),
  );
});

test('what has been labelled makes room, and changes nothing else', () => {
  fc.assert(
    fc.property(pools, pools, fc.integer({ min: 1, max: 60 }), (pool, labelled, size) => {
      const before = draw(pool, size);
      const after = draw(
        pool.filter((row) => !labelled.includes(row)),
        size,
      );
      for (const row of before) if (!labelled.includes(row)) expect(after).toContain(row);
    }),
  );
});

test('every row is as likely', () => {
  const counts = new Map<number, number>();
  const pool = Array.from({ length: 10 }, (_, i) => 5 * i);
  for (let seed = 0; seed < 2000; seed++) {
    for (const row of draw(pool, 3, seed)) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  // 600 expected each; five standard deviations, √(2000 · .3 · .7) = 20.5, are 103.
  for (const row of pool) expect(Math.abs((counts.get(row) ?? 0) - 600)).toBeLessThan(103);
});

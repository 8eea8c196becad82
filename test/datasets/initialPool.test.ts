import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetInfo } from '../../src/datasets/catalogue.ts';
import type { InitialPoolMethod, Split } from '../../src/datasets/dataset.ts';
import { drawInitialPool } from '../../src/datasets/initialPool.ts';
import { proportionalOrder } from '../../src/datasets/proportionalOrder.ts';

const info = datasetInfo('mnist');
const numClasses = 4;

/** Pools of 8 to 120 rows among more, with skewed classes of which some may be absent. */
const pools = fc
  .record({
    labels: fc.uint8Array({ min: 0, max: 11, minLength: 8, maxLength: 120 }),
    seed: fc.nat(50),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ labels: raw, seed, fraction }) => {
    const labels = Uint8Array.from([...raw, ...raw], (value) => Math.max(0, value - 8));
    const pool = Int32Array.from(raw, (_, i) => 2 * i);
    const split: Split = { pool, validation: Int32Array.of(), test: Int32Array.of(1) };
    const size = numClasses + Math.floor(fraction * (pool.length - numClasses));
    return { labels, split, seed, size };
  });

function draw(
  request: { labels: Uint8Array; split: Split; seed: number; size: number },
  method: InitialPoolMethod,
): Int32Array {
  return drawInitialPool({ ...request, method, numClasses, info });
}

function countsOf(rows: Iterable<number>, labels: Uint8Array): number[] {
  const counts = [0, 0, 0, 0];
  for (const row of rows) counts[labels[row] ?? -1] = (counts[labels[row] ?? -1] ?? 0) + 1;
  return counts;
}

describe.each(['random', 'stratified', 'balanced'] as const)('%s', (method) => {
  it('draws distinct rows of the pool, nested in every larger draw, always the same', () => {
    fc.assert(
      fc.property(pools, (request) => {
        const drawn = draw(request, method);
        expect(drawn).toHaveLength(request.size);
        expect(new Set(drawn).size).toBe(request.size);
        const pool = new Set(request.split.pool);
        expect(drawn.every((row) => pool.has(row))).toBe(true);
        const whole = draw({ ...request, size: pool.size }, method);
        expect(whole.slice(0, request.size)).toEqual(drawn);
        expect(draw(request, method)).toEqual(drawn);
      }),
    );
  });

  it('gives every seed its own', () => {
    const labels = Uint8Array.from({ length: 200 }, (_, i) => i % numClasses);
    const pool = Int32Array.from({ length: 200 }, (_, i) => i);
    const split = { pool, validation: Int32Array.of(), test: Int32Array.of() };
    const drawn = [0, 1, 2].map((seed) => String(draw({ labels, split, seed, size: 20 }, method)));
    expect(new Set(drawn).size).toBe(3);
  });
});

it('stratified starts with one row of each class present and then follows the proportions', () => {
  fc.assert(
    fc.property(pools, ({ labels, split, seed }) => {
      const numRows = split.pool.length;
      const whole = [...draw({ labels, split, seed, size: numRows }, 'stratified')];
      const total = countsOf(split.pool, labels);
      const numPresent = total.filter((count) => count > 0).length;
      expect(countsOf(whole.slice(0, numPresent), labels)).toEqual(total.map((count) => Math.min(count, 1)));
      // Once the rarest class may claim its first row by proportion, no class is off by a whole row.
      const rarest = Math.min(...total.filter((count) => count > 0));
      for (let n = Math.ceil(numRows / rarest); n <= numRows; n++) {
        countsOf(whole.slice(0, n), labels).forEach((count, c) => {
          expect(Math.abs(count - (n * (total[c] ?? 0)) / numRows)).toBeLessThan(1);
        });
      }
    }),
  );
});

it('balanced takes classes in turns until they run out', () => {
  fc.assert(
    fc.property(pools, (request) => {
      const counts = countsOf(draw(request, 'balanced'), request.labels);
      const total = countsOf(request.split.pool, request.labels);
      const most = Math.max(...counts);
      counts.forEach((count, c) => {
        expect(count).toBeGreaterThanOrEqual(Math.min(total[c] ?? 0, most - 1));
      });
    }),
  );
});

it('orders classes so that no prefix is off by a whole item', () => {
  const someCounts = fc
    .array(fc.nat(60), { minLength: 1, maxLength: 12 })
    .filter((counts) => counts.some(Boolean));
  fc.assert(
    fc.property(someCounts, (counts) => {
      const order = proportionalOrder(counts, [...counts.keys()]);
      const total = order.length;
      const met = counts.map(() => 0);
      order.forEach((c, i) => {
        met[c] = (met[c] ?? 0) + 1;
        const worst = Math.max(
          ...counts.map((count, k) => Math.abs((met[k] ?? 0) - ((i + 1) * count) / total)),
        );
        expect(worst).toBeLessThan(1);
      });
      expect(met).toEqual(counts);
    }),
  );
});

describe('an index mask', () => {
  const split: Split = {
    pool: Int32Array.of(7, 3, 5, 1, 2),
    initial: Int32Array.of(7, 3, 5),
    validation: Int32Array.of(),
    test: Int32Array.of(0),
  };
  const request = { labels: new Uint8Array(8), split, seed: 0 };
  it('overrides the method, and its order is kept', () => {
    expect([...draw({ ...request, size: 2 }, 'stratified')]).toEqual([7, 3]);
    expect([...draw({ ...request, size: 3 }, 'random')]).toEqual([7, 3, 5]);
  });
  it('limits the size', () => {
    expect(() => draw({ ...request, size: 4 }, 'random')).toThrow(/lists 3 rows as initial pool, and 4/);
  });
});

describe('impossible sizes', () => {
  const split: Split = {
    pool: Int32Array.of(0, 1, 2, 3, 4, 5),
    validation: Int32Array.of(),
    test: Int32Array.of(),
  };
  const request = { labels: Uint8Array.of(0, 1, 2, 3, 0, 1), split, seed: 0 };
  it.each<[InitialPoolMethod, number, RegExp]>([
    ['random', 7, /pool has 6 rows, and an initial pool of 7/],
    ['stratified', 3, /each of the 4 classes, and 3 rows/],
    ['balanced', 3, /each of the 4 classes, and 3 rows/],
    ['random', 0, /at least one row/],
    ['random', 2.5, /at least one row/],
  ])('%s %d', (method, size, message) => {
    const drawing = () => draw({ ...request, size }, method);
    expect(drawing).toThrow(expect.objectContaining({ name: 'UserError', code: 'bad-initial-pool' }));
    expect(drawing).toThrow(message);
  });
});

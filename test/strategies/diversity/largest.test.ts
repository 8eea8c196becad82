import fc from 'fast-check';
import { expect, it } from 'vitest';
import { largest } from '../../../src/strategies/diversity/largest.ts';
import { rowHash } from '../../../src/strategies/rowHash.ts';

it('gives the first of the values sorted by size and then by their rows’ hashes', () => {
  const values = fc.array(fc.constantFrom(0, -1, 0.5, 2, 7, Number.POSITIVE_INFINITY), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(values, fc.nat(), fc.integer(), (list, draw, seed) => {
      const key = [seed, 7] as const;
      const count = 1 + (draw % list.length);
      const rows = Int32Array.from(list, (_, i) => 5 * i);
      const hash = (i: number): number => rowHash(rows[i] as number, key);
      const sorted = [...list.keys()].sort((a, b) => {
        const [x, y] = [list[a] as number, list[b] as number];
        return x === y ? hash(a) - hash(b) : y > x ? 1 : -1;
      });
      const { positions, bound } = largest(Float32Array.from(list), count, rows, key);
      expect([...positions]).toEqual(sorted.slice(0, count));
      expect(bound).toBe(list[sorted[count - 1] as number]);
    }),
  );
});

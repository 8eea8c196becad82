/** Looks of `--adaptive`: how many, with which seeds, and that looking often does not make errors frequent. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimate } from '../../src/analysis/index.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { planLooks, seedsForLook } from '../../src/verdict/looks.ts';

test.each([
  [5, 50, [5, 10, 20, 40, 50]],
  [5, 40, [5, 10, 20, 40]],
  [5, 5, [5]],
  [10, 3, [10]],
  [1, 2, [1, 2]],
])('from %i to %i', (first, most, looks) => {
  expect(planLooks(first, most)).toEqual(looks);
});

test('seeds of a look are those of the one before, and more', () => {
  const seeds = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      seeds,
      fc.option(seeds, { nil: undefined }),
      fc.integer({ min: 1, max: 40 }),
      (own, others, count) => {
        const available = others && [...new Set([...own, ...others])];
        const few = seedsForLook(own, count, available);
        const more = seedsForLook(own, count + 5, available);
        expect(new Set(more).size).toBe(more.length);
        expect(few).toHaveLength(available === undefined ? count : Math.min(count, available.length));
        expect(more).toEqual(expect.arrayContaining([...few]));
        if (count >= own.length) expect(few).toEqual(expect.arrayContaining(own));
        if (available !== undefined) expect(available).toEqual(expect.arrayContaining([...more]));
      },
    ),
  );
});

/** Share of 2,000 experiments without any effect of which some look's interval, at level `alpha`, leaves out 0. */
function errorRate(looks: readonly number[], alpha: number): number {
  const stream = deriveStream('split', { test: 'looks' });
  let numErrors = 0;
  for (let experiment = 0; experiment < 2000; experiment++) {
    const gains = Array.from({ length: Math.max(...looks) }, () => stream.normal());
    const errs = looks.some((count) => {
      const { lower = 0, upper = 0 } = estimate(gains.slice(0, count), 1 - alpha).interval ?? {};
      return lower > 0 || upper < 0;
    });
    numErrors += Number(errs);
  }
  return numErrors / 2000;
}

test('alpha split over the looks keeps the error rate; unsplit it does not', () => {
  const looks = planLooks(5, 50);
  expect(errorRate(looks, 0.05)).toBeGreaterThan(0.1);
  expect(errorRate(looks, 0.05 / looks.length)).toBeLessThan(0.05);
});

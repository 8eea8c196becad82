import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expOfLog } from '../../src/strategies/exponential.ts';

test('equals Math.exp to 14 digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -745, max: 0, noNaN: true }), (x) => {
      expect(Math.abs(expOfLog(x) / Math.exp(x) - 1)).toBeLessThan(3e-15);
    }),
    { numRuns: 2000, examples: [[0], [-1e-300], [-Math.LN2 / 512], [-707.99], [-37], [-Math.LN2]] },
  );
});

test.each([Number.NEGATIVE_INFINITY, -1000, -720, 1e-8, 2, Number.NaN])('%d is what Math.exp says', (x) => {
  expect(expOfLog(x)).toBe(Math.exp(x));
});

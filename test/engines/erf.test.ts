import { describe, expect, it } from 'vitest';
import { erf } from '../../src/engines/reference/erf.ts';

describe('erf', () => {
  // Python: math.erf(x)
  it.each([
    [0, 0],
    [1e-8, 1.1283791670955126e-8],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [5.5, 0.9999999999999927],
    [40, 1],
  ])('erf(%d) = %d, and it is odd', (x, expected) => {
    expect(Math.abs(erf(x) - expected)).toBeLessThanOrEqual(4e-16 + 4e-16 * expected);
    expect(erf(-x)).toBe(-erf(x));
  });
});

/** Updating or discarding: by how much, and how surely. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/verdict/compare/decide.ts';

describe('a win', () => {
  test.each([
    ['better, no bar', 0.001, 0, 'update_model'],
    ['a tie', 0, 0, 'discard'],
    ['worse', -0.01, 0, 'discard'],
    ['as much as asked for', 0.01, 0.01, 'update_model'],
    ['a difference of decimal fractions', 0.3 - 0.2, 0.1, 'update_model'],
    ['less than asked for', 0.0099, 0.01, 'discard'],
    ['rounding', 1e-16, 0, 'discard'],
  ] as const)('%s', (_, gain, minDelta, action) => {
    expect(decide({ gain }, { minDelta }).action).toBe(action);
    expect(decide({ gain }, { minDelta }).isCertain).toBe(false);
  });

  test('is certain where the whole interval wins, a loss where none of it does', () => {
    const found = (lower: number, upper: number, minDelta = 0.01) =>
      decide({ gain: (lower + upper) / 2, interval: { lower, upper } }, { minDelta });
    expect(found(0.01, 0.03)).toMatchObject({ action: 'update_model', isCertain: true });
    expect(found(0.005, 0.03)).toMatchObject({ action: 'update_model', isCertain: false });
    expect(found(-0.03, 0.03)).toMatchObject({ action: 'discard', isCertain: false });
    expect(found(-0.01, 0.005)).toMatchObject({ action: 'discard', isCertain: true });
    expect(found(0, 0.04, 0)).toMatchObject({ action: 'update_model', isCertain: false });
  });

  test('has to be certain where that is asked for; without an interval it is not', () => {
    const confident = { minDelta: 0.01, isConfident: true };
    expect(decide({ gain: 0.05 }, confident).action).toBe('discard');
    expect(decide({ gain: 0.05, interval: { lower: 0.009, upper: 0.1 } }, confident).action).toBe('discard');
    expect(decide({ gain: 0.05, interval: { lower: 0.01, upper: 0.1 } }, confident).action).toBe(
      'update_model',
    );
  });
});

test('a higher bar, or confidence, never turns a discard into an update', () => {
  const number = fc.double({ min: -1, max: 1, noNaN: true });
  const bar = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(number, number, number, bar, bar, (a, b, c, first, second) => {
      const [lower = 0, gain = 0, upper = 0] = [a, b, c].sort((x, y) => x - y);
      const at = (minDelta: number, isConfident: boolean) =>
        decide({ gain, interval: { lower, upper } }, { minDelta, isConfident });
      const [low, high] = [Math.min(first, second), Math.max(first, second)];
      if (at(low, false).action === 'discard') expect(at(high, false).action).toBe('discard');
      if (at(low, false).action === 'discard') expect(at(low, true).action).toBe('discard');
      if (at(low, true).action === 'update_model') expect(at(low, true).isCertain).toBe(true);
    }),
  );
});

test.each([-0.01, Number.NaN, Number.POSITIVE_INFINITY])('refuses a bar of %f', (minDelta) => {
  expect(() => decide({ gain: 1 }, { minDelta })).toThrow(/--min-delta must be a difference of 0 or more/);
});

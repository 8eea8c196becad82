import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimate, meanOf, studentProbability, studentQuantile } from '../../src/analysis/index.ts';

interface Fixture {
  quantiles: { probability: number; degreesOfFreedom: number; quantile: number; survival: number }[];
  estimates: { values: number[]; mean: number; standardDeviation: number; lower: number; upper: number }[];
}

// Made by scripts/fixtures/estimates.py.
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/statistics.json', import.meta.url), 'utf8'),
);

test('quantiles and probabilities of Student’s t agree with scipy.stats.t to 1e-12', () => {
  for (const { probability, degreesOfFreedom, quantile, survival } of fixture.quantiles) {
    expect(Math.abs(studentQuantile(probability, degreesOfFreedom) / quantile - 1)).toBeLessThan(1e-12);
    expect(studentProbability(1.5, degreesOfFreedom)).toBeCloseTo(1 - survival, 13);
    expect(studentProbability(-1.5, degreesOfFreedom)).toBeCloseTo(survival, 13);
  }
});

test('mean, standard deviation and interval agree with NumPy and scipy.stats.t.interval', () => {
  for (const { values, mean, standardDeviation, lower, upper } of fixture.estimates) {
    const found = estimate(values);
    expect(found.numValues).toBe(values.length);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.standardDeviation).toBeCloseTo(standardDeviation, 12);
    expect(found.interval?.lower).toBeCloseTo(lower, 10);
    expect(found.interval?.upper).toBeCloseTo(upper, 10);
  }
});

test('one value has neither a standard deviation nor an interval, none has no estimate', () => {
  expect(estimate([0.9])).toEqual({ numValues: 1, mean: 0.9 });
  expect(() => estimate([])).toThrow(RangeError);
});

test('equal values have exactly their value as mean, and an interval of no width', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 2, max: 20 }),
      (value, numValues) => {
        const values = Array.from({ length: numValues }, () => value);
        expect(meanOf(values)).toBe(value);
        expect(estimate(values).interval).toEqual({ lower: value, upper: value });
      },
    ),
  );
});

test('the interval shifts and scales with the values', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.5, max: 2, noNaN: true }), (sample, factor) => {
      const plain = estimate(sample).interval;
      const scaled = estimate(sample.map((value) => 3 + factor * value)).interval;
      expect(scaled?.lower).toBeCloseTo(3 + factor * (plain?.lower ?? Number.NaN), 9);
      expect(scaled?.upper).toBeCloseTo(3 + factor * (plain?.upper ?? Number.NaN), 9);
    }),
  );
});

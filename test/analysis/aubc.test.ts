import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aubc, type CurvePoint } from '../../src/analysis/index.ts';

interface Fixture {
  curves: { numLabels: number[]; values: number[]; aubc: number }[];
}

// Made by scripts/fixtures/estimates.py.
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/statistics.json', import.meta.url), 'utf8'),
);

const value = fc.double({ min: 0, max: 1, noNaN: true });
const curve = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 50 }), value }), { minLength: 1, maxLength: 40 })
  .map((steps) => {
    let spent = 0;
    return steps.map((step): CurvePoint => {
      spent += step.gap;
      return { spent, value: step.value };
    });
  });

test('agrees with numpy.trapezoid over the range of labels', () => {
  for (const { numLabels, values, aubc: expected } of fixture.curves) {
    const points = values.map((one, i) => ({ spent: numLabels[i] ?? Number.NaN, value: one }));
    expect(aubc(points)).toBeCloseTo(expected, 12);
  }
});

test('a straight line has the value of its middle, whatever the grid', () => {
  const points = [20, 25, 60, 100].map((spent) => ({ spent, value: spent / 100 }));
  expect(aubc(points)).toBeCloseTo(0.6, 12);
});

test('a constant curve has exactly the constant; one point has its value; none has no AUBC', () => {
  fc.assert(
    fc.property(curve, value, (points, constant) => {
      expect(aubc(points.map((point) => ({ ...point, value: constant })))).toBe(constant);
    }),
  );
  expect(aubc([{ spent: 20, value: 0.7 }])).toBe(0.7);
  expect(() => aubc([])).toThrow(RangeError);
});

test('lies between the lowest and the highest value', () => {
  fc.assert(
    fc.property(curve, (points) => {
      const values = points.map((point) => point.value);
      const area = aubc(points);
      expect(area).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
      expect(area).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
    }),
  );
});

test('does not change when a point is repeated or the labels are shifted or stretched', () => {
  fc.assert(
    fc.property(curve, fc.nat(), fc.integer({ min: 1, max: 9 }), (points, at, factor) => {
      fc.pre(points.length > 1);
      const place = at % points.length;
      const repeated = points.flatMap((point, i) => (i === place ? [point, point] : [point]));
      expect(aubc(repeated)).toBeCloseTo(aubc(points), 12);
      const moved = points.map((point) => ({ ...point, spent: 7 + factor * point.spent }));
      expect(aubc(moved)).toBeCloseTo(aubc(points), 12);
    }),
  );
});

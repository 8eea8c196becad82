/** Area under the budget curve: one number for how good a curve was on the whole way. */
import type { CurvePoint } from './learningCurve.ts';

/**
 * Trapezoid of the values over what was spent, divided by (spent at the end - spent at the start), so it is on the scale
 * of the values. `points` ascend. A curve of no width has its mean value: the limit as the width
 * closes. Throws a RangeError without points.
 */
export function aubc(points: readonly CurvePoint[]): number {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('An AUBC needs at least one point.');
  const width = last.spent - first.spent;
  if (width === 0) return points.reduce((sum, point) => sum + point.value, 0) / points.length;
  let area = 0; // of the values less the first one: exact for a constant curve
  for (let i = 1; i < points.length; i++) {
    const left = points[i - 1] as CurvePoint;
    const right = points[i] as CurvePoint;
    area += (right.spent - left.spent) * ((left.value + right.value) / 2 - first.value);
  }
  return first.value + area / width;
}

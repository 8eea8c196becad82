/** A mean and how far it can be trusted: standard deviation and Student's 95 % interval over seeds. */
import { studentQuantile } from './studentQuantile.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** What a handful of independent values says about their mean. One value says nothing about its spread. */
export interface Estimate {
  readonly numValues: number;
  readonly mean: number;
  /** Of the sample (divisor n - 1); left out for a single value. */
  readonly standardDeviation?: number;
  /** Student's, for the mean; left out for a single value. */
  readonly interval?: Interval;
}

/** `values` must not be empty (RangeError). `level` is the interval's coverage. */
export function estimate(values: readonly number[], level = 0.95): Estimate {
  const numValues = values.length;
  if (numValues === 0) throw new RangeError('An estimate needs at least one value.');
  const mean = meanOf(values);
  if (numValues === 1) return { numValues, mean };
  const sumOfSquares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(sumOfSquares / (numValues - 1));
  const halfWidth =
    (studentQuantile((1 + level) / 2, numValues - 1) * standardDeviation) / Math.sqrt(numValues);
  return {
    numValues,
    mean,
    standardDeviation,
    interval: { lower: mean - halfWidth, upper: mean + halfWidth },
  };
}

/** NaN for an empty list. A constant list has exactly the constant as its mean: deviations are summed, not values. */
export function meanOf(values: readonly number[]): number {
  const origin = values[0] ?? Number.NaN;
  return origin + values.reduce((sum, value) => sum + (value - origin), 0) / values.length;
}

/** A mean and its interval as a mark in a table's cell: a dot on a line, on a scale that a whole group shares. */
import type { Estimate, Interval } from '../analysis/index.ts';

const width = 88;
const height = 14;
const margin = 5;

export interface IntervalMarkOptions {
  /** Trusted. */
  readonly color: string;
  /** A thin line where the scale is 0. */
  readonly zero?: boolean;
}

/** Lowest and highest value that any of the estimates, intervals included, takes. */
export function sharedScale(estimates: readonly Pick<Estimate, 'mean' | 'interval'>[]): Interval {
  return {
    lower: Math.min(...estimates.map(({ mean, interval }) => interval?.lower ?? mean)),
    upper: Math.max(...estimates.map(({ mean, interval }) => interval?.upper ?? mean)),
  };
}

/** An inline SVG without text: the numbers stand beside it. */
export function intervalMark(
  { mean, interval }: Pick<Estimate, 'mean' | 'interval'>,
  scale: Interval,
  { color, zero = false }: IntervalMarkOptions,
): string {
  const x = (value: number) => {
    const share = scale.upper > scale.lower ? (value - scale.lower) / (scale.upper - scale.lower) : 0.5;
    return (margin + share * (width - 2 * margin)).toFixed(1);
  };
  const middle = height / 2;
  const axis = zero ? `<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="0" y2="${height}"/>` : '';
  const line =
    interval === undefined
      ? ''
      : `<line x1="${x(interval.lower)}" x2="${x(interval.upper)}" y1="${middle}" y2="${middle}" ` +
        `stroke="${color}" stroke-width="2" stroke-opacity="0.55"/>`;
  return (
    `<svg class="mark" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">` +
    `${axis}${line}<circle cx="${x(mean)}" cy="${middle}" r="3.5" fill="${color}"/></svg>`
  );
}

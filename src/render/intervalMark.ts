/** A mean and its interval as a mark in a table's cell: a dot on a line, on a scale that a whole group shares. */
import type { Estimate, Interval } from '../analysis/index.ts';

const width = 100;
const height = 14;
const margin = 5;

/** Lowest and highest value that any of the estimates, intervals included, takes. */
export function sharedScale(estimates: readonly Estimate[]): Interval {
  return {
    lower: Math.min(...estimates.map(({ mean, interval }) => interval?.lower ?? mean)),
    upper: Math.max(...estimates.map(({ mean, interval }) => interval?.upper ?? mean)),
  };
}

/** An inline SVG without text: the numbers stand beside it. `color` is trusted. */
export function intervalMark({ mean, interval }: Estimate, scale: Interval, color: string): string {
  const x = (value: number) => {
    const share = scale.upper > scale.lower ? (value - scale.lower) / (scale.upper - scale.lower) : 0.5;
    return (margin + share * (width - 2 * margin)).toFixed(1);
  };
  const middle = height / 2;
  const line =
    interval === undefined
      ? ''
      : `<line x1="${x(interval.lower)}" x2="${x(interval.upper)}" y1="${middle}" y2="${middle}" ` +
        `stroke="${color}" stroke-width="2" stroke-opacity="0.55"/>`;
  return (
    `<svg class="mark" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">` +
    `${line}<circle cx="${x(mean)}" cy="${middle}" r="3.5" fill="${color}"/></svg>`
  );
}

/** The part of the value axis worth showing: all means, and the bands as far as they don't squeeze the means. */
import type { CellCurve } from '../../analysis/index.ts';

export interface ValueDomainOptions {
  /** The values that are possible at all. */
  readonly range?: readonly [number, number];
  /** How far beyond the means a band may stretch the axis, as a fraction of the means' range: more is cut off. Default: 0.2. */
  readonly stretch?: number;
  /** A value that the axis shows in any case. */
  readonly includes?: number;
}

const LEAST_SPAN = 0.01;

/** [lowest, highest] for the axis. Two seeds can have an interval far wider than the curve. */
export function valueDomain(
  curves: readonly CellCurve[],
  { range: [floor, ceiling] = [-Infinity, Infinity], stretch = 0.2, includes }: ValueDomainOptions = {},
): [number, number] {
  const points = curves.flatMap((curve) => curve.points);
  const kept = includes === undefined ? [] : [includes];
  const lowestMean = Math.min(...kept, ...points.map((point) => point.mean));
  const highestMean = Math.max(...kept, ...points.map((point) => point.mean));
  const range = Math.max(highestMean - lowestMean, 0.01);
  const lowest = Math.min(...kept, ...points.map((point) => point.interval?.lower ?? point.mean));
  const highest = Math.max(...kept, ...points.map((point) => point.interval?.upper ?? point.mean));
  const margin = 0.03 * range;
  const most = stretch * range;
  const bottom = Math.max(lowest, lowestMean - most) - margin;
  const top = Math.min(highest, highestMean + most) + margin;
  // Equal values lie in the middle of an axis whose ticks can be read.
  const missing = Math.max(0, LEAST_SPAN - (top - bottom)) / 2;
  return [Math.max(floor, bottom - missing), Math.min(ceiling, top + missing)];
}

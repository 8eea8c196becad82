/** The part of the value axis worth showing: all means, and the bands as far as they don't squeeze the means. */
import type { CellCurve, MetricName } from '../../analysis/index.ts';
import { metricTitles } from '../../analysis/index.ts';

/** How far beyond the means a band may stretch the axis, as a fraction of the means' range: more is cut off. */
const MAXIMUM_STRETCH = 0.2;

/** [lowest, highest] for the axis, inside the metric's range. Two seeds can have an interval far wider than the curve. */
export function valueDomain(curves: readonly CellCurve[], metric: MetricName): [number, number] {
  const points = curves.flatMap((curve) => curve.points);
  const lowestMean = Math.min(...points.map((point) => point.mean));
  const highestMean = Math.max(...points.map((point) => point.mean));
  const range = Math.max(highestMean - lowestMean, 0.01);
  const lowest = Math.min(...points.map((point) => point.interval?.lower ?? point.mean));
  const highest = Math.max(...points.map((point) => point.interval?.upper ?? point.mean));
  const margin = 0.03 * range;
  const stretch = MAXIMUM_STRETCH * range;
  const [floor, ceiling] = metricTitles[metric].range;
  return [
    Math.max(floor, Math.max(lowest, lowestMean - stretch) - margin),
    Math.min(ceiling, Math.min(highest, highestMean + stretch) + margin),
  ];
}

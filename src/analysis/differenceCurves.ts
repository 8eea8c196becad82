/** Along the curve: how far each strategy is ahead of the baseline at every place, paired by seed. */
import { type CellCurve, countSeeds, type SeedCurve } from './cellCurve.ts';
import type { Group } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import { BASELINE_STRATEGY } from './defaultTarget.ts';
import { estimate } from './estimate.ts';
import type { CurvePoint } from './learningCurve.ts';
import type { MetricName } from './metricTitles.ts';
import { pairCurves } from './pairedCurves.ts';

/** The strategy less the baseline; `numSeeds` and all statistics are of the seeds that both have finished. */
export interface DifferenceCurve extends CellCurve {
  readonly baseline: string;
  /** One per shared seed. */
  readonly seedCurves: readonly Pick<SeedCurve, 'seed' | 'points'>[];
  /** Seeds that only one of the two has finished. */
  readonly droppedSeeds: readonly number[];
}

export interface DifferenceOptions {
  /** Default: `random`. */
  readonly baseline?: string;
  /** Default: `accuracy`. */
  readonly metric?: MetricName;
  readonly axis?: CurveAxis;
}

/** One per other strategy that shares a finished seed and a place with the baseline, in the group's order. */
export function differenceCurves(group: Group, options: DifferenceOptions = {}): DifferenceCurve[] {
  const { baseline = BASELINE_STRATEGY, metric, axis = curveAxis(group.cells) } = options;
  const reference = group.cells.find(({ strategy }) => strategy === baseline);
  if (reference === undefined || countSeeds(reference) === 0) return [];
  return group.cells.flatMap((cell) => {
    if (cell === reference) return [];
    const paired = pairCurves(cell, reference, { axis, ...(metric && { metric }) });
    const seedCurves = paired.pairs.map(({ seed, first, second }) => ({
      seed,
      points: first.map(({ spent, value }, i) => ({ spent, value: value - (second[i] as CurvePoint).value })),
    }));
    const places = seedCurves[0]?.points ?? [];
    if (places.length === 0) return [];
    const points = places.map(({ spent }, i) => ({
      spent,
      ...estimate(seedCurves.map((curve) => (curve.points[i] as CurvePoint).value)),
    }));
    return [
      {
        ...{ strategy: cell.strategy, isBound: cell.isBound, baseline, numSeeds: seedCurves.length },
        ...{ points, seedCurves, dropped: paired.droppedPlaces, droppedSeeds: paired.droppedSeeds },
      },
    ];
  });
}

/**
 * How many labels a target costs. A curve that never gets there is censored: all that is known is that it takes
 * more than the budget. Censored values count as infinity in a median and are never averaged over.
 */
import type { CurvePoint } from './learningCurve.ts';

/** In total, the initial pool included: labels, or what else the curves are over. `budget` is the most that was tried. */
export type LabelsNeeded =
  | { readonly reached: true; readonly spent: number }
  | { readonly reached: false; readonly budget: number };

export interface LabelsToTarget {
  readonly target: number;
  /** Over seeds, censored ones as infinity: not reached if half of them or more are censored. */
  readonly median: LabelsNeeded;
  readonly numReached: number;
  readonly numSeeds: number;
}

/** The first grid point whose value is at least `target`; nothing is interpolated. RangeError without points. */
export function labelsToTarget(points: readonly CurvePoint[], target: number): LabelsNeeded {
  const last = points.at(-1);
  if (last === undefined) throw new RangeError('Labels to a target need at least one point.');
  const hit = points.find((point) => point.value >= target);
  return hit === undefined ? { reached: false, budget: last.spent } : { reached: true, spent: hit.spent };
}

/** The median over `curves`, one per seed; of an even number, the mean of the middle two. RangeError without curves. */
export function medianLabelsToTarget(
  curves: readonly (readonly CurvePoint[])[],
  target: number,
): LabelsToTarget {
  const needed = curves.map((points) => labelsToTarget(points, target));
  if (needed.length === 0) throw new RangeError('Labels to a target need at least one curve.');
  const sorted = needed.map((one) => (one.reached ? one.spent : Infinity)).sort((a, b) => a - b);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] as number;
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const median = (lower + upper) / 2;
  return {
    target,
    median: Number.isFinite(median)
      ? { reached: true, spent: median }
      : { reached: false, budget: Math.min(...needed.map((one) => (one.reached ? Infinity : one.budget))) },
    numReached: needed.filter((one) => one.reached).length,
    numSeeds: needed.length,
  };
}

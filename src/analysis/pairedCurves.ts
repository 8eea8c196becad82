/** Two cells of a group, seed by seed: what a paired statistic of two strategies may rest on, and what it may not. */
import { seedCurves } from './cellCurve.ts';
import type { Cell } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import type { CurvePoint } from './learningCurve.ts';
import type { MetricName } from './metricTitles.ts';

export interface PairedCurves {
  /** One entry per seed that both cells have finished, at the places that both were measured at. */
  readonly pairs: readonly SeedPair[];
  /** Seeds that only one of the two has finished. */
  readonly droppedSeeds: readonly number[];
  /** Places that only one of the two was measured at. */
  readonly droppedPlaces: readonly number[];
}

interface SeedPair {
  readonly seed: number;
  readonly first: readonly CurvePoint[];
  readonly second: readonly CurvePoint[];
}

export interface PairingOptions {
  /** Default: `accuracy`. */
  readonly metric?: MetricName;
  /** From all cells that are compared; left out, from these two. */
  readonly axis?: CurveAxis;
}

export function pairCurves(first: Cell, second: Cell, options: PairingOptions = {}): PairedCurves {
  const axis = options.axis ?? curveAxis([first, second]);
  const curvesOf = (cell: Cell) => seedCurves(cell, { ...options, axis }).curves;
  const [own, others] = [curvesOf(first), curvesOf(second)];
  const bySeed = new Map(others.map((curve) => [curve.seed, curve.points]));
  const placesOf = (points: readonly CurvePoint[] = []) => new Set(points.map(({ spent }) => spent));
  const [ownPlaces, otherPlaces] = [placesOf(own[0]?.points), placesOf(others[0]?.points)];
  const shared = ({ spent }: CurvePoint): boolean => ownPlaces.has(spent) && otherPlaces.has(spent);
  const pairs = own.flatMap(({ seed, points }) => {
    const other = bySeed.get(seed);
    return other === undefined ? [] : [{ seed, first: points.filter(shared), second: other.filter(shared) }];
  });
  const paired = new Set(pairs.map(({ seed }) => seed));
  const seeds = [...own, ...others].map(({ seed }) => seed).filter((seed) => !paired.has(seed));
  return {
    pairs: pairs.filter((pair) => pair.first.length > 0),
    droppedSeeds: [...new Set(seeds)].sort((a, b) => a - b),
    droppedPlaces: [...ownPlaces, ...otherPlaces]
      .filter((spent) => !ownPlaces.has(spent) || !otherPlaces.has(spent))
      .sort((a, b) => a - b),
  };
}

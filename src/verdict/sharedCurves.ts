/** Learning curves that are to be compared, read at the same places. */
import { type CurvePoint, type MetricName, meanOf, sharedGrid, valueAt } from '../analysis/index.ts';
import type { BaselineSeed } from './baseline.ts';

/**
 * The curves of both `sides` at the places that all of them share: as far as the shortest goes, or on a grid over the
 * stretch in common where oracles left queries unanswered. [numSides][numSeeds][numPlaces]; no places where nothing
 * is shared.
 */
export function sharedCurves(
  sides: readonly (readonly BaselineSeed[])[],
  metric: MetricName,
): CurvePoint[][][] {
  const places = sides.flat().map(({ numLabels }) => numLabels);
  const grid = sharedGrid(places);
  const numShared = Math.min(...places.map(({ length }) => length));
  return sides.map((seeds) =>
    seeds.map(({ numLabels, metrics }) => {
      const points = numLabels.map((spent, i) => ({ spent, value: metrics[metric][i] as number }));
      return grid?.map((spent) => ({ spent, value: valueAt(points, spent) })) ?? points.slice(0, numShared);
    }),
  );
}

/** The seeds that both have, ascending. */
export function pairSeeds(
  first: readonly BaselineSeed[],
  second: readonly BaselineSeed[],
): readonly (readonly [BaselineSeed, BaselineSeed])[] {
  const bySeed = new Map(second.map((each) => [each.seed, each]));
  return first
    .flatMap((each) => {
      const other = bySeed.get(each.seed);
      return other === undefined ? [] : [[each, other] as const];
    })
    .sort(([a], [b]) => a.seed - b.seed);
}

/** Over curves at the same places. */
export function meanCurve(curves: readonly (readonly CurvePoint[])[]): CurvePoint[] {
  return (curves[0] ?? []).map(({ spent }, i) => ({
    spent,
    value: meanOf(curves.map((points) => (points[i] as CurvePoint).value)),
  }));
}

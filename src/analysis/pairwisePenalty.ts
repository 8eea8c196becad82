/** The pairwise penalty matrix (Ash et al. 2020, section 5): how often one strategy is significantly ahead of another. */
import { type SeedCurve, seedCurves } from './cellCurve.ts';
import type { Group } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import type { MetricName } from './metricTitles.ts';
import { orientation } from './scoreBlocks.ts';
import type { Over } from './spending.ts';
import { studentQuantile } from './studentQuantile.ts';

export interface PenaltyMatrix {
  /** In the order they are met in; bounds and strategies without a finished trial are left out. */
  readonly strategies: readonly string[];
  /**
   * [row][column]: share of the places along the curves at which the row's strategy beats the column's. 0 on the diagonal;
   * undefined where no group has two seeds that both have finished, so that nobody could beat anybody.
   */
  readonly shares: readonly (readonly (number | undefined)[])[];
  /** Mean of what is known of each column, its diagonal included: how often the strategy is beaten. Lower is better. */
  readonly penalties: readonly number[];
}

export interface PenaltyOptions {
  readonly metric?: MetricName;
  readonly over?: Over;
  /** Two-sided, of each test by itself. Default: 0.05. */
  readonly alpha?: number;
  /** Of one group; left out, each group has its own. */
  readonly axis?: CurveAxis;
}

/** Over all `groups`, each weighing the same; a group without one of the two strategies does not count for the pair. */
export function pairwisePenalty(groups: readonly Group[], options: PenaltyOptions = {}): PenaltyMatrix {
  const perGroup = groups.map((group) => curvesOfGroup(group, options));
  const strategies = [...new Set(perGroup.flatMap((curves) => [...curves.keys()]))];
  const perPair = strategies.map(() => strategies.map((): number[] => []));
  for (const curves of perGroup) {
    strategies.forEach((row, i) => {
      strategies.slice(0, i).forEach((column, j) => {
        const shares = sharesAhead(curves.get(row) ?? [], curves.get(column) ?? [], options);
        if (shares === undefined) return;
        perPair[i]?.[j]?.push(shares[0]);
        perPair[j]?.[i]?.push(shares[1]);
      });
    });
  }
  const shares = perPair.map((row, i) => row.map((values, j) => (i === j ? 0 : meanIfAny(values))));
  const penalties = strategies.map((_, column) => meanIfAny(shares.flatMap((row) => row[column] ?? [])) ?? 0);
  return { strategies, shares, penalties };
}

/** The curves of a group's rivals by strategy. */
function curvesOfGroup(
  group: Group,
  { metric, over, axis }: PenaltyOptions,
): Map<string, readonly SeedCurve[]> {
  const cells = group.cells.filter(({ finished, isBound }) => finished.length > 0 && !isBound);
  const shared = axis ?? curveAxis(cells, over);
  return new Map(
    cells.map((cell) => [
      cell.strategy,
      seedCurves(cell, { axis: shared, ...(metric && { metric }) }).curves,
    ]),
  );
}

/**
 * Shares of the common places where the first, and where the second, is ahead at p < α, paired t over the seeds that both
 * have; undefined with fewer than two such seeds, or no common place.
 */
function sharesAhead(
  first: readonly SeedCurve[],
  second: readonly SeedCurve[],
  { metric = 'accuracy', alpha = 0.05 }: PenaltyOptions,
): [number, number] | undefined {
  const others = new Map(second.map((curve) => [curve.seed, curve]));
  const pairs = first.flatMap((own) => {
    const other = others.get(own.seed);
    return other === undefined ? [] : [{ own, other }];
  });
  const [pair] = pairs;
  if (pair === undefined || pairs.length < 2) return undefined;
  // All seeds of a strategy have the same places.
  const placeOf = new Map(pair.other.points.map(({ spent }, place) => [spent, place]));
  const places = pair.own.points.flatMap(({ spent }, place) => {
    const other = placeOf.get(spent);
    return other === undefined ? [] : [[place, other] as const];
  });
  if (places.length === 0) return undefined;
  const critical = studentQuantile(1 - alpha / 2, pairs.length - 1);
  const sign = orientation(metric);
  const ahead: [number, number] = [0, 0];
  for (const [place, otherPlace] of places) {
    const t = pairedStatistic(
      pairs.map(({ own, other }) => {
        const [a, b] = [own.points[place], other.points[otherPlace]];
        return sign * ((a?.value ?? Number.NaN) - (b?.value ?? Number.NaN));
      }),
    );
    if (t > critical) ahead[0]++;
    if (t < -critical) ahead[1]++;
  }
  return [ahead[0] / places.length, ahead[1] / places.length];
}

/** Student's t of paired differences: infinite where all are the same and not 0. */
function pairedStatistic(differences: readonly number[]): number {
  const n = differences.length;
  const origin = differences[0] as number;
  const mean = origin + differences.reduce((sum, value) => sum + (value - origin), 0) / n;
  if (mean === 0) return 0;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean / Math.sqrt(squares / (n - 1) / n);
}

function meanIfAny(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

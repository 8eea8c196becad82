/** The pairwise penalty matrix (Ash et al. 2020, section 5): how often one strategy is significantly ahead of another. */
import type { Group } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import type { MetricName } from './metricTitles.ts';
import { pairCurves } from './pairedCurves.ts';
import { pairedTTest } from './statistics/pairedT.ts';

export interface PenaltyMatrix {
  readonly strategies: readonly string[];
  /** [row][column]: share of the places along the curves at which the row's strategy beats the column's. 0 on the diagonal. */
  readonly shares: readonly (readonly number[])[];
  /** Mean of each column: how often the strategy is beaten. Lower is better. */
  readonly penalties: readonly number[];
}

export interface PenaltyOptions {
  readonly metric?: MetricName;
  readonly alpha?: number;
  /** Of one group; left out, each group has its own. */
  readonly axis?: CurveAxis;
}

/** Over all `groups`, each weighing the same; a group without one of the two strategies does not count for the pair. */
export function pairwisePenalty(groups: readonly Group[], options: PenaltyOptions = {}): PenaltyMatrix {
  const names = groups.flatMap(({ cells }) =>
    cells.filter(({ finished }) => finished.length > 0).map(({ strategy }) => strategy),
  );
  const strategies = [...new Set(names)];
  const shares = strategies.map((row) =>
    strategies.map((column) => {
      if (row === column) return 0;
      const perGroup = groups.flatMap((group) => shareAhead(group, row, column, options) ?? []);
      return perGroup.length === 0 ? 0 : perGroup.reduce((a, b) => a + b, 0) / perGroup.length;
    }),
  );
  const penalties = strategies.map(
    (_, column) => shares.reduce((sum, row) => sum + (row[column] as number), 0) / strategies.length,
  );
  return { strategies, shares, penalties };
}

/** Share of places where `row` is ahead of `column` at p < α, paired t over seeds; undefined where nothing is shared. */
function shareAhead(
  group: Group,
  row: string,
  column: string,
  { metric, alpha = 0.05, axis = curveAxis(group.cells) }: PenaltyOptions,
): number | undefined {
  const [first, second] = [row, column].map((name) => group.cells.find(({ strategy }) => strategy === name));
  if (first === undefined || second === undefined) return undefined;
  const { pairs } = pairCurves(first, second, { axis, ...(metric && { metric }) });
  const numPlaces = pairs[0]?.first.length ?? 0;
  if (numPlaces === 0) return undefined;
  let ahead = 0;
  for (let place = 0; place < numPlaces; place++) {
    const differences = pairs.map(
      (pair) => (pair.first[place]?.value ?? 0) - (pair.second[place]?.value ?? 0),
    );
    const test = pairedTTest(differences);
    if (test !== undefined && test.pValue < alpha && test.meanDifference > 0) ahead++;
  }
  return ahead / numPlaces;
}

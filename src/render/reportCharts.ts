/** The learning-curve charts of a report: one spec per group that has a finished trial. */
import type { TopLevelSpec } from 'vega-lite';
import { aubc, type CellCurve, cellCurve, type Group, groupName } from '../analysis/index.ts';
import { learningCurveChart } from './learningCurveChart.ts';
import type { StrategyStyles } from './strategyStyles.ts';

export interface GroupChart {
  readonly title: string;
  readonly spec: TopLevelSpec;
}

/** In the groups' order; `styles` has an entry for every strategy. */
export function reportCharts(allGroups: readonly Group[], styles: StrategyStyles): GroupChart[] {
  return allGroups.flatMap((group) => {
    const curves = groupCurves(group);
    if (curves.length === 0) return [];
    const title = groupName(group, allGroups);
    return [
      { title, spec: learningCurveChart({ title, subtitle: subtitle(group, curves), curves, styles }) },
    ];
  });
}

/** The curves of a group's strategies that have finished trials, the highest end first, as the lines lie. */
export function groupCurves(group: Group): CellCurve[] {
  const end = (curve: CellCurve) => curve.points.at(-1)?.mean ?? 0;
  return group.cells
    .map((cell) => cellCurve(cell))
    .filter((curve) => curve.points.length > 0)
    .sort((a, b) => end(b) - end(a) || area(b) - area(a));
}

function area(curve: CellCurve): number {
  return aubc(curve.points.map(({ numLabels, mean }) => ({ numLabels, value: mean })));
}

function subtitle(group: Group, curves: readonly CellCurve[]): string {
  const hasBand = curves.some((curve) => curve.numSeeds > 1);
  const setting = `${group.queryBatchSize} labels a query, ${group.oracle} oracle`;
  const band = hasBand ? "Band: Student's 95 % interval of the mean" : 'One seed, so no interval';
  const missing = group.cells.filter((cell) => cell.finished.length === 0).map((cell) => cell.strategy);
  const absent = missing.length === 0 ? '' : `. No finished trial: ${missing.join(', ')}`;
  return `${band}; ${setting}${absent}`;
}

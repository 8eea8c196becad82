/** The charts of a report: learning curves and selection overlap, a spec of each per group. */
import type { TopLevelSpec } from 'vega-lite';
import {
  aubc,
  type CellCurve,
  cellCurve,
  curveAxis,
  type Group,
  groupName,
  type Over,
  selectionOverlap,
} from '../analysis/index.ts';
import { learningCurveChart } from './learningCurveChart.ts';
import { overlapChart } from './overlapChart.ts';
import type { StrategyStyles } from './strategyStyles.ts';

export interface GroupChart {
  readonly title: string;
  readonly spec: TopLevelSpec;
}

/** The learning curves of every group that has a finished trial, in the groups' order; `styles` has an entry for every strategy. */
export function reportCharts(
  allGroups: readonly Group[],
  styles: StrategyStyles,
  over: Over = 'labels',
): GroupChart[] {
  return allGroups.flatMap((group) => {
    const curves = groupCurves(group, over);
    if (curves.length === 0) return [];
    const title = groupName(group, allGroups);
    return [
      { title, spec: learningCurveChart({ title, subtitle: subtitle(group, curves), curves, styles, over }) },
    ];
  });
}

/** The selection-overlap matrices of the groups with at least two strategies to compare, the best strategy first. */
export function overlapCharts(allGroups: readonly Group[]): GroupChart[] {
  return allGroups.flatMap((group) => {
    const overlap = selectionOverlap(group);
    if (overlap.pairs.length === 0) return [];
    const title = groupName(group, allGroups);
    const order = groupCurves(group).map((curve) => curve.strategy);
    return [{ title, spec: overlapChart({ title, overlap, order }) }];
  });
}

/** The curves of a group's strategies that have finished trials, the highest end first, as the lines lie; bounds come last. */
export function groupCurves(group: Group, over: Over = 'labels'): CellCurve[] {
  const axis = curveAxis(group.cells, over);
  const end = (curve: CellCurve) => curve.points.at(-1)?.mean ?? 0;
  return group.cells
    .map((cell) => cellCurve(cell, { axis }))
    .filter((curve) => curve.points.length > 0)
    .sort((a, b) => Number(a.isBound) - Number(b.isBound) || end(b) - end(a) || area(b) - area(a));
}

function area(curve: CellCurve): number {
  return aubc(curve.points.map(({ spent, mean }) => ({ spent, value: mean })));
}

function subtitle(group: Group, curves: readonly CellCurve[]): string {
  const hasBand = curves.some((curve) => curve.numSeeds > 1);
  const setting = `${group.queryBatchSize} samples a query, ${group.oracle} oracle`;
  const band = hasBand ? "Band: Student's 95 % interval of the mean" : 'One seed, so no interval';
  const missing = group.cells.filter((cell) => cell.finished.length === 0).map((cell) => cell.strategy);
  const absent = missing.length === 0 ? '' : `. No finished trial: ${missing.join(', ')}`;
  return `${band}; ${setting}${absent}`;
}

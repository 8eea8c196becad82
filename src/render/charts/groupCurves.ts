/** The curves of a group in the order that a legend wants: as the lines lie at their right ends. */
import {
  aubc,
  type Cell,
  type CellCurve,
  type CurveAxis,
  cellCurve,
  curveAxis,
  type Group,
  type MetricName,
  type Over,
} from '../../analysis/index.ts';

/** The curves of a group's strategies that have finished trials, the highest end first, as the lines lie; bounds come last. */
export function groupCurves(group: Group, over: Over = 'labels', metric?: MetricName): CellCurve[] {
  const axisOf = drawingAxis(group, over);
  return group.cells
    .map((cell) => cellCurve(cell, { axis: axisOf(cell), ...(metric && { metric }) }))
    .filter((curve) => curve.points.length > 0)
    .sort(byFallingEnd);
}

/**
 * Where the curves of each cell have their points: one axis for the group, but over seconds each cell has its own, because the
 * stretch that a fast and a slow strategy share can be next to nothing.
 */
export function drawingAxis(group: Group, over: Over): (cell: Cell) => CurveAxis {
  if (over === 'seconds') return (cell) => curveAxis([cell], over);
  const shared = curveAxis(group.cells, over);
  return () => shared;
}

/** For `Array.sort`: bounds last, then by the last mean, then by the area. */
export function byFallingEnd(a: CellCurve, b: CellCurve): number {
  return Number(a.isBound) - Number(b.isBound) || end(b) - end(a) || area(b) - area(a);
}

function end(curve: CellCurve): number {
  return curve.points.at(-1)?.mean ?? 0;
}

function area(curve: CellCurve): number {
  return aubc(curve.points.map(({ spent, mean }) => ({ spent, value: mean })));
}

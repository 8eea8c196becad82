/** The accuracy that labels are counted up to, if the user names none. */
import { cellCurve } from './cellCurve.ts';
import type { Cell } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';

/** The strategy that every other one is held against. */
export const BASELINE_STRATEGY = 'random';

export interface DefaultTarget {
  readonly value: number;
  /** The strategy whose final mean accuracy it is. */
  readonly strategy: string;
}

/**
 * The final mean accuracy of `random` among the cells of one group; without it, the lowest final mean of any
 * strategy that is not a bound. Undefined if no trial of the group has finished.
 */
export function defaultTarget(
  cellsOfGroup: readonly Cell[],
  axis: CurveAxis = curveAxis(cellsOfGroup),
): DefaultTarget | undefined {
  const finals = cellsOfGroup.flatMap((cell) => {
    if (cell.isBound) return [];
    const last = cellCurve(cell, { axis }).points.at(-1);
    return last === undefined ? [] : [{ value: last.mean, strategy: cell.strategy }];
  });
  const baseline = finals.find((final) => final.strategy === BASELINE_STRATEGY);
  return baseline ?? finals.sort((a, b) => a.value - b.value)[0];
}

/**
 * Where the curves of trials that are to be compared have their points. Trials that ask for the same number of rows each
 * round are measured at the same places, unless queries go unanswered or cost differently. Then every curve is read, by
 * straight lines between its rounds, on one grid: evenly spaced over the stretch that all of them cover.
 */
import { remembered } from '../foundation/remembered.ts';
import type { Cell } from './cells.ts';
import { type Over, spentByRound } from './spending.ts';

export interface CurveAxis {
  readonly over: Over;
  /** Left out where all trials were measured at the same places, as far as each of them goes. */
  readonly grid?: readonly number[];
}

/** The axis for the finished trials of `cells`; ones whose curves are compared need one axis. */
export function curveAxis(cells: readonly Cell[], over: Over = 'labels'): CurveAxis {
  return axes(cells, over, () => axisOf(cells, over));
}

const axes = remembered<readonly Cell[], CurveAxis>();

function axisOf(cells: readonly Cell[], over: Over): CurveAxis {
  const places = cells.flatMap((cell) => cell.finished.map((trial) => spentByRound(trial, over)));
  const grid = sharedGrid(places, over);
  return grid === undefined ? { over } : { over, grid };
}

/** See `CurveAxis.grid`, of curves with points at `places`; empty where these have no stretch in common. */
export function sharedGrid(
  places: readonly (readonly number[])[],
  over: Over = 'labels',
): readonly number[] | undefined {
  const longest = places.reduce((a, b) => (b.length > a.length ? b : a), []);
  if (places.every((each) => each.every((place, i) => place === longest[i]))) return undefined;
  const start = Math.max(...places.map((each) => each[0] ?? Number.POSITIVE_INFINITY));
  const end = Math.min(...places.map((each) => each.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (!(end >= start)) return [];
  const numSteps = longest.length - 1;
  const even = Array.from({ length: numSteps + 1 }, (_, i) => start + ((end - start) * i) / numSteps);
  return [...new Set(over === 'cost' || over === 'seconds' ? even : even.map(Math.round))];
}

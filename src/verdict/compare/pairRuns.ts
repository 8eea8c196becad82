/** The runs of two sides, cell by cell: what the two differ by, and which runs belong together. */
import { type Cell, cells } from '../../analysis/index.ts';
import { UserError } from '../../foundation/userError.ts';
import type { StoredTrial } from '../../store/record.ts';
import { type ComparableAxis, comparableAxes } from './configDifferences.ts';

export interface PairedCells {
  /** Axes of which each side has one value, and another than the other side: what is compared. */
  readonly compared: readonly ComparableAxis[];
  /** Cells that are the same but for these axes. */
  readonly pairs: readonly { readonly old: Cell; readonly new: Cell }[];
  /** Cells that one side alone has. */
  readonly numUnpaired: number;
}

/** Throws `UserError("nothing-to-compare")` where no cell has a partner. */
export function pairRuns(oldTrials: readonly StoredTrial[], newTrials: readonly StoredTrial[]): PairedCells {
  const [own, other] = [cells(oldTrials), cells(newTrials)];
  const axes = Object.keys(comparableAxes) as ComparableAxis[];
  const valuesOf = (side: readonly Cell[], axis: ComparableAxis) => [
    ...new Set(side.map((cell) => cell[axis])),
  ];
  const compared = axes.filter((axis) => {
    const [left, right] = [valuesOf(own, axis), valuesOf(other, axis)];
    return left.length === 1 && right.length === 1 && left[0] !== right[0];
  });
  const keyOf = (cell: Cell): string =>
    JSON.stringify([
      cell.dataset,
      ...axes.filter((axis) => !compared.includes(axis)).map((axis) => cell[axis]),
    ]);
  const partners = new Map(other.map((cell) => [keyOf(cell), cell]));
  const pairs = own.flatMap((cell) => {
    const partner = partners.get(keyOf(cell));
    return partner === undefined ? [] : [{ old: cell, new: partner }];
  });
  if (pairs.length === 0) {
    const describe = (side: readonly Cell[]): string => {
      const told = (['dataset', ...axes] as const).map(
        (axis) => `${axis} ${[...new Set(side.map((cell) => cell[axis]))].join('|')}`,
      );
      return side.length === 0 ? 'no run' : told.join(', ');
    };
    throw new UserError(
      'nothing-to-compare',
      `Runs of the two sides must be alike but for one thing throughout, such as the model. The old one has ${describe(own)}; the new one has ${describe(other)}. Choose runs of each side with --old and --new.`,
    );
  }
  return { compared, pairs, numUnpaired: own.length + other.length - 2 * pairs.length };
}

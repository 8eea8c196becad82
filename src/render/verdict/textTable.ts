/** Aligned columns of plain text; names give way where a line would be too long. */
import { cutTo } from './plainLine.ts';

export interface TableColumn<Row> {
  readonly header: string;
  readonly text: (row: Row) => string;
  /** `left` if left out. */
  readonly align?: 'left' | 'right';
  /** How many characters must be left of it where lines are too long; those without are never cut. */
  readonly narrowest?: number;
}

const gap = '  ';

/**
 * The header's line and one per row, none longer than `width` unless every column that may be cut is at its narrowest;
 * no line for no row. Columns without any text are left out.
 */
export function textTable<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  width: number,
): string[] {
  if (rows.length === 0) return [];
  const filled = columns
    .map((column) => ({ ...column, cells: [column.header, ...rows.map(column.text)] }))
    .filter(({ cells }) => cells.slice(1).some((cell) => cell !== ''));
  const widths = filled.map(({ cells }) => Math.max(...cells.map(lengthOf)));
  let excess = widths.reduce((sum, each) => sum + each + gap.length, -gap.length) - width;
  // The widest of those that may be cut gives first, so that the others stay whole.
  while (excess > 0) {
    const [widest] = filled
      .map(({ narrowest }, i) => ({ i, room: (widths[i] ?? 0) - (narrowest ?? Number.POSITIVE_INFINITY) }))
      .sort((a, b) => b.room - a.room);
    if (widest === undefined || widest.room <= 0) break;
    widths[widest.i] = (widths[widest.i] ?? 0) - 1;
    excess--;
  }
  return Array.from({ length: rows.length + 1 }, (_, line) =>
    filled
      .map(({ cells, align }, i) => {
        const cell = cutTo(cells[line] ?? '', widths[i] ?? 0);
        const padding = ' '.repeat(Math.max((widths[i] ?? 0) - lengthOf(cell), 0));
        return align === 'right' ? padding + cell : cell + padding;
      })
      .join(gap)
      .trimEnd(),
  );
}

/** Characters, which is columns for all but East Asian letters and emoji. */
function lengthOf(text: string): number {
  return [...text].length;
}

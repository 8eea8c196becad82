/** Whether a CSV file's first line names its columns. */

/** Whether `cell` is written as a number: NaN and infinities too, which are refused as values later. */
export function isNumberText(cell: string): boolean {
  const text = cell.trim();
  return text !== '' && (!Number.isNaN(Number(text)) || /^[+-]?(nan|inf(inity)?)$/i.test(text));
}

/**
 * The names in `first`, or undefined where it is data already. It names columns if it has no number in it; or text above
 * a number; or if it counts 0, 1, 2, … as pandas does where columns have no names.
 */
export function headerOf(first: readonly string[], second: readonly string[]): readonly string[] | undefined {
  const isNumber = first.map(isNumberText);
  const namesNumbers = first.some((_, i) => !isNumber[i] && isNumberText(second[i] ?? ''));
  if (!isNumber.includes(true) || namesNumbers || counts(first)) return first.map((cell) => cell.trim());
  return undefined;
}

/** Eight columns or more: a line of data is not that likely to be 0, 1, 2, …. */
function counts(cells: readonly string[]): boolean {
  return cells.length >= 8 && cells.every((cell, i) => cell === String(i));
}

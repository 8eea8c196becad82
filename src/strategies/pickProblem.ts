/** Holds a pick against what was asked for. */

/** "picked …": what is wrong with `rows` as `batchSize` different rows of `poolRows`; undefined where nothing is. */
export function pickProblem(
  rows: ArrayLike<number>,
  poolRows: Int32Array,
  batchSize: number,
): string | undefined {
  if (rows.length !== batchSize) return `picked ${rows.length} rows where ${batchSize} were asked for`;
  const left = new Set(poolRows);
  for (const row of Array.from(rows)) {
    if (left.delete(row)) continue;
    return poolRows.includes(row)
      ? `picked row ${row} more than once`
      : `picked ${row}, which is none of the rows to pick from`;
  }
  return undefined;
}

/** A strategy broke its contract: its trial cannot go on, those of other strategies can. */
export class BadPick extends Error {
  override readonly name = 'BadPick';
}

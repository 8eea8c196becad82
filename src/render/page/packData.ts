/** Rows of a chart by columns, numbers rounded to what a picture can show: a fifth of what the rows take. */

export interface PackedData {
  readonly numRows: number;
  readonly columns: Readonly<Record<string, PackedColumn>>;
}

/** Values by row, null where a row lacks one; or, where it says the same in less, one of the ways that columns repeat. */
type PackedColumn =
  | readonly unknown[]
  /** So many rows of one value, then so many of the next. */
  | { readonly runs: readonly (readonly [unknown, number])[] }
  /** The first rows, again and again. */
  | { readonly period: readonly unknown[] };

const SIGNIFICANT_DIGITS = 6;

/** Undefined where `values` is not a list of flat objects. What a row lacks is null, and lacking again when unpacked. */
export function packData(values: unknown): PackedData | undefined {
  if (!Array.isArray(values) || values.length < 8 || !values.every(isFlat)) return undefined;
  const rows = values as readonly Readonly<Record<string, unknown>>[];
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = keys.map((key) => [key, packColumn(rows.map((row) => row[key] ?? null))]);
  return { numRows: rows.length, columns: Object.fromEntries(columns) };
}

function packColumn(exact: readonly unknown[]): PackedColumn {
  const values = exact.map(rounded);
  const runs: [unknown, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] === value) last[1]++;
    else runs.push([value, 1]);
  }
  if (runs.length <= values.length / 4) return { runs };
  const length = values.indexOf(values[0], 1);
  const isPeriodic = length > 0 && values.every((value, i) => value === values[i % length]);
  return isPeriodic && length <= values.length / 2 ? { period: values.slice(0, length) } : values;
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value;
}

function isFlat(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.values(value).every((member) => member === null || typeof member !== 'object');
}

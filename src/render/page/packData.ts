/** Rows of a chart by columns, numbers rounded to what a picture can show: a fifth of what the rows take. */

export interface PackedData {
  readonly numRows: number;
  readonly columns: Readonly<Record<string, PackedColumn>>;
}

/** Numbers and the like as they are; texts by their number in a list. Where a row lacks the value, null. */
type PackedColumn =
  | readonly unknown[]
  | { readonly names: readonly string[]; readonly rows: readonly number[] };

const SIGNIFICANT_DIGITS = 6;

/** Undefined where `values` is not a list of flat objects. What a row lacks is null, and lacking again when unpacked. */
export function packData(values: unknown): PackedData | undefined {
  if (!Array.isArray(values) || values.length < 8 || !values.every(isFlat)) return undefined;
  const rows = values as readonly Readonly<Record<string, unknown>>[];
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = keys.map((key) => [key, packColumn(rows.map((row) => row[key] ?? null))]);
  return { numRows: rows.length, columns: Object.fromEntries(columns) };
}

function packColumn(values: readonly unknown[]): PackedColumn {
  if (!values.every((value) => typeof value === 'string')) return values.map(rounded);
  const names = [...new Set(values)];
  const places = new Map(names.map((name, i) => [name, i]));
  return { names, rows: values.map((value) => places.get(value) as number) };
}

/** Six significant digits: no pixel moves. */
function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value;
}

function isFlat(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.values(value).every((member) => member === null || typeof member !== 'object');
}

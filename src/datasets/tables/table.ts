/** What a reader of numbers in files is asked, and what it gives: one matrix, and columns that stand apart from it. */

/** `matrix`: part of the one matrix. `number`, `text`: kept apart, under its name. */
export type ColumnRole = 'matrix' | 'number' | 'text' | 'skip';

/** A column as its file shows it; `index` counts from 0. */
export interface ColumnGlimpse {
  readonly name: string;
  readonly index: number;
  /** Whether its first value is a number, or a list of numbers. */
  readonly isNumeric: boolean;
}

export interface TableRequest {
  /** Asked once for each column of a CSV or Parquet file. Left out: numbers are the matrix, the rest is text. */
  readonly roleOf?: (column: ColumnGlimpse, all: readonly ColumnGlimpse[]) => ColumnRole;
  /** `single` (default): Float32Array, or Uint8Array where the file holds bytes. `double`: Float64Array. */
  readonly precision?: 'single' | 'double';
  /** Told how much of the file is read, from 0 to 1. Parquet is told of by columns. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

export type MatrixValues = Float32Array | Float64Array | Uint8Array;

/** Row-major, every value finite. */
export interface Matrix {
  readonly values: MatrixValues;
  /** The first axis is the rows. */
  readonly shape: readonly number[];
  /** Names of the columns, where the file has them: [numColumns], or fewer where one is a list. */
  readonly columnNames?: readonly string[];
}

export interface Table {
  readonly path: string;
  readonly numRows: number;
  /** Absent where no column is part of it. */
  readonly matrix?: Matrix;
  /** [numRows] each, by column. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
  /** [numRows] each, by column; a NumPy array of text is called "value". */
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

/** Numbers are the matrix, the rest is text; the index that pandas writes is neither. */
export function defaultRole({ name, index, isNumeric }: ColumnGlimpse): ColumnRole {
  if ((name === '' && index === 0) || /^__index_level_\d+__$/.test(name)) return 'skip';
  return isNumeric ? 'matrix' : 'text';
}

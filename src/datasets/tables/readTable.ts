/** One entry to every format of numbers in files; the name's ending says which. */
import { UserError } from '../../foundation/userError.ts';
import { readCsv } from './readCsv.ts';
import { readIdx } from './readIdx.ts';
import { readNpy } from './readNpy.ts';
import { readParquet } from './readParquet.ts';
import type { Matrix, Table, TableRequest } from './table.ts';

type Reader = (path: string, request?: TableRequest) => Promise<Table>;

/** By what a path ends in; all but Parquet may also be compressed (`.gz`). */
const readers: readonly (readonly [ending: RegExp, Reader])[] = [
  [/\.npy(\.gz)?$/i, readNpy],
  [/\.[ct]sv(\.gz)?$/i, readCsv],
  [/\.(parquet|pq)$/i, readParquet],
  [/[.-]idx(\d-ubyte)?(\.gz)?$/i, readIdx],
];

/** Whether a path ends as the files do that can be read. */
export function isTablePath(path: string): boolean {
  return readers.some(([ending]) => ending.test(path));
}

/**
 * Reads a file: NumPy (`.npy`), CSV (`.csv`, `.tsv`), Parquet (`.parquet`) or IDX (`.idx`, `-idx3-ubyte`). Takes about
 * the memory of its numbers. Throws `UserError`: "unknown-format", and all that the formats' readers throw.
 */
export async function readTable(path: string, request?: TableRequest): Promise<Table> {
  const reader = readers.find(([ending]) => ending.test(path))?.[1];
  if (reader === undefined) {
    throw new UserError(
      'unknown-format',
      `${path} must end in .npy, .csv, .tsv, .parquet or .idx, which says what it is. Convert or rename it.`,
    );
  }
  return reader(path, request);
}

/** A file's numeric columns, or its whole array. Throws what `readTable` throws, and `UserError("no-numbers")`. */
export async function readMatrix(path: string, request?: TableRequest): Promise<Matrix> {
  const { matrix } = await readTable(path, request);
  if (matrix !== undefined) return matrix;
  throw new UserError(
    'no-numbers',
    `${path} must have a column of numbers, and has none. Add one, or choose another file.`,
  );
}

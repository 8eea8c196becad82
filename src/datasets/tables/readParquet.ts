/** Reads Parquet column by column, a row group at a time; a column of lists is so many columns of the matrix. */
import * as zlib from 'node:zlib';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { UserError } from '../../foundation/userError.ts';
import { refuseEmpty, refuseValue } from './badTable.ts';
import { readingError, storedBytes } from './byteReader.ts';
import type { ColumnGlimpse, Table, TableRequest } from './table.ts';
import { createTableBuilder, type PlacedColumn, type TableBuilder } from './tableBuilder.ts';

interface ParquetFile {
  readonly path: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
}

/** Rows count from 0 in messages. Throws `UserError` "bad-parquet", "unequal-rows", "bad-value", "empty-file", … */
export async function readParquet(path: string, request: TableRequest = {}): Promise<Table> {
  await storedBytes(path);
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const numRows = Number(metadata.num_rows);
    if (numRows === 0) refuseEmpty(path);
    const source = { path, file, metadata };
    const glimpses = await glimpse(source);
    const builder = createTableBuilder(path, glimpses, numRows, request);
    for (const column of builder.columns) {
      if (column.role !== 'skip') await readColumn(source, column, builder);
      request.onProgress?.((column.index + 1) / builder.columns.length);
    }
    return builder.finish(numRows);
  } catch (error) {
    const known = readingError(path, error);
    if (known instanceof UserError || !(known instanceof Error)) throw known;
    throw new UserError(
      'bad-parquet',
      `${path} must be Parquet that can be read here, and is not: ${known.message}. Write it again, with snappy or gzip compression.`,
    );
  }
}

/** The columns at the top of the schema; those of lists with the length of their first. */
async function glimpse(source: ParquetFile): Promise<(ColumnGlimpse & { readonly width: number })[]> {
  const { children } = parquetSchema(source.metadata);
  return Promise.all(
    children.map(async (child, index) => {
      const { name } = child.element;
      const isNumeric = isNumericLeaf(leafOf(child));
      if (child.children.length === 0 || !isNumeric) return { name, index, isNumeric, width: 1 };
      const [first] = await scanRows(source, name, 0, 1);
      return { name, index, isNumeric, width: isList(first) ? first.length : 1 };
    }),
  );
}

function leafOf(tree: SchemaTree): SchemaTree {
  const [child] = tree.children;
  return child === undefined || tree.children.length > 1 ? tree : leafOf(child);
}

function isNumericLeaf({ element: { type, logical_type: logical, converted_type: converted } }: SchemaTree) {
  if (/DATE|TIME/.test(`${logical?.type} ${converted}`)) return false;
  if (type === 'FIXED_LEN_BYTE_ARRAY') return /FLOAT16|DECIMAL/.test(`${logical?.type} ${converted}`);
  return type !== undefined && ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'].includes(type);
}

async function scanRows({ file, metadata }: ParquetFile, column: string, rowStart: number, rowEnd: number) {
  const scan = await parquetScan({ file, metadata, columns: [column], compressors });
  return scan.readColumn({ column, rowStart, rowEnd });
}

async function readColumn(source: ParquetFile, column: PlacedColumn, builder: TableBuilder): Promise<void> {
  const { path } = source;
  let row = 0;
  for (const { num_rows } of source.metadata.row_groups) {
    const values = await scanRows(source, column.name, row, row + Number(num_rows));
    for (let i = 0; i < values.length; i++, row++) {
      const value: unknown = values[i];
      if (column.role === 'text') builder.setText(row, column, String(value ?? ''));
      else setNumbers(row, value);
    }
  }

  function setNumbers(at: number, value: unknown): void {
    const place = (): string => `row ${at} (counted from 0), column "${column.name}"`;
    if (!isList(value)) {
      if (column.width > 1) refuseLength(place(), value === null || value === undefined ? 0 : 1);
      builder.setNumber(at, column, 0, toNumber(value, place), place);
      return;
    }
    if (value.length !== column.width || column.role === 'number') refuseLength(place(), value.length);
    for (let i = 0; i < value.length; i++) {
      builder.setNumber(at, column, i, toNumber(value[i], place), place);
    }
  }

  function toNumber(value: unknown, place: () => string): number {
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
    return refuseValue(path, place(), value);
  }

  function refuseLength(place: string, met: number): never {
    const expected = column.role === 'number' ? 'one value' : `${column.width} values, as its first has`;
    throw new UserError(
      'unequal-rows',
      `${path}, ${place}: every row must have ${expected}, and this one has ${met}. Correct it.`,
    );
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** From Node 22.15 on. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (input: Uint8Array) => Buffer };

/** Snappy is built in. */
const compressors: Compressors = {
  GZIP: (input) => zlib.gunzipSync(input),
  BROTLI: (input) => zlib.brotliDecompressSync(input),
  ...(zstdDecompressSync && { ZSTD: (input) => zstdDecompressSync(input) }),
};

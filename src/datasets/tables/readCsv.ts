/** Reads CSV row by row: memory is that of the numbers, not of the text. */
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../foundation/userError.ts';
import { refuseEmpty, refuseValue } from './badTable.ts';
import { openStream, progressOf, readingError, storedBytes } from './byteReader.ts';
import { headerOf, isNumberText } from './csvHeader.ts';
import type { Table, TableRequest } from './table.ts';
import { createTableBuilder, type TableBuilder } from './tableBuilder.ts';

/** A quotation mark that is never closed would take the rest of the file as one value. */
const LONGEST_ROW_CHARACTERS = 1 << 24;

/**
 * Columns without names are called column0, column1, …. Throws `UserError` "bad-csv", "unequal-rows", "bad-value",
 * "empty-file", "duplicate-column" and those of reading.
 */
export async function readCsv(path: string, request: TableRequest = {}): Promise<Table> {
  const onBytes = progressOf(await storedBytes(path), request.onProgress);
  const capacity = await countLines(path);
  const rows = createRowReader(path, capacity, request);
  const parser = parse({
    ...{ bom: true, relax_column_count: true, skip_empty_lines: true },
    delimiter: /\.tsv(\.gz)?$/i.test(path) ? '\t' : ',',
    max_record_size: LONGEST_ROW_CHARACTERS,
    on_record: (cells: string[], { lines }) => {
      rows.add(cells, lines);
      return null; // nothing is kept twice
    },
  });
  try {
    await pipeline(openStream(path, onBytes), parser, async (records) => {
      for await (const _ of records);
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw readingError(path, error);
    throw new UserError('bad-csv', `${path} must be CSV, and is not: ${error.message}. Mend the line.`);
  }
  return rows.finish();
}

/** Takes rows one after another; the second decides whether the first is a header. */
function createRowReader(path: string, capacity: number, request: TableRequest) {
  let first: { readonly cells: readonly string[]; readonly line: number } | undefined;
  let builder: TableBuilder | undefined;
  let width = 0;
  let numRows = 0;

  function open(cells: readonly string[], second: readonly string[] | undefined): TableBuilder {
    const header = headerOf(cells, second ?? []);
    const sample = header === undefined ? cells : (second ?? []);
    const names = header ?? cells.map((_, index) => `column${index}`);
    width = names.length;
    const glimpses = names.map((name, index) => ({
      ...{ name, index, width: 1 },
      isNumeric: isNumberText(sample[index] ?? ''),
    }));
    const opened = createTableBuilder(path, glimpses, capacity, request);
    builder = opened;
    if (header === undefined) addRow(opened, cells, first?.line ?? 1);
    return opened;
  }

  function addRow(to: TableBuilder, cells: readonly string[], line: number): void {
    if (cells.length !== width) {
      throw new UserError(
        'unequal-rows',
        `${path}, line ${line}: every row must have ${width} values, as the first has, and this one has ${cells.length}. Correct the line.`,
      );
    }
    for (const column of to.columns) {
      if (column.role === 'skip') continue;
      const cell = cells[column.index] as string;
      if (column.role === 'text') {
        to.setText(numRows, column, cell);
        continue;
      }
      const place = (): string => `line ${line}, column "${column.name}"`;
      const value = Number(cell);
      if (Number.isNaN(value) || (value === 0 && cell.trim() === '')) refuseValue(path, place(), cell);
      to.setNumber(numRows, column, 0, value, place);
    }
    numRows++;
  }

  return {
    add(cells: readonly string[], line: number): void {
      if (first === undefined) first = { cells, line };
      else addRow(builder ?? open(first.cells, cells), cells, line);
    },
    finish(): Table {
      if (builder === undefined && first !== undefined) open(first.cells, undefined);
      if (builder === undefined || numRows === 0) return refuseEmpty(path);
      return builder.finish(numRows);
    },
  };
}

/** At least the number of rows: lines inside quotation marks count too. Throws what reading throws. */
async function countLines(path: string): Promise<number> {
  let lineFeeds = 0;
  let carriageReturns = 0;
  try {
    for await (const chunk of openStream(path) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lineFeeds++;
      for (let at = chunk.indexOf(13); at !== -1; at = chunk.indexOf(13, at + 1)) carriageReturns++;
    }
  } catch (error) {
    throw readingError(path, error);
  }
  return Math.max(lineFeeds, carriageReturns) + 1;
}

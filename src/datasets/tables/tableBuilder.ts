/** Collects a table's rows where columns come side by side: the matrix in one array, columns apart in theirs. */
import { UserError } from '../../foundation/userError.ts';
import { refuseSize, refuseValue } from './badTable.ts';
import {
  type ColumnGlimpse,
  type ColumnRole,
  defaultRole,
  type MatrixValues,
  type Table,
  type TableRequest,
} from './table.ts';

/** A column and its part in the table. `offset`: its first place in a row of the matrix; `width`: how many it takes. */
export interface PlacedColumn extends ColumnGlimpse {
  readonly role: ColumnRole;
  readonly width: number;
  readonly offset: number;
}

export interface TableBuilder {
  readonly columns: readonly PlacedColumn[];
  /** `place` is asked only where the value is refused. Throws `UserError("bad-value")`. */
  setNumber(row: number, column: PlacedColumn, element: number, value: number, place: () => string): void;
  setText(row: number, column: PlacedColumn, value: string): void;
  /** The first `numRows` rows. */
  finish(numRows: number): Table;
}

/** @param capacity at least the number of rows. Throws `UserError("duplicate-column")`. */
export function createTableBuilder(
  path: string,
  glimpses: readonly (ColumnGlimpse & { readonly width: number })[],
  capacity: number,
  { roleOf = defaultRole, precision = 'single' }: TableRequest,
): TableBuilder {
  let matrixWidth = 0;
  const columns = glimpses.map((glimpse): PlacedColumn => {
    const role = roleOf(glimpse, glimpses);
    const offset = matrixWidth;
    if (role === 'matrix') matrixWidth += glimpse.width;
    return { ...glimpse, role, offset };
  });
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, string[]>();
  for (const { name, role } of columns) {
    if (role !== 'number' && role !== 'text') continue;
    if (numbers.has(name) || texts.has(name)) refuseDuplicate(path, name);
    if (role === 'number') numbers.set(name, new Float64Array(capacity));
    else texts.set(name, []);
  }
  const size = capacity * matrixWidth;
  const values: MatrixValues = precision === 'single' ? new Float32Array(size) : new Float64Array(size);
  return {
    columns,
    setNumber(row, column, element, value, place) {
      const apart = numbers.get(column.name);
      const target = column.role === 'number' && apart !== undefined ? apart : values;
      const position = target === values ? row * matrixWidth + column.offset + element : row;
      target[position] = value;
      if (Number.isFinite(target[position])) return;
      if (Number.isFinite(value)) refuseSize(path, place(), value);
      refuseValue(path, place(), value);
    },
    setText(row, { name }, value) {
      const column = texts.get(name);
      if (column !== undefined) column[row] = value;
    },
    finish(numRows) {
      const matrixColumns = columns.filter(({ role }) => role === 'matrix');
      return {
        path,
        numRows,
        ...(matrixWidth > 0 && {
          matrix: {
            values: prefix(values, numRows * matrixWidth),
            shape: [numRows, matrixWidth],
            columnNames: matrixColumns.map(({ name }) => name),
          },
        }),
        numbers: new Map([...numbers].map(([name, column]) => [name, column.slice(0, numRows)])),
        texts,
      };
    },
  };
}

/** The first `length` values: a view where little is left over, so that the memory is not taken twice. */
function prefix<Values extends MatrixValues>(values: Values, length: number): MatrixValues {
  return length > 0.9 * values.length ? values.subarray(0, length) : values.slice(0, length);
}

function refuseDuplicate(path: string, name: string): never {
  throw new UserError(
    'duplicate-column',
    `${path}: a column's name must be its own, and two are called "${name}". Rename one of them.`,
  );
}

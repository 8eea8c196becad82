/** Which samples a file says are labelled, by row or by name, and their labels where it has them. */
import { readTable } from '../datasets/tables/readTable.ts';
import { defaultRole, type Table } from '../datasets/tables/table.ts';
import { nearest } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';

export interface Labelled {
  readonly rows: Int32Array;
  readonly answers?: Int32Array;
}

const labelColumns = ['label', 'labels', 'class', 'target'];
const rowColumns = ['row', 'rows', 'index'];

/**
 * The samples of `path`: a NumPy array of row numbers, or a table with a column called "row", else with the samples'
 * names in a column called as in the embeddings or the first. A column "label" has their classes. Throws
 * `UserError("bad-labelled")`, and what `readTable` throws.
 *
 * @param names of all samples, where there are any
 * @param classNames where classes have names
 */
export async function matchLabelled(
  path: string,
  names: readonly string[] | undefined,
  classNames: readonly string[] | undefined,
): Promise<Labelled> {
  const table = await readTable(path, {
    precision: 'double',
    roleOf: (glimpse) => (defaultRole(glimpse) === 'skip' ? 'skip' : 'text'),
  });
  if (table.matrix !== undefined) return { rows: toRows(path, Array.from(table.matrix.values, String)) };
  const columns = [...table.texts.keys()];
  const label = columns.find((name) => labelColumns.includes(name.toLowerCase()));
  const row = columns.find((name) => rowColumns.includes(name.toLowerCase()));
  const id = row ?? columns.find((name) => name !== label);
  if (id === undefined) {
    throw new UserError(
      'bad-labelled',
      `${path} must have a column that says which samples are labelled, and has ${columns.join(', ')} alone. Add their names, or their rows as "row".`,
    );
  }
  const values = column(table, id);
  const rows = row === undefined && names !== undefined ? byName(path, values, names) : toRows(path, values);
  if (label === undefined) return { rows };
  return { rows, answers: toAnswers(path, column(table, label), classNames) };
}

/**
 * Class indices: positions in `classNames`, or where classes have no names the whole numbers themselves, or positions among
 * the labels that occur, sorted.
 */
function toAnswers(
  path: string,
  labels: readonly string[],
  classNames: readonly string[] | undefined,
): Int32Array {
  const isIndex = labels.every((label) => /^\s*\d+(\.0*)?\s*$/.test(label));
  if (classNames === undefined && isIndex) return Int32Array.from(labels, Number);
  const known = classNames ?? [...new Set(labels)].sort((a, b) => (a < b ? -1 : 1));
  return Int32Array.from(labels, (label, i) => {
    const index = known.indexOf(label);
    if (index !== -1) return index;
    throw new UserError(
      'bad-labelled',
      `${path}, row ${i} (counted from 0): a label must be one of the classes that have probabilities (${known.join(', ')}), and is "${label}". Correct it.`,
    );
  });
}

function column(table: Table, name: string): readonly string[] {
  return table.texts.get(name) ?? [];
}

function byName(path: string, wanted: readonly string[], names: readonly string[]): Int32Array {
  const rowOf = new Map<string, number>();
  for (const [row, name] of names.entries()) {
    if (rowOf.has(name)) refuseTwice(path, name);
    rowOf.set(name, row);
  }
  const unknown = wanted.filter((name) => !rowOf.has(name));
  const [first] = unknown;
  if (first !== undefined) {
    const guess = names.length <= 20_000 ? nearest(first, names) : undefined;
    throw new UserError(
      'bad-labelled',
      `${path} must name samples that are there, and ${unknown.length} of its ${wanted.length} are not, the first "${first}". ` +
        `${guess === undefined ? `Samples are called as "${names[0]}" is` : `Did you mean "${guess}"`}${guess === undefined ? '.' : '?'}`,
    );
  }
  return Int32Array.from(wanted, (name) => rowOf.get(name) as number);
}

function toRows(path: string, texts: readonly string[]): Int32Array {
  return Int32Array.from(texts, (text, i) => {
    const row = Number(text);
    if (text.trim() !== '' && Number.isInteger(row) && row >= 0) return row;
    throw new UserError(
      'bad-labelled',
      `${path}, row ${i} (counted from 0): a labelled sample must be a row number from 0, as the samples have no names, and is "${text}". Give row numbers, or embeddings with names.`,
    );
  });
}

function refuseTwice(path: string, name: string): never {
  throw new UserError(
    'bad-labelled',
    `Samples must have names of their own for ${path} to tell them apart, and two are called "${name}". Give rows in a column "row".`,
  );
}

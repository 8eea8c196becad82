/** A selection's input from files: embeddings as Lightly writes them or plain, probabilities, scores, labelled samples. */
import { isTablePath } from '../datasets/index.ts';
import { readTable } from '../datasets/tables/readTable.ts';
import { type ColumnGlimpse, defaultRole, type Matrix, type Table } from '../datasets/tables/table.ts';
import { nearest } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import type { Embeddings } from '../learner/learner.ts';
import { matchLabelled } from './matchLabelled.ts';
import type { Probabilities, SelectionInput } from './selectionInput.ts';

export interface SelectionFiles {
  readonly embeddings?: string | undefined;
  readonly probabilities?: string | undefined;
  /** A column of the file of embeddings (or else of probabilities), or a file. */
  readonly scores?: string | undefined;
  readonly labelled?: string | undefined;
}

export interface SelectionData extends SelectionInput {
  /** The samples' names and what their column is called, where a file has them. */
  readonly names?: { readonly column: string; readonly values: readonly string[] } | undefined;
}

/**
 * Reads the files. Numeric columns are embeddings, or where there are columns embedding_0, …, these alone; `labels` and the
 * column of scores never are. Throws what `readTable` throws, and `UserError`: "unknown-column", "bad-shape",
 * "different-names", "bad-labelled".
 */
export async function readSelectionFiles(
  files: SelectionFiles,
  onProgress?: (fraction: number) => void,
): Promise<SelectionData> {
  const scoreColumn = files.scores !== undefined && !isTablePath(files.scores) ? files.scores : undefined;
  const points =
    files.embeddings === undefined
      ? undefined
      : await readPoints(files.embeddings, { scoreColumn, onProgress });
  const chances =
    files.probabilities === undefined
      ? undefined
      : await readPoints(files.probabilities, {
          scoreColumn: points === undefined ? scoreColumn : undefined,
          onProgress,
        });
  const names = namesOf(points) ?? namesOf(chances);
  checkNames(points, chances);
  const classNames = classNamesOf(chances);
  const scores = await scoresOf(files.scores, scoreColumn, points ?? chances);
  return {
    embeddings: points && toEmbeddings(points),
    probabilities: chances && toProbabilities(chances),
    scores,
    labelled:
      files.labelled === undefined
        ? undefined
        : await matchLabelled(files.labelled, names?.values, classNames),
    classNames,
    names,
  };
}

const lightlyColumn = /^embedding_\d+$/;
const labelColumns = ['label', 'labels'];

interface PointOptions {
  readonly scoreColumn: string | undefined;
  readonly onProgress: ((fraction: number) => void) | undefined;
}

/** A table with what are points in its matrix, and the column of scores apart. */
async function readPoints(path: string, { scoreColumn, onProgress }: PointOptions): Promise<Table> {
  let columns: readonly ColumnGlimpse[] = [];
  const table = await readTable(path, {
    onProgress,
    roleOf: (glimpse, all) => {
      columns = all;
      const { name } = glimpse;
      if (name === scoreColumn) return 'number';
      if (labelColumns.includes(name.toLowerCase())) return 'skip';
      const role = defaultRole(glimpse);
      const isOther = all.some((column) => lightlyColumn.test(column.name)) && !lightlyColumn.test(name);
      return role === 'matrix' && isOther ? 'skip' : role;
    },
  });
  if (scoreColumn !== undefined && !table.numbers.has(scoreColumn)) {
    refuseScoreColumn(
      path,
      scoreColumn,
      columns.map(({ name }) => name).filter((name) => !lightlyColumn.test(name)),
    );
  }
  return table;
}

function toEmbeddings({ path, matrix }: Table): Embeddings {
  const { values, shape } = pointsOf(path, matrix);
  if (shape.length > 2) refuseShape(path, 'one vector for each sample, [samples, width]', shape);
  const [numSamples = 0, width = 1] = shape;
  return { values: singlePrecision(values), numSamples, width };
}

function toProbabilities({ path, matrix }: Table): Probabilities {
  const { values, shape } = pointsOf(path, matrix);
  if (shape.length !== 2 && shape.length !== 3) {
    refuseShape(path, '[samples, classes] or [draws, samples, classes]', shape);
  }
  const [numDrawn = 1, numSamples = 0, numClasses = 0] = shape.length === 2 ? [1, ...shape] : shape;
  return { values: singlePrecision(values), numDrawn, numSamples, numClasses };
}

function pointsOf(path: string, matrix: Matrix | undefined): Matrix {
  if (matrix !== undefined) return matrix;
  throw new UserError(
    'no-numbers',
    `${path} must have columns of numbers, and has none. Choose another file.`,
  );
}

function singlePrecision(values: Matrix['values']): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

async function scoresOf(
  scores: string | undefined,
  column: string | undefined,
  points: Table | undefined,
): Promise<Float64Array | undefined> {
  if (scores === undefined) return undefined;
  if (column !== undefined) {
    const found = points?.numbers.get(column);
    if (found !== undefined) return found;
    throw new UserError(
      'unknown-column',
      `A column of scores needs the file that it is in: "${column}" is named, and no embeddings are given. Give --embeddings, or a file of scores.`,
    );
  }
  const { matrix } = await readTable(scores, { precision: 'double' });
  const { values, shape } = pointsOf(scores, matrix);
  if (values.length !== shape[0]) refuseShape(scores, 'one score for each sample', shape);
  return Float64Array.from(values);
}

/** A table's columns are its classes; those of a column of lists, or of an array, have no names. */
function classNamesOf(chances: Table | undefined): readonly string[] | undefined {
  const { columnNames, shape = [] } = chances?.matrix ?? {};
  return columnNames?.length === shape[1] ? columnNames : undefined;
}

const nameColumns = ['filenames', 'filename', 'file', 'name', 'id'];

/** The column of text that names samples: one called so, else the first. */
function namesOf(table: Table | undefined): SelectionData['names'] {
  const columns = [...(table?.texts.keys() ?? [])];
  const column = columns.find((name) => nameColumns.includes(name.toLowerCase())) ?? columns[0];
  return column === undefined ? undefined : { column, values: table?.texts.get(column) ?? [] };
}

/** Throws `UserError("different-names")` where two files name their rows, and not alike. */
function checkNames(one: Table | undefined, other: Table | undefined): void {
  const names = [namesOf(one)?.values, namesOf(other)?.values];
  const [first, second] = names;
  if (first === undefined || second === undefined || first.length !== second.length) return;
  const row = first.findIndex((name, i) => name !== second[i]);
  if (row === -1) return;
  throw new UserError(
    'different-names',
    `Rows of ${one?.path} and ${other?.path} must be of the same samples in the same order, and row ${row} (counted from 0) is "${first[row]}" in one and "${second[row]}" in the other. Sort them alike.`,
  );
}

function refuseScoreColumn(path: string, column: string, columns: readonly string[]): never {
  const guess = nearest(column, columns);
  const hint = guess === undefined ? 'Name a column, or a file of scores.' : `Did you mean "${guess}"?`;
  const known = columns.length === 0 ? 'no columns but embeddings' : columns.slice(0, 12).join(', ');
  throw new UserError(
    'unknown-column',
    `${path} must have the column "${column}" for scores, and has ${known}. ${hint}`,
  );
}

function refuseShape(path: string, expected: string, shape: readonly number[]): never {
  throw new UserError(
    'bad-shape',
    `${path} must have ${expected}, and has shape [${shape.join(', ')}]. Reshape it.`,
  );
}

/** Reads samples and their labels from the files that a user names. */
import { nearest } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { LabelSource } from '../dataset.ts';
import { readTable } from '../tables/readTable.ts';
import { type ColumnGlimpse, defaultRole, type Matrix, type Table } from '../tables/table.ts';
import type { RawLabels } from './classLabels.ts';

export interface LabelledSamples {
  readonly matrix: Matrix;
  readonly labels: RawLabels;
}

export interface LabelledFiles {
  readonly path: string;
  readonly labels: LabelSource;
  /** Columns that are no features. */
  readonly exclude: readonly string[];
}

/**
 * Features are all numeric columns but the labels and those excluded. Throws what `readTable` throws, and `UserError`
 * "unknown-column", "no-numbers", "bad-shape" and "label-count".
 */
export async function readLabelled({ path, labels, exclude }: LabelledFiles): Promise<LabelledSamples> {
  const column = 'column' in labels ? labels.column : undefined;
  const names: string[] = [];
  const table = await readTable(path, {
    roleOf: (glimpse) => {
      names.push(glimpse.name);
      if (glimpse.name === column) return 'text';
      return exclude.includes(glimpse.name) || defaultRole(glimpse) === 'text'
        ? 'skip'
        : defaultRole(glimpse);
    },
  });
  for (const wanted of [...exclude, ...(column === undefined ? [] : [column])]) {
    if (!names.includes(wanted)) refuseColumn(path, wanted, names);
  }
  const { matrix, texts, numRows } = table;
  if (matrix === undefined) {
    throw new UserError(
      'no-numbers',
      `${path} must have a column of numbers for features, and has none. Add one.`,
    );
  }
  if (matrix.shape.length > 4) {
    throw new UserError(
      'bad-shape',
      `${path} must hold samples of rank 1 to 3, such as [channels, height, width], and has shape [${matrix.shape.join(', ')}]. Reshape it.`,
    );
  }
  const raw =
    'path' in labels ? await readLabels(labels.path) : { path, texts: texts.get(labels.column) ?? [] };
  if (raw.texts.length !== numRows) {
    throw new UserError(
      'label-count',
      `${raw.path} must have a label for each of the ${numRows} rows of ${path}, and has ${raw.texts.length}. Bring the two into line.`,
    );
  }
  return { matrix, labels: raw };
}

/** Columns that hold labels where a file has others beside them. */
const labelNames = ['label', 'labels', 'class', 'target', 'y'];

/** A file of labels: its only column, or the one called so. Throws `UserError("unknown-column")`, and "bad-shape". */
async function readLabels(path: string): Promise<RawLabels> {
  const glimpses: ColumnGlimpse[] = [];
  const table = await readTable(path, {
    precision: 'double',
    roleOf: (glimpse) => {
      glimpses.push(glimpse);
      return defaultRole(glimpse) === 'skip' ? 'skip' : 'text';
    },
  });
  if (table.matrix !== undefined) return { path, texts: wholeColumn(table, path) };
  const columns = [...table.texts.keys()];
  const name =
    columns.length === 1 ? columns[0] : columns.find((each) => labelNames.includes(each.toLowerCase()));
  if (name === undefined) {
    throw new UserError(
      'unknown-column',
      `${path} must have one column, or one called "label", and has ${columns.join(', ')}. Rename the one that holds the labels.`,
    );
  }
  return { path, texts: table.texts.get(name) ?? [] };
}

/** An array without column names: [numRows] or [numRows, 1]. */
function wholeColumn({ matrix }: Table, path: string): readonly string[] {
  const { values, shape } = matrix as Matrix;
  if (values.length !== shape[0]) {
    throw new UserError(
      'bad-shape',
      `${path} must have one label in each row, and has shape [${shape.join(', ')}]. Take the column of labels.`,
    );
  }
  return Array.from(values, String);
}

function refuseColumn(path: string, wanted: string, names: readonly string[]): never {
  const guess = nearest(wanted, names);
  const known = names.length === 0 ? 'it has no named columns' : `it has ${listed(names)}`;
  throw new UserError(
    'unknown-column',
    `${path} must have the column "${wanted}", and ${known}.${guess === undefined ? ' Correct the name.' : ` Did you mean "${guess}"?`}`,
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, … (${names.length} in all)` : shown;
}

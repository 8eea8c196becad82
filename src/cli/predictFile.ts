/** What `querybench predict` does: reads a model and a table, and writes a class per row. */
import { readTable, writeNpy } from '../datasets/tables/index.ts';
import { defaultRole } from '../datasets/tables/table.ts';
import { openModel } from '../engines/onnx/openModel.ts';
import { predictRows } from '../engines/onnx/predictRows.ts';
import { UserError } from '../foundation/userError.ts';
import { csvText } from '../render/csvText.ts';
import { writeOutput } from './writeOutput.ts';

export interface PredictFileOptions {
  readonly model: string;
  readonly data: string;
  readonly out?: string | undefined;
  /** Of every class, not of the most probable one alone. */
  readonly probabilities: boolean;
  /** Columns that are no features. */
  readonly drop: readonly string[];
}

/** Throws `UserError`: what `openModel`, `predictRows` and the readers throw, and `class-count`. */
export async function predictFile(options: PredictFileOptions): Promise<void> {
  const model = await openModel(options.model);
  const matrix = await readFeatures(options);
  const { probabilities: values, numClasses } = await predictRows(model, matrix, options);
  const [numRows = 0] = matrix.shape;
  await model.dispose();
  const names = model.classNames ?? Array.from({ length: numClasses }, (_, c) => String(c));
  if (names.length !== numClasses) {
    throw new UserError(
      'class-count',
      `${options.model} must name each of its ${numClasses} classes, and names ${names.length}. Save it anew.`,
    );
  }
  write({ values, numRows, names }, options);
}

interface Predicted {
  /** [numRows, names.length], probabilities. */
  readonly values: Float32Array;
  readonly numRows: number;
  readonly names: readonly string[];
}

async function readFeatures({ data, drop }: PredictFileOptions) {
  const met = new Set<string>();
  const { matrix } = await readTable(data, {
    roleOf: (column) => {
      met.add(column.name);
      return drop.includes(column.name) ? 'skip' : defaultRole(column);
    },
  });
  const unknown = drop.find((name) => !met.has(name));
  if (unknown !== undefined) {
    const columns = met.size === 0 ? 'no named columns' : [...met].join(', ');
    throw new UserError(
      'unknown-name',
      `${data} must have the column "${unknown}" to be dropped, and has ${columns}. Correct --drop.`,
    );
  }
  if (matrix !== undefined) return matrix;
  throw new UserError(
    'no-numbers',
    `${data} must have a column of numbers, and has none. Choose another file.`,
  );
}

function write({ values, numRows, names }: Predicted, { out, probabilities }: PredictFileOptions): void {
  const numClasses = names.length;
  const rowOf = (row: number): Float32Array => values.subarray(row * numClasses, (row + 1) * numClasses);
  const classOf = (row: number): number =>
    rowOf(row).reduce((best, value, c, all) => (value > (all[best] as number) ? c : best), 0);
  if (out !== undefined && /\.npy$/i.test(out)) {
    if (probabilities) writeNpy(out, values, [numRows, numClasses]);
    else
      writeNpy(
        out,
        Int32Array.from({ length: numRows }, (_, row) => classOf(row)),
        [numRows],
      );
    return;
  }
  const header = [
    'row',
    'class',
    'name',
    'probability',
    ...(probabilities ? names.map((name) => `p(${name})`) : []),
  ];
  const lines = Array.from({ length: numRows }, (_, row) => {
    const [own, best] = [rowOf(row), classOf(row)];
    return [row, best, names[best] as string, own[best] as number, ...(probabilities ? own : [])];
  });
  writeOutput(csvText(header, lines), out);
}

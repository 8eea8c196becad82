/** A saved model over all rows of a table, some at a time. */
import { UserError } from '../../foundation/userError.ts';
import type { TypedArray } from '../engine.ts';
import { numFeatures, type OpenModel } from './openModel.ts';

/** Rows per run of the model. */
const ROWS_PER_RUN = 512;

export interface SampleRows {
  /** Row-major. */
  readonly values: TypedArray | Float64Array;
  /** The first axis is the rows. */
  readonly shape: readonly number[];
  readonly columnNames?: readonly string[];
}

export interface PredictedRows {
  /** [numRows, numClasses] */
  readonly probabilities: Float32Array;
  readonly numClasses: number;
}

/**
 * Throws what `OpenModel.predict` throws, and `UserError("feature-count")`.
 *
 * @param paths what messages call the two
 */
export async function predictRows(
  model: OpenModel,
  rows: SampleRows,
  paths: { readonly model: string; readonly data: string },
): Promise<PredictedRows> {
  const shapeOfRow = rowShape(model, rows, paths);
  const [numRows = 0] = rows.shape;
  const width = rows.values.length / numRows;
  let probabilities = new Float32Array(0);
  let numClasses = 0;
  for (let start = 0; start < numRows; start += ROWS_PER_RUN) {
    const part = rows.values.subarray(start * width, (start + ROWS_PER_RUN) * width);
    const chunk = await model.predict(part, [part.length / width, ...shapeOfRow]);
    if (start === 0) {
      numClasses = chunk.numClasses;
      probabilities = new Float32Array(numRows * numClasses);
    }
    probabilities.set(chunk.probabilities, start * numClasses);
  }
  return { probabilities, numClasses };
}

/** The model's own shape where it is fixed, else the file's. Throws `UserError("feature-count")`. */
function rowShape(
  model: OpenModel,
  { values, shape, columnNames = [] }: SampleRows,
  paths: { readonly model: string; readonly data: string },
): readonly number[] {
  const wanted = numFeatures(model);
  const width = values.length / (shape[0] ?? 1);
  if (wanted === undefined || wanted === width) {
    return wanted === undefined ? shape.slice(1) : (model.sampleShape as readonly number[]);
  }
  const listed = columnNames.length > 8 ? [...columnNames.slice(0, 8), '…'] : columnNames;
  const columns = listed.length === 0 ? '' : ` (${listed.join(', ')})`;
  throw new UserError(
    'feature-count',
    `A row of ${paths.data} must have the ${wanted} values that ${paths.model} takes ` +
      `(${model.sampleShape.join(' × ')}), and has ${width}${columns}. ` +
      'Leave columns out with --drop, or choose the file that belongs to the model.',
  );
}

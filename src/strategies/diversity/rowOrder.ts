/**
 * Rows in ascending order. Sums over rows in floating point depend on their order, and so do draws from a cumulative
 * sum: strategies of this folder first sort what they are given, after which any order of the pool leads to the same
 * bits. Pools come ascending in practice, and then this costs a look at each row.
 */
import type { Embeddings } from '../../learner/learner.ts';
import type { Prediction } from '../../learner/prediction.ts';
import type { QueryContext } from '../strategy.ts';

/** What strategies of this folder look at. */
export type OrderedContext = Omit<QueryContext, 'samples'>;

/** The same pool and labelled set, each in ascending order of its rows; `scores`, one per row of the pool, follow. */
export function inRowOrder(
  context: OrderedContext,
  scores?: Float64Array,
): { readonly context: OrderedContext; readonly scores: Float64Array } {
  const pool = ascending(context.poolRows);
  const labelled = ascending(context.labelled.rows);
  const { predictions, embeddings, labelledEmbeddings } = context;
  const given = scores ?? new Float64Array(0);
  return {
    scores:
      pool === undefined || scores === undefined ? given : given.map((_, i) => given[at(pool, i)] as number),
    context: {
      ...context,
      poolRows: reordered(context.poolRows, pool),
      labelled: {
        rows: reordered(context.labelled.rows, labelled),
        answers: reordered(context.labelled.answers, labelled),
      },
      predictions: async () => orderedPrediction(await predictions(), pool),
      embeddings: async () => orderedEmbeddings(await embeddings(), pool),
      labelledEmbeddings: async () => orderedEmbeddings(await labelledEmbeddings(), labelled),
    },
  };
}

/** Positions of `rows` from the smallest row to the largest; undefined where they lie so already. */
function ascending(rows: Int32Array): Int32Array | undefined {
  if (rows.every((row, i) => i === 0 || (rows[i - 1] as number) < row)) return undefined;
  return Int32Array.from(rows.keys()).sort((a, b) => at(rows, a) - at(rows, b));
}

function reordered(rows: Int32Array, order: Int32Array | undefined): Int32Array {
  return order === undefined ? rows : order.map((i) => at(rows, i));
}

function orderedEmbeddings(embeddings: Embeddings, order: Int32Array | undefined): Embeddings {
  if (order === undefined) return embeddings;
  return { ...embeddings, values: rowsOf(embeddings.values, embeddings.width, order) };
}

function orderedPrediction(prediction: Prediction, order: Int32Array | undefined): Prediction {
  if (order === undefined) return prediction;
  const logProbabilities = rowsOf(prediction.logProbabilities, prediction.numClasses, order);
  return { ...prediction, logProbabilities };
}

/** [indices.length, width]: copies of the rows at `indices` of a matrix. */
export function rowsOf(values: Float32Array, width: number, indices: Int32Array): Float32Array {
  const copy = new Float32Array(indices.length * width);
  indices.forEach((row, i) => {
    copy.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return copy;
}

const at = (values: Int32Array, i: number): number => values[i] as number;

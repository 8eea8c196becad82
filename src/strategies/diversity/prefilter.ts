/** The part of a pool that a costlier rule looks at: the rows with the highest scores. */
import type { Embeddings } from '../../learner/learner.ts';
import { topK } from '../topK.ts';
import { type OrderedContext, rowsOf } from './rowOrder.ts';

export interface Candidates {
  /** Ascending. */
  readonly rows: Int32Array;
  /** Where they are in the pool. */
  readonly positions: Int32Array;
  readonly scores: Float64Array;
  readonly embeddings: Embeddings;
}

/** The `count` rows of a pool in row order with the highest scores. Throws `UserError("nan-score")`. */
export async function prefilter(
  { poolRows, stream, embeddings }: OrderedContext,
  scores: Float64Array,
  count: number,
): Promise<Candidates> {
  const rows = topK(scores, poolRows, Math.min(count, poolRows.length), stream).sort();
  const positions = rows.slice();
  let position = 0;
  for (let i = 0; i < rows.length; i++) {
    while (poolRows[position] !== rows[i]) position++;
    positions[i] = position;
  }
  const { values, width } = await embeddings();
  return {
    ...{ rows, positions },
    scores: Float64Array.from(positions, (i) => scores[i] as number),
    embeddings: { values: rowsOf(values, width, positions), numSamples: rows.length, width },
  };
}

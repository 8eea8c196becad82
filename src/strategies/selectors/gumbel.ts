/**
 * Batches by stochastic scores (Kirsch et al. 2021, arXiv 2106.12059): the k highest of score + Gumbel noise are a
 * draw without replacement, each row with a probability that grows with its score. Top-k asks for rows that are
 * alike; noise is the cheapest remedy.
 */
import { UserError } from '../../foundation/userError.ts';
import { drawRowKey, type RowKey, rowHash } from '../rowHash.ts';
import type { Selector } from '../strategy.ts';
import { topK } from '../topK.ts';

interface NoiseOptions {
  /** How much scores count against noise: 0 would be a uniform draw, infinity top-k. */
  readonly beta: number;
}

/**
 * log s + Gumbel / β: rows are drawn with probability proportional to s^β; those of score 0 come last, at random.
 * Throws `UserError("negative-score")`.
 */
export function powerSelector({ beta }: NoiseOptions): Selector {
  return async ({ poolRows, stream }, scores, batchSize) => {
    const negative = scores.find((score) => score < 0);
    if (negative !== undefined) {
      throw new UserError(
        'negative-score',
        `The selector power raises scores to a power, so none may be below 0, and one is ${negative}. ` +
          'Take the selector softmax or softrank for this measure.',
      );
    }
    return topK(
      addNoise(scores.map(Math.log), poolRows, drawRowKey(stream), beta),
      poolRows,
      batchSize,
      stream,
    );
  };
}

/** s + Gumbel / β: rows are drawn with probability proportional to exp(β s). */
export function softmaxSelector({ beta }: NoiseOptions): Selector {
  return async ({ poolRows, stream }, scores, batchSize) =>
    topK(addNoise(scores.slice(), poolRows, drawRowKey(stream), beta), poolRows, batchSize, stream);
}

/** −log rank + Gumbel / β, the highest score of rank 1, equal ones in random order: proportional to rank^−β. */
export function softrankSelector({ beta }: NoiseOptions): Selector {
  return async ({ poolRows, stream }, scores, batchSize) => {
    const order = topK(scores, poolRows, scores.length, stream);
    const logRanks = Float64Array.from(order, (_, i) => -Math.log(i + 1));
    return topK(addNoise(logRanks, order, drawRowKey(stream), beta), order, batchSize, stream);
  };
}

/** In place. Each row's noise depends on its number and `key` alone. */
function addNoise(scores: Float64Array, rows: Int32Array, key: RowKey, beta: number): Float64Array {
  for (let i = 0; i < scores.length; i++) {
    const uniform = rowHash(rows[i] as number, key) + 2 ** -54; // above 0, below 1
    scores[i] = (scores[i] as number) - Math.log(-Math.log(uniform)) / beta;
  }
  return scores;
}

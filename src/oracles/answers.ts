/** Answers row by row, each from a stream of its own. */
import { deriveStream, type RandomStream } from '../foundation/randomStream.ts';
import type { Answers, Oracle, OracleContext } from './oracle.ts';

/** One row's query: its true class, and the stream that only the seed, the row and how often it was asked decide. */
export interface RowQuery {
  readonly row: number;
  readonly trueLabel: number;
  readonly stream: RandomStream;
}

/** An oracle that answers each row by `answer`; `costOf` is 1 where it is left out. */
export function answerEach(
  { trueLabels, seed }: OracleContext,
  answer: (query: RowQuery) => number,
  costOf: (query: RowQuery) => number = () => 1,
): Oracle {
  return {
    async label(rows, timesAsked): Promise<Answers> {
      const labels = new Int32Array(rows.length);
      const costs = new Float64Array(rows.length);
      rows.forEach((row, i) => {
        const query = {
          row,
          trueLabel: trueLabels[row] as number,
          stream: oracleStream(seed, row, timesAsked[i] as number),
        };
        labels[i] = answer(query);
        costs[i] = costOf(query);
      });
      return { labels, costs };
    },
  };
}

/** The stream of one query. The first time it depends on seed and sample alone. */
export function oracleStream(seed: number, sample: number, timesAsked = 0): RandomStream {
  return deriveStream('oracle', timesAsked === 0 ? { seed, sample } : { seed, sample, timesAsked });
}

/** A class drawn from `probabilities`, [numClasses], which sum to 1. One draw. */
export function drawClass(probabilities: readonly number[], stream: RandomStream): number {
  const u = stream.uniform();
  let sum = 0;
  for (let c = 0; c < probabilities.length; c++) {
    sum += probabilities[c] as number;
    if (u < sum) return c;
  }
  return probabilities.findLastIndex((probability) => probability > 0); // rounding left the sum below u
}

/**
 * The true class, or with probability `rate` one of the others, all alike. Two draws, whatever comes of them. The errors
 * at one rate are among those at every higher rate.
 */
export function drawWithErrors(
  trueLabel: number,
  { rate, numClasses }: { readonly rate: number; readonly numClasses: number },
  stream: RandomStream,
): number {
  const errs = stream.uniform() < rate;
  const other = Math.floor(stream.uniform() * (numClasses - 1));
  return errs ? other + Number(other >= trueLabel) : trueLabel;
}

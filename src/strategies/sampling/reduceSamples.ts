/** Scores from a model's samples, row by row: memory does not grow with the number of samples. */
import type { SampleChunk } from '../../learner/samples.ts';
import { expOfLog } from '../exponential.ts';
import type { QueryContext } from '../strategy.ts';

/** One row's samples. The object is reused: read it, do not keep it. */
export interface RowSamples {
  readonly numDrawn: number;
  readonly numClasses: number;
  /** [numDrawn, numClasses] */
  readonly probabilities: Float64Array;
  /** [numClasses] over the samples. */
  readonly mean: Float64Array;
}

/** [numPool] what `score` makes of each row; NaN where a sample is NaN, whatever `score` would make of it. */
export async function reduceSamples(
  { samples, poolRows }: QueryContext,
  score: (row: RowSamples) => number,
): Promise<Float64Array> {
  const scores = new Float64Array(poolRows.length);
  let row: RowSamples | undefined;
  for await (const chunk of samples()) {
    row ??= emptyRow(chunk.numDrawn, chunk.numClasses);
    for (let i = 0; i < chunk.numRows; i++) {
      readRow(chunk, i, row);
      scores[chunk.start + i] = row.mean.some(Number.isNaN) ? Number.NaN : score(row);
    }
  }
  return scores;
}

export function emptyRow(numDrawn: number, numClasses: number): RowSamples {
  return {
    numDrawn,
    numClasses,
    probabilities: new Float64Array(numDrawn * numClasses),
    mean: new Float64Array(numClasses),
  };
}

/**
 * Writes row `i` of `chunk` into `out`. A probability above a half is written as what all others leave of 1: its
 * logarithm in float32 is 0 long before they are.
 */
export function readRow(
  { logProbabilities, numRows, numDrawn, numClasses }: SampleChunk,
  i: number,
  out: RowSamples,
) {
  const { probabilities, mean } = out;
  mean.fill(0);
  for (let k = 0; k < numDrawn; k++) {
    const from = (k * numRows + i) * numClasses;
    const to = k * numClasses;
    let top = -1;
    let rest = 0;
    for (let c = 0; c < numClasses; c++) {
      const p = expOfLog(logProbabilities[from + c] as number);
      if (p > 0.5) top = c;
      else rest += p;
      probabilities[to + c] = p;
    }
    if (top >= 0) probabilities[to + top] = 1 - rest;
    for (let c = 0; c < numClasses; c++) {
      mean[c] = (mean[c] as number) + (probabilities[to + c] as number) / numDrawn;
    }
  }
}

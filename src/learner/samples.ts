/** Predictions as samples of a distribution over networks: streamed in chunks of rows, and reduced chunk by chunk. */
import type { Prediction } from './prediction.ts';

/** All samples for some of the rows that were asked for. Sample k is the same in every chunk. */
export interface SampleChunk {
  /** Position of the chunk's first row among the rows asked for. */
  readonly start: number;
  readonly numRows: number;
  /** Networks drawn; 1 for a deterministic model. */
  readonly numDrawn: number;
  readonly numClasses: number;
  /** [numDrawn, numRows, numClasses]. */
  readonly logProbabilities: Float32Array;
}

/** The logarithm of the samples' mean probability, for all rows that `chunks` run over. */
export async function meanPrediction(
  chunks: AsyncIterable<SampleChunk>,
  { numSamples, numClasses }: { readonly numSamples: number; readonly numClasses: number },
): Promise<Prediction> {
  const logProbabilities = new Float32Array(numSamples * numClasses);
  for await (const chunk of chunks)
    logProbabilities.set(logMeanProbabilities(chunk), chunk.start * numClasses);
  return { logProbabilities, numSamples, numClasses };
}

/** [numRows, numClasses] log (1/K Σ_k p_k), by log-sum-exp in double precision: what is far below float32's range stays. */
export function logMeanProbabilities({
  logProbabilities,
  numDrawn,
  numRows,
  numClasses,
}: SampleChunk): Float64Array {
  const size = numRows * numClasses;
  const largest = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  for (let k = 0; k < numDrawn; k++) {
    const sample = logProbabilities.subarray(k * size, (k + 1) * size);
    for (let i = 0; i < size; i++) {
      if ((sample[i] as number) > (largest[i] as number)) largest[i] = sample[i] as number;
    }
  }
  const sums = new Float64Array(size);
  for (let k = 0; k < numDrawn; k++) {
    const sample = logProbabilities.subarray(k * size, (k + 1) * size);
    for (let i = 0; i < size; i++) {
      sums[i] = (sums[i] as number) + Math.exp((sample[i] as number) - shift(largest[i] as number));
    }
  }
  return sums.map((sum, i) => shift(largest[i] as number) + Math.log(sum / numDrawn));
}

/** Where every sample is −∞, −∞ − (−∞) would be NaN. */
function shift(largest: number): number {
  return largest === Number.NEGATIVE_INFINITY ? 0 : largest;
}

import type { SampleChunk } from '../../src/learner/samples.ts';

/** All samples at once: per sample [numRows · numClasses] log-probabilities. */
export async function collectSamples(chunks: AsyncIterable<SampleChunk>): Promise<number[][]> {
  const samples: number[][] = [];
  for await (const { logProbabilities, numDrawn, numRows, numClasses } of chunks) {
    const size = numRows * numClasses;
    for (let k = 0; k < numDrawn; k++) {
      samples[k] = [...(samples[k] ?? []), ...logProbabilities.subarray(k * size, (k + 1) * size)];
    }
  }
  return samples;
}

/** Infinite where the lengths differ. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))),
    0,
  );
}

export const rowsOf = (...rows: readonly number[]): Int32Array => Int32Array.from(rows);

/** The part of the pool that a strategy sees where a spec limits scoring, e.g. to 2,000 points a round (Gal et al. 2017). */
import type { RandomStream } from '../foundation/randomStream.ts';

/**
 * At most `size` of `unlabelled`, ascending: the first ones in a random order of all `numSamples` rows of the data set.
 * The order knows nothing of what has been labelled, so strategies with much the same pool see much the same part.
 */
export function drawPoolSubset(
  unlabelled: Int32Array,
  { size, numSamples }: { readonly size: number; readonly numSamples: number },
  stream: RandomStream,
): Int32Array {
  if (unlabelled.length <= size) return unlabelled;
  const isUnlabelled = new Uint8Array(numSamples);
  for (const row of unlabelled) isUnlabelled[row] = 1;
  return stream
    .permutation(numSamples)
    .filter((row) => isUnlabelled[row] === 1)
    .subarray(0, size)
    .sort();
}

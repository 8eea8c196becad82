/**
 * The paired bootstrap of a difference: both sides are reckoned anew on the same resampled items, so that what makes items easy
 * or hard for both cancels out.
 */
import type { RandomStream } from '../../foundation/randomStream.ts';
import type { Interval } from '../estimate.ts';
import { quantile } from './bootstrap.ts';

export interface PairedBootstrapOptions {
  /** Rows, images: what is drawn with replacement. */
  readonly numItems: number;
  readonly stream: RandomStream;
  /** Default: 2,000. */
  readonly numResamples?: number;
  /** Coverage. Default: 0.95. */
  readonly level?: number;
}

/**
 * Percentile interval of `difference`, which is given how often each item was drawn. Resamples of which it is NaN (all rows
 * of a class left out) are passed over. Undefined for fewer than two items, or where half of the resamples have no difference.
 */
export function pairedBootstrap(
  difference: (weights: ArrayLike<number>) => number,
  { numItems, stream, numResamples = 2000, level = 0.95 }: PairedBootstrapOptions,
): Interval | undefined {
  if (numItems < 2) return undefined;
  const weights = new Int32Array(numItems);
  const found: number[] = [];
  for (let resample = 0; resample < numResamples; resample++) {
    weights.fill(0);
    for (let draw = 0; draw < numItems; draw++) {
      // uint32 · n / 2³² is uniform on n values to within n / 2³²: far below what resampling can tell.
      const item = Math.floor((stream.uint32() / 0x1_0000_0000) * numItems);
      weights[item] = (weights[item] as number) + 1;
    }
    const value = difference(weights);
    if (!Number.isNaN(value)) found.push(value);
  }
  if (found.length <= numResamples / 2) return undefined;
  const sorted = Float64Array.from(found).sort();
  return { lower: quantile(sorted, (1 - level) / 2), upper: quantile(sorted, (1 + level) / 2) };
}

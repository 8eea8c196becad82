/**
 * The paired bootstrap of a difference: both sides are reckoned anew on the same resampled items, so that what makes items easy
 * or hard for both cancels out.
 */
import type { RandomStream } from '../../foundation/randomStream.ts';
import type { Interval } from '../estimate.ts';
import { drawCounts } from './drawCounts.ts';
import { percentileInterval } from './quantiles.ts';

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
    drawCounts(weights, stream);
    const value = difference(weights);
    if (!Number.isNaN(value)) found.push(value);
  }
  if (found.length <= numResamples / 2) return undefined;
  return percentileInterval(Float64Array.from(found), level);
}

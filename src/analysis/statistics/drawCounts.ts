/** A resample with replacement as how often each value is drawn: all that a statistic of it needs to know. */
import type { RandomStream } from '../../foundation/randomStream.ts';

/** Draws as many as `counts` has places, and sets `counts` to how often each was drawn. */
export function drawCounts(counts: Int32Array, stream: RandomStream): void {
  counts.fill(0);
  const size = counts.length;
  for (let i = 0; i < size; i++) {
    // uint32 · n / 2³² is uniform on n values to within n / 2³²: far below what resampling can tell.
    const drawn = Math.floor((stream.uint32() / 0x1_0000_0000) * size);
    counts[drawn] = (counts[drawn] as number) + 1;
  }
}

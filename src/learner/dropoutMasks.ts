/** Dropout masks, drawn by the host: a device's own random operations hide their state and cannot be reproduced. */
import type { RandomStream } from '../foundation/randomStream.ts';
import type { MaskSpec } from '../models/layer.ts';
import { numElements } from '../tensor/shape.ts';

/**
 * Fills `mask` from `start` to before `end` with bytes that are 0 with probability `rate` (to within 2^-16: one draw serves
 * two bytes) and else 1. Without a branch: one that random bits decide is mispredicted as often as not, and took half of
 * the time.
 */
export function drawDropoutMask(
  mask: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  rate: number,
  stream: RandomStream,
): void {
  const threshold = Math.round(rate * 0x1_0000);
  // The sign bit of a difference: 1 where the draw is below the threshold.
  for (let i = start; i < end - 1; i += 2) {
    const draw = stream.uint32();
    mask[i] = 1 - (((draw >>> 16) - threshold) >>> 31);
    mask[i + 1] = 1 - (((draw & 0xffff) - threshold) >>> 31);
  }
  if ((end - start) % 2 === 1) mask[end - 1] = 1 - (((stream.uint32() >>> 16) - threshold) >>> 31);
}

/**
 * The masks of `numSteps` steps, one array [numSteps, batchSize, …shape] per dropout layer. They are drawn step by
 * step, so that they do not depend on how many steps are asked for at once.
 */
export function drawDropoutMasks(
  specs: readonly MaskSpec[],
  { numSteps, batchSize }: { readonly numSteps: number; readonly batchSize: number },
  stream: RandomStream,
): Uint8Array[] {
  const widths = specs.map(({ shape }) => batchSize * numElements(shape));
  const masks = widths.map((width) => new Uint8Array(numSteps * width));
  for (let step = 0; step < numSteps; step++) {
    specs.forEach(({ rate }, i) => {
      const width = widths[i] as number;
      const part = { start: step * width, end: (step + 1) * width };
      drawDropoutMask(masks[i] as Uint8Array, part, rate, stream);
    });
  }
  return masks;
}

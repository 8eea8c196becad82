/** Dropout masks, drawn by the host: a device's own random operations hide their state and cannot be reproduced. */
import type { RandomStream } from '../foundation/randomStream.ts';
import type { MaskSpec } from '../models/layer.ts';
import { numElements } from '../tensor/shape.ts';

/**
 * Fills `mask` from `start` to before `end` with bytes that are 0 with probability `rate` (to within 2^-16: one draw serves
 * two bytes) and else 1. Without a branch: one that random bits decide is mispredicted as often as not, and took half of
 * the time.
 */
function drawDropoutMask(
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
 * One array [numPlaces, rowsPerPlace, …shape] per dropout layer, drawn place after place, and within one layer after layer,
 * each from its own stream or all from one.
 */
export function drawMasks(
  specs: readonly MaskSpec[],
  { numPlaces, rowsPerPlace }: { readonly numPlaces: number; readonly rowsPerPlace: number },
  streamOf: (place: number) => RandomStream,
): Uint8Array[] {
  const widths = specs.map(({ shape }) => rowsPerPlace * numElements(shape));
  const masks = widths.map((width) => new Uint8Array(numPlaces * width));
  for (let place = 0; place < numPlaces; place++) {
    const stream = streamOf(place);
    specs.forEach(({ rate }, layer) => {
      const width = widths[layer] as number;
      const part = { start: place * width, end: (place + 1) * width };
      drawDropoutMask(masks[layer] as Uint8Array, part, rate, stream);
    });
  }
  return masks;
}

/**
 * The masks of `numSteps` steps, one array [numSteps, batchSize, …shape] per dropout layer: step by step of one stream, so
 * that they do not depend on how many steps are asked for at once.
 */
export function drawDropoutMasks(
  specs: readonly MaskSpec[],
  { numSteps, batchSize }: { readonly numSteps: number; readonly batchSize: number },
  stream: RandomStream,
): Uint8Array[] {
  return drawMasks(specs, { numPlaces: numSteps, rowsPerPlace: batchSize }, () => stream);
}

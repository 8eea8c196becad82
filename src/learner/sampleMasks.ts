/** The dropout masks that samples are drawn under: the same for every row, or each row's own. */
import { type RandomStream, rowStreams } from '../foundation/randomStream.ts';
import type { MaskSpec } from '../models/layer.ts';
import { numElements } from '../tensor/shape.ts';
import { drawDropoutMask } from './dropoutMasks.ts';

/**
 * Per dropout layer the bytes [numDrawn, numMasked, …shape], where `numMasked` is 1 if rows share their masks, and else
 * `rows.length`. The same for a row whatever rows stand beside it.
 */
export type MaskDrawer = (rows: Int32Array) => Uint8Array[];

/**
 * One set for all rows: a sample is one network ("consistent dropout", baal issue 49). Sample k's masks are drawn from
 * `streams[k]` alone: asking for more samples leaves the first ones as they are.
 */
export function sharedMasks(specs: readonly MaskSpec[], streams: readonly RandomStream[]): MaskDrawer {
  const masks = layOut(specs, streams.length, 1, (sample) => streams[sample] as RandomStream);
  return () => masks;
}

/** A set for each row, as a framework's dropout layers draw them that are left on: a sample is another network for every row. */
export function masksPerRow(specs: readonly MaskSpec[], streams: readonly RandomStream[]): MaskDrawer {
  const streamsOfRow = streams.map(rowStreams);
  return (rows) =>
    layOut(specs, streams.length, rows.length, (sample, i) =>
      (streamsOfRow[sample] as (row: number) => RandomStream)(rows[i] as number),
    );
}

function layOut(
  specs: readonly MaskSpec[],
  numDrawn: number,
  numMasked: number,
  streamOf: (sample: number, i: number) => RandomStream,
): Uint8Array[] {
  const widths = specs.map(({ shape }) => numElements(shape));
  const masks = widths.map((width) => new Uint8Array(numDrawn * numMasked * width));
  for (let sample = 0; sample < numDrawn; sample++) {
    for (let i = 0; i < numMasked; i++) {
      const stream = streamOf(sample, i);
      const place = sample * numMasked + i;
      specs.forEach(({ rate }, layer) => {
        const width = widths[layer] as number;
        const part = { start: place * width, end: (place + 1) * width };
        drawDropoutMask(masks[layer] as Uint8Array, part, rate, stream);
      });
    }
  }
  return masks;
}

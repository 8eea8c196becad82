/** The dropout masks that samples are drawn under: the same for every row, or each row's own. */
import { type RandomStream, rowStreams } from '../foundation/randomStream.ts';
import type { MaskSpec } from '../models/layer.ts';
import { drawMasks } from './dropoutMasks.ts';

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
  const places = { numPlaces: streams.length, rowsPerPlace: 1 };
  const masks = drawMasks(specs, places, (sample) => streams[sample] as RandomStream);
  return () => masks;
}

/** A set for each row, as a framework's dropout layers draw them that are left on: a sample is another network for every row. */
export function masksPerRow(specs: readonly MaskSpec[], streams: readonly RandomStream[]): MaskDrawer {
  const streamsOfRow = streams.map(rowStreams);
  return (rows) =>
    drawMasks(specs, { numPlaces: streams.length * rows.length, rowsPerPlace: 1 }, (place) => {
      const sample = Math.floor(place / rows.length);
      const streamOf = streamsOfRow[sample] as (row: number) => RandomStream;
      return streamOf(rows[place % rows.length] as number);
    });
}

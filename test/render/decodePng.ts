/** The pixels of a PNG, and where those of two pictures differ. */
import { PNG } from 'pngjs';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4], RGBA. */
  readonly data: Uint8Array;
}

export function decodePng(png: Uint8Array): Pixels {
  return PNG.sync.read(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
}

/** Left, top, right and bottom as fractions of a picture. */
export type Rectangle = readonly [number, number, number, number];

/** How many pixels differ between two pictures of one size, in a part of it. */
export function countDifferent(
  a: Pixels,
  b: Pixels,
  [left, top, right, bottom]: Rectangle = [0, 0, 1, 1],
): number {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError('The pictures differ in size.');
  let different = 0;
  for (let y = Math.floor(top * a.height); y < bottom * a.height; y++) {
    for (let x = Math.floor(left * a.width); x < right * a.width; x++) {
      const at = 4 * (y * a.width + x);
      if ([0, 1, 2, 3].some((channel) => a.data[at + channel] !== b.data[at + channel])) different++;
    }
  }
  return different;
}

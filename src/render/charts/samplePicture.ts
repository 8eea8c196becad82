/** Samples of an image data set as pictures: small PNGs in a `data:` address, so that a spec carries them. */
import { PNG } from 'pngjs';
import type { Dataset } from '../../datasets/index.ts';

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly numChannels: 1 | 3;
}

export interface SamplePicture {
  readonly url: string;
  /** In pixels: those of the sample, or of what it was shrunk to. */
  readonly width: number;
  readonly height: number;
}

/** What is larger is shrunk: nobody looks at a thumbnail's every pixel. */
const LARGEST_SIDE = 96;

/** `[height, width]` or `[channels, height, width]`; undefined for vectors and anything else that is no picture. */
export function imageShape(sampleShape: readonly number[]): ImageShape | undefined {
  const [numChannels, height, width] = sampleShape.length === 2 ? [1, ...sampleShape] : sampleShape;
  if (sampleShape.length > 3 || height === undefined || width === undefined) return undefined;
  if ((numChannels !== 1 && numChannels !== 3) || height < 2 || width < 2) return undefined;
  return { height, width, numChannels };
}

/**
 * Pictures of `rows`, in a row's own pixels, from black for the least value among them all to white for the greatest.
 * RangeError for data that are no pictures.
 */
export function samplePictures(
  { info, features }: Pick<Dataset, 'info' | 'features'>,
  rows: readonly number[],
): ReadonlyMap<number, SamplePicture> {
  const shape = imageShape(info.sampleShape);
  if (shape === undefined) throw new RangeError(`${info.name}: samples are no pictures.`);
  const numFeatures = shape.height * shape.width * shape.numChannels;
  const unique = [...new Set(rows)];
  const samples = unique.map((row) => features.subarray(row * numFeatures, (row + 1) * numFeatures));
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const sample of samples) {
    for (const value of sample) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }
  const scale = greatest > least ? 255 / (greatest - least) : 0;
  return new Map(
    samples.map((sample, i) => {
      const bytes = Uint8Array.from(sample, (value) => Math.round((value - least) * scale));
      return [unique[i] as number, pictureOf(bytes, shape)];
    }),
  );
}

/** @param bytes [numChannels, height, width] */
function pictureOf(bytes: Uint8Array, { height, width, numChannels }: ImageShape): SamplePicture {
  const step = Math.ceil(Math.max(height, width) / LARGEST_SIDE);
  const [rows, columns] = [Math.floor(height / step), Math.floor(width / step)];
  const colorType = numChannels === 1 ? 0 : 2;
  const options = {
    width: columns,
    height: rows,
    colorType,
    inputColorType: colorType,
    inputHasAlpha: false,
  } as const;
  const png = new PNG(options);
  const pixels = Buffer.alloc(rows * columns * numChannels); // [rows, columns, numChannels]
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (let channel = 0; channel < numChannels; channel++) {
        const at = (channel * height + y * step) * width + x * step;
        pixels[(y * columns + x) * numChannels + channel] = meanOfSquare(bytes, at, width, step);
      }
    }
  }
  png.data = pixels;
  const url = `data:image/png;base64,${PNG.sync.write(png, options).toString('base64')}`;
  return { url, width: columns, height: rows };
}

function meanOfSquare(bytes: Uint8Array, at: number, width: number, step: number): number {
  let sum = 0;
  for (let y = 0; y < step; y++) for (let x = 0; x < step; x++) sum += bytes[at + y * width + x] as number;
  return Math.round(sum / (step * step));
}

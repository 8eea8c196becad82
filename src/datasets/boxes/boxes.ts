/** Boxes that objects have and boxes that a detector gives, by image and class. */

/** Left, top, width, height, in pixels; widths and heights are not negative. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export interface TrueBox {
  /** Index into the truth's images. */
  readonly image: number;
  /** Index into the truth's classes. */
  readonly classIndex: number;
  readonly box: Box;
  /** It stands for a crowd: what lies in it counts neither for nor against a detector. */
  readonly isCrowd: boolean;
}

export interface BoxTruth {
  /** Names of the images that count, those without a box included. */
  readonly images: readonly string[];
  /** Their names. */
  readonly classes: readonly string[];
  readonly boxes: readonly TrueBox[];
}

export interface DetectedBox {
  readonly image: number;
  readonly classIndex: number;
  readonly box: Box;
  /** The higher, the surer. */
  readonly score: number;
}

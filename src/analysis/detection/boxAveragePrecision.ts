/**
 * Average precision of detections at one overlap, as pycocotools has it: at most 100 detections of an image and class, matches
 * by falling score, precision never rising with recall and read at 101 recalls. Matched once, weighed as often as resampling asks.
 */
import type { BoxTruth, DetectedBox } from '../../datasets/boxes/boxes.ts';
import { type Match, matchBoxes } from './matchBoxes.ts';

/** Recalls at which precision is read: i · 0.01, as NumPy's linspace has them, and 1. */
export const COCO_RECALLS: readonly number[] = Array.from({ length: 101 }, (_, i) =>
  i === 100 ? 1 : i * 0.01,
);

/** Detections of an image and class that are looked at. */
const MOST_DETECTIONS = 100;

/** The detections of one class, by falling score over all images. */
export interface MatchedClass {
  /** [numDetections]: index of the image. */
  readonly images: Int32Array;
  /** [numDetections]: 1 for a box found, −1 for one that is none, 0 for what does not count. */
  readonly outcomes: Int8Array;
  /** [numTargets]: the images of the boxes that are to be found. */
  readonly targetImages: Int32Array;
}

const outcomeOf: Readonly<Record<Match, number>> = { true: 1, false: -1, ignored: 0 };

/** By class, in the truth's order. Equal scores stay in the order of the images, then of the detections. */
export function matchDetections(
  { images, classes, boxes }: BoxTruth,
  detections: readonly DetectedBox[],
  iouThreshold: number,
): MatchedClass[] {
  const targets = byClassAndImage(boxes, classes.length, images.length);
  const found = byClassAndImage(detections, classes.length, images.length);
  return classes.map((_, c) => {
    const all = images.flatMap((_, image) => {
      const candidates = (found[c]?.[image] ?? [])
        .toSorted((a, b) => b.score - a.score)
        .slice(0, MOST_DETECTIONS);
      const matches = matchBoxes(candidates, targets[c]?.[image] ?? [], iouThreshold);
      return candidates.map(({ score }, i) => ({ image, score, match: matches[i] as Match }));
    });
    all.sort((a, b) => b.score - a.score);
    const own = boxes.filter(({ classIndex, isCrowd }) => classIndex === c && !isCrowd);
    return {
      images: Int32Array.from(all, ({ image }) => image),
      outcomes: Int8Array.from(all, ({ match }) => outcomeOf[match]),
      targetImages: Int32Array.from(own, ({ image }) => image),
    };
  });
}

/**
 * [101] precision at `COCO_RECALLS`, the mean of which is the average precision; undefined where no box is to be found.
 *
 * @param weights [numImages]: how often each image counts
 */
export function precisionAtCocoRecalls(
  { images, outcomes, targetImages }: MatchedClass,
  weights?: ArrayLike<number>,
): Float64Array | undefined {
  let numPositives = 0;
  for (const image of targetImages) numPositives += weights === undefined ? 1 : (weights[image] as number);
  if (numPositives === 0) return undefined;
  const recall = new Float64Array(images.length);
  const precision = new Float64Array(images.length);
  let [numPoints, right, wrong] = [0, 0, 0];
  for (let i = 0; i < images.length; i++) {
    const weight = weights === undefined ? 1 : (weights[images[i] as number] as number);
    if (weight === 0) continue;
    if (outcomes[i] === 1) right += weight;
    else if (outcomes[i] === -1) wrong += weight;
    recall[numPoints] = right / numPositives;
    precision[numPoints++] = right / (wrong + right + Number.EPSILON);
  }
  for (let i = numPoints - 1; i > 0; i--) {
    if ((precision[i] as number) > (precision[i - 1] as number)) precision[i - 1] = precision[i] as number;
  }
  const found = new Float64Array(COCO_RECALLS.length); // 0 where recall never gets there
  for (let i = 0, point = 0; i < found.length; i++) {
    while (point < numPoints && (recall[point] as number) < (COCO_RECALLS[i] as number)) point++;
    if (point === numPoints) break;
    found[i] = precision[point] as number;
  }
  return found;
}

/** Mean of the precision at 101 recalls; NaN where no box is to be found. */
export function boxAveragePrecision(matched: MatchedClass, weights?: ArrayLike<number>): number {
  const precision = precisionAtCocoRecalls(matched, weights);
  return precision === undefined
    ? Number.NaN
    : precision.reduce((sum, value) => sum + value, 0) / precision.length;
}

/** Over the classes that have boxes to be found: COCO's mean average precision at this overlap. */
export function meanBoxAveragePrecision(
  classes: readonly MatchedClass[],
  weights?: ArrayLike<number>,
): number {
  const values = classes
    .map((matched) => boxAveragePrecision(matched, weights))
    .filter((value) => !Number.isNaN(value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** [numClasses][numImages], each in the order given. */
function byClassAndImage<T extends { readonly image: number; readonly classIndex: number }>(
  items: readonly T[],
  numClasses: number,
  numImages: number,
): T[][][] {
  const sorted = Array.from({ length: numClasses }, () => Array.from({ length: numImages }, (): T[] => []));
  for (const item of items) sorted[item.classIndex]?.[item.image]?.push(item);
  return sorted;
}

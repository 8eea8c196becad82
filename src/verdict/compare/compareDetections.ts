/** Two detectors on the same images. */
import {
  boxAveragePrecision,
  type MatchedClass,
  matchDetections,
  meanBoxAveragePrecision,
  pairedBootstrap,
} from '../../analysis/index.ts';
import type { BoxTruth, DetectedBox } from '../../datasets/index.ts';
import { deriveStream } from '../../foundation/randomStream.ts';
import { UserError } from '../../foundation/userError.ts';
import { type DecisionRule, decide } from './decide.ts';
import type { ModelComparison } from './modelComparison.ts';
import { requireSome } from './requireSome.ts';

export interface DetectorPair {
  readonly subject: string;
  readonly truth: BoxTruth;
  readonly old: DetectorBoxes;
  readonly new: DetectorBoxes;
}

export interface DetectorBoxes {
  readonly name: string;
  readonly boxes: readonly DetectedBox[];
}

export interface DetectorComparisonOptions extends DecisionRule {
  /** Overlap at which a box is found, in (0, 1]; 0.5 if left out. */
  readonly iouThreshold?: number;
  /** One class alone. */
  readonly classIndex?: number;
  readonly numResamples?: number;
}

const LEVEL = 0.95;

/** The interval is a paired bootstrap over images. Throws `UserError` "bad-option" and "no-value", and what `decide` throws. */
export function compareDetections(
  { subject, truth, ...pair }: DetectorPair,
  options: DetectorComparisonOptions = {},
): ModelComparison {
  const { iouThreshold = 0.5, classIndex, numResamples } = options;
  if (!(iouThreshold > 0 && iouThreshold <= 1)) {
    throw new UserError(
      'bad-option',
      `--iou-threshold must be above 0 and at most 1, and is ${iouThreshold}. Write it as in --iou-threshold 0.5.`,
    );
  }
  const [own, other] = [pair.old, pair.new].map(({ boxes }) =>
    matchDetections(truth, boxes, iouThreshold),
  ) as [MatchedClass[], MatchedClass[]];
  const precisionOf = (matched: readonly MatchedClass[], weights?: ArrayLike<number>): number =>
    classIndex === undefined
      ? meanBoxAveragePrecision(matched, weights)
      : boxAveragePrecision(matched[classIndex] as MatchedClass, weights);
  const className = classIndex === undefined ? undefined : truth.classes[classIndex];
  const what = `average precision of ${className === undefined ? 'boxes' : `class "${className}"`} in ${subject}`;
  const [oldValue, newValue] = [requireSome(precisionOf(own), what), requireSome(precisionOf(other), what)];
  const gainOf = (weights?: ArrayLike<number>): number =>
    precisionOf(other, weights) - precisionOf(own, weights);
  const numItems = truth.images.length;
  const interval = pairedBootstrap(gainOf, {
    ...{ numItems, level: LEVEL, ...(numResamples !== undefined && { numResamples }) },
    stream: deriveStream('bootstrap', {
      iouThreshold,
      classIndex: classIndex ?? -1,
      numItems,
      oldValue,
      newValue,
    }),
  });
  const gain = gainOf();
  return {
    ...{ kind: 'detections', subject, gain, warnings: [] },
    metric: {
      ...{ name: 'auc-pr', better: 'higher', iouThreshold, ...(className !== undefined && { className }) },
      title: `${className === undefined ? 'mean average precision' : `average precision, class "${className}"`} at overlap ${iouThreshold}`,
    },
    old: { name: pair.old.name, value: oldValue },
    new: { name: pair.new.name, value: newValue },
    ...(interval && { interval }),
    pairing: { unit: 'images', count: numItems, method: 'bootstrap', level: LEVEL },
    classes: truth.classes.map((name, c) => {
      const [first, second] = [own, other].map((matched) => boxAveragePrecision(matched[c] as MatchedClass));
      return {
        ...{ name, count: truth.boxes.filter((box) => box.classIndex === c && !box.isCrowd).length },
        ...(first !== undefined && !Number.isNaN(first) && { old: first }),
        ...(second !== undefined && !Number.isNaN(second) && { new: second }),
      };
    }),
    ...decide({ gain, ...(interval && { interval }) }, options),
  };
}

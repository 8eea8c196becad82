/** Precision over recall of an old and a new one, class by class and on average: what their chart is made of. */
import {
  boxAveragePrecision,
  COCO_RECALLS,
  classificationMetrics,
  matchDetections,
  precisionAtCocoRecalls,
  precisionCurves,
  type RowScores,
} from '../../analysis/index.ts';
import type { ClassifierPair } from './compareClassifiers.ts';
import type { DetectorPair } from './compareDetections.ts';

/** One of the curves, of both. */
export interface ComparedCurve {
  readonly title: string;
  /** It stands for all classes. */
  readonly isAverage: boolean;
  readonly old: CurveOfSide;
  readonly new: CurveOfSide;
}

interface CurveOfSide {
  /** [recalls.length] */
  readonly precision: readonly number[];
  readonly averagePrecision: number;
}

export interface ComparedCurves {
  /** What both were measured on. */
  readonly subject: string;
  readonly oldName: string;
  readonly newName: string;
  /** Ascending, from 0 to 1. */
  readonly recalls: readonly number[];
  /** Averages first; classes without rows or boxes have none. */
  readonly curves: readonly ComparedCurve[];
}

const NUM_RECALLS = 201;

/** The mean over classes, all decisions together, and each class. */
export function classifierCurves({ subject, labels, classNames, ...pair }: ClassifierPair): ComparedCurves {
  const recalls = Array.from({ length: NUM_RECALLS }, (_, i) => i / (NUM_RECALLS - 1));
  const { statistic } = classificationMetrics['auc-pr'];
  const [own, other] = [pair.old, pair.new].map(({ scores }) => {
    const rows: RowScores = { scores, labels, numClasses: classNames.length };
    return precisionCurves(rows, recalls).map(({ of, precision }) => ({
      of,
      precision,
      averagePrecision: statistic(rows, typeof of === 'number' ? { classIndex: of } : { average: of })(),
    }));
  });
  return {
    ...{ subject, oldName: pair.old.name, newName: pair.new.name, recalls },
    curves: (own ?? []).flatMap(({ of, ...old }) => {
      const partner = other?.find((curve) => curve.of === of);
      const title = typeof of === 'number' ? (classNames[of] ?? String(of)) : averageTitles[of];
      return partner === undefined ? [] : [{ title, isAverage: typeof of !== 'number', old, new: partner }];
    }),
  };
}

const averageTitles = { macro: 'mean (macro)', micro: 'all together (micro)' } as const;

/** The mean over classes, and each class, at one overlap. */
export function detectorCurves(
  { subject, truth, ...pair }: DetectorPair,
  iouThreshold: number,
): ComparedCurves {
  const [own, other] = [pair.old, pair.new].map(({ boxes }) =>
    matchDetections(truth, boxes, iouThreshold).map((matched) => ({
      precision: [...(precisionAtCocoRecalls(matched) ?? [])],
      averagePrecision: boxAveragePrecision(matched),
    })),
  );
  const classes = truth.classes.flatMap((title, c) => {
    const [old, partner] = [own?.[c], other?.[c]];
    if (old === undefined || partner === undefined || old.precision.length === 0) return [];
    return [{ title, isAverage: false, old, new: partner }];
  });
  const meanOf = (side: 'old' | 'new'): CurveOfSide => ({
    precision: COCO_RECALLS.map(
      (_, i) => classes.reduce((sum, curve) => sum + (curve[side].precision[i] ?? 0), 0) / classes.length,
    ),
    averagePrecision: classes.reduce((sum, curve) => sum + curve[side].averagePrecision, 0) / classes.length,
  });
  const mean = { title: averageTitles.macro, isAverage: true, old: meanOf('old'), new: meanOf('new') };
  return {
    ...{ oldName: pair.old.name, newName: pair.new.name, recalls: COCO_RECALLS },
    subject: `${subject}, overlap ${iouThreshold}`,
    curves: [mean, ...classes],
  };
}

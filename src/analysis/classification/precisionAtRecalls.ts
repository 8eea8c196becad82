/** Precision over recall as a function, for curves that are averaged or drawn: of one class, or of all classes. */
import { precisionRecallCurve } from './precisionRecall.ts';
import { type RankedItems, rankAll, rankClass } from './rankedItems.ts';
import type { RowScores } from './rowScores.ts';

export interface PrecisionCurve {
  /** A class index, or an average over classes. */
  readonly of: number | 'macro' | 'micro';
  /** [recalls.length] */
  readonly precision: readonly number[];
}

/**
 * Curves of `micro` (all classes' decisions in one order), `macro` (the mean of the classes' precision at each recall) and
 * every class that has rows. Between two points of a curve precision is that of the higher recall, so that the area below is
 * the average precision.
 *
 * @param recalls ascending, in [0, 1]
 */
export function precisionCurves(rows: RowScores, recalls: readonly number[]): PrecisionCurve[] {
  const ofClasses = Array.from({ length: rows.numClasses }, (_, c) => ({
    of: c,
    precision: precisionAtRecalls(rankClass(rows, c), recalls),
  })).flatMap(({ of, precision }): PrecisionCurve[] => (precision === undefined ? [] : [{ of, precision }]));
  const micro = precisionAtRecalls(rankAll(rows), recalls);
  const macro = recalls.map(
    (_, i) => ofClasses.reduce((sum, { precision }) => sum + (precision[i] as number), 0) / ofClasses.length,
  );
  return [
    { of: 'macro', precision: macro },
    ...(micro === undefined ? [] : [{ of: 'micro' as const, precision: micro }]),
    ...ofClasses,
  ];
}

/** Precision where recall first reaches each of `recalls`; undefined without positives. */
function precisionAtRecalls(items: RankedItems, recalls: readonly number[]): number[] | undefined {
  const curve = precisionRecallCurve(items);
  if (curve === undefined) return undefined;
  let point = curve.thresholds.length - 1;
  return recalls.map((recall) => {
    while (point > 0 && (curve.recall[point] as number) < recall - 1e-12) point--;
    return curve.precision[point] as number;
  });
}

/** Precision and recall of one class against the rest, over all thresholds of its score. Ties share a threshold. */
import type { RankedItems } from './rankedItems.ts';
import type { WeightedStatistic } from './rowScores.ts';

export interface PrecisionRecallCurve {
  /** By rising threshold; the last is 1, of no row at all. */
  readonly precision: readonly number[];
  /** By rising threshold; the last is 0. */
  readonly recall: readonly number[];
  /** One for each but the last of these: rows that score at least so much are taken. */
  readonly thresholds: readonly number[];
}

/**
 * All points of the curve: scikit-learn's `precision_recall_curve`. Undefined for a class without positives, of which recall
 * has no meaning (scikit-learn says 1 throughout, and an average precision of 0).
 */
export function precisionRecallCurve(items: RankedItems): PrecisionRecallCurve | undefined {
  const points: { threshold: number; precision: number; truePositives: number }[] = [];
  walk(items, undefined, (truePositives, taken, i) => {
    points.push({
      threshold: items.scores[i] as number,
      precision: truePositives / taken,
      truePositives,
    });
  });
  const numPositives = points.at(-1)?.truePositives ?? 0;
  if (numPositives === 0) return undefined;
  points.reverse();
  return {
    precision: [...points.map(({ precision }) => precision), 1],
    recall: [...points.map(({ truePositives }) => truePositives / numPositives), 0],
    thresholds: points.map(({ threshold }) => threshold),
  };
}

/**
 * Average precision, Σ (Rₙ − Rₙ₋₁) Pₙ over falling thresholds: scikit-learn's `average_precision_score`, no interpolation.
 * NaN for a class without positives.
 */
export function averagePrecision(items: RankedItems): WeightedStatistic {
  return (weights) => {
    let [sum, before] = [0, 0];
    walk(items, weights, (truePositives, taken) => {
      if (truePositives === before) return;
      sum += (truePositives - before) * (truePositives / taken);
      before = truePositives;
    });
    return before === 0 ? Number.NaN : sum / before;
  };
}

/**
 * Area under the ROC curve: how often a positive scores above a negative, ties counted half; scikit-learn's `roc_auc_score`.
 * NaN for a class without positives or without negatives.
 */
export function rocAuc(items: RankedItems): WeightedStatistic {
  return (weights) => {
    let [area, truePositives, falsePositives] = [0, 0, 0];
    walk(items, weights, (nowTrue, taken) => {
      const nowFalse = taken - nowTrue;
      area += ((nowFalse - falsePositives) * (nowTrue + truePositives)) / 2;
      [truePositives, falsePositives] = [nowTrue, nowFalse];
    });
    const pairs = truePositives * falsePositives;
    return pairs === 0 ? Number.NaN : area / pairs;
  };
}

/** Tells at the end of each run of equal scores how many items, and how many positives, score at least so much. */
function walk(
  { rows, isPositive, endsTie }: RankedItems,
  weights: ArrayLike<number> | undefined,
  visit: (truePositives: number, taken: number, item: number) => void,
): void {
  let [truePositives, taken] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const weight = weights === undefined ? 1 : (weights[rows[i] as number] as number);
    taken += weight;
    if (isPositive[i] === 1) truePositives += weight;
    if (endsTie[i] === 1 && taken > 0) visit(truePositives, taken, i);
  }
}

/** The metrics of classifiers, of all rows or of one class: what each is, and how it is reckoned with weighted rows. */
import { f1, macroF1, meanOverRows } from './countedMetrics.ts';
import { averagePrecision, rocAuc } from './precisionRecall.ts';
import { type RankedItems, rankAll, rankClass } from './rankedItems.ts';
import { type RowScores, topClasses, type WeightedStatistic } from './rowScores.ts';

export type ClassificationMetric = 'accuracy' | 'nll' | 'macro-f1' | 'auc-pr' | 'auc-roc';

/** Over classes: the mean of their values, or the value of all decisions taken together. */
export type ClassAverage = 'macro' | 'micro';

export interface MetricTarget {
  /** One class alone, by its index. */
  readonly classIndex?: number;
  /** Of `auc-pr` and `auc-roc`; `macro` if left out. */
  readonly average?: ClassAverage;
}

export interface ClassificationMetricEntry {
  readonly title: string;
  /** What it is of a single class. */
  readonly classTitle: string;
  readonly better: 'higher' | 'lower';
  /** Takes the time of sorting; what it returns takes the time of looking at each row once. */
  readonly statistic: (rows: RowScores, target?: MetricTarget) => WeightedStatistic;
}

/** Probabilities below this count as this: scikit-learn's rule for single precision. */
const SMALLEST_PROBABILITY = 2 ** -23;

export const classificationMetrics: Readonly<Record<ClassificationMetric, ClassificationMetricEntry>> = {
  accuracy: {
    title: 'accuracy',
    classTitle: 'accuracy on rows of the class',
    better: 'higher',
    statistic: (rows, target) => {
      const top = topClasses(rows);
      return meanOverRows(rows, (row) => Number(top[row] === rows.labels[row]), target);
    },
  },
  nll: {
    title: 'negative log-likelihood (nats)',
    classTitle: 'negative log-likelihood on rows of the class (nats)',
    better: 'lower',
    statistic: (rows, target) =>
      meanOverRows(
        rows,
        (row) => {
          const probability = rows.scores[row * rows.numClasses + (rows.labels[row] as number)] as number;
          return -Math.log(Math.max(probability, SMALLEST_PROBABILITY));
        },
        target,
      ),
  },
  'macro-f1': {
    title: 'macro-F1',
    classTitle: 'F1',
    better: 'higher',
    statistic: (rows, { classIndex } = {}) =>
      classIndex === undefined ? macroF1(rows) : f1(rows, classIndex),
  },
  'auc-pr': {
    title: 'average precision',
    classTitle: 'average precision',
    better: 'higher',
    statistic: (rows, target) => rankedStatistic(rows, averagePrecision, target),
  },
  'auc-roc': {
    title: 'area under the ROC curve',
    classTitle: 'area under the ROC curve',
    better: 'higher',
    statistic: (rows, target) => rankedStatistic(rows, rocAuc, target),
  },
};

/** A macro average leaves out classes that have no value, as those without positives. */
function rankedStatistic(
  rows: RowScores,
  statisticOf: (items: RankedItems) => WeightedStatistic,
  { classIndex, average = 'macro' }: MetricTarget = {},
): WeightedStatistic {
  if (classIndex !== undefined) return statisticOf(rankClass(rows, classIndex));
  if (average === 'micro') return statisticOf(rankAll(rows));
  const ofClasses = Array.from({ length: rows.numClasses }, (_, c) => statisticOf(rankClass(rows, c)));
  return (weights) => {
    const values = ofClasses.map((statistic) => statistic(weights)).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
}

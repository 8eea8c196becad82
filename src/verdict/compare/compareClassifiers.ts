/** Two classifiers on the same labelled rows. */
import {
  type ClassAverage,
  type ClassificationMetric,
  classificationMetrics,
  pairedBootstrap,
  type RowScores,
} from '../../analysis/index.ts';
import { deriveStream } from '../../foundation/randomStream.ts';
import { UserError } from '../../foundation/userError.ts';
import { type DecisionRule, decide } from './decide.ts';
import type { ModelComparison } from './modelComparison.ts';
import { requireSome } from './requireSome.ts';

export interface ClassifierPair {
  /** What messages call the rows: `450 test rows of digits`. */
  readonly subject: string;
  /** [numRows], class indices. */
  readonly labels: ArrayLike<number>;
  readonly classNames: readonly string[];
  readonly old: ClassifierScores;
  readonly new: ClassifierScores;
}

export interface ClassifierScores {
  readonly name: string;
  /** [numRows, numClasses] probabilities. */
  readonly scores: RowScores['scores'];
}

export interface ClassifierComparisonOptions extends DecisionRule {
  /** `accuracy` if left out. */
  readonly metric?: ClassificationMetric;
  /** One class alone. */
  readonly classIndex?: number;
  /** Of `auc-pr` and `auc-roc`; `macro` if left out. */
  readonly average?: ClassAverage;
  readonly warnings?: readonly string[];
  readonly numResamples?: number;
}

const LEVEL = 0.95;

/**
 * The interval is a paired bootstrap over rows (percentiles). Throws `UserError` "different-rows" and "no-value", and what
 * `decide` throws.
 */
export function compareClassifiers(
  pair: ClassifierPair,
  options: ClassifierComparisonOptions = {},
): ModelComparison {
  const { labels, classNames, subject } = pair;
  const { metric = 'accuracy', classIndex, average = 'macro', warnings = [], numResamples } = options;
  const rowsOf = ({ name, scores }: ClassifierScores): RowScores => {
    if (scores.length === labels.length * classNames.length) {
      return { scores, labels, numClasses: classNames.length };
    }
    throw new UserError(
      'different-rows',
      `${name} must say something of each of the ${labels.length} rows and ${classNames.length} classes, and says ${scores.length} numbers. Compare predictions of the same rows.`,
    );
  };
  const [oldRows, newRows] = [rowsOf(pair.old), rowsOf(pair.new)];
  const entry = classificationMetrics[metric];
  const target = { average, ...(classIndex !== undefined && { classIndex }) };
  const [oldStatistic, newStatistic] = [entry.statistic(oldRows, target), entry.statistic(newRows, target)];
  const className = classIndex === undefined ? undefined : (classNames[classIndex] ?? String(classIndex));
  const what = className === undefined ? 'the rows' : `rows of class "${className}"`;
  const [oldValue, newValue] = [oldStatistic(), newStatistic()].map((value) =>
    requireSome(value, `${entry.title} of ${what} in ${subject}`),
  ) as [number, number];
  const sign = entry.better === 'higher' ? 1 : -1;
  const gainOf = (weights?: ArrayLike<number>): number =>
    sign * (newStatistic(weights) - oldStatistic(weights));
  const numItems = labels.length;
  const interval = pairedBootstrap(gainOf, {
    ...{ numItems, level: LEVEL, ...(numResamples !== undefined && { numResamples }) },
    // Keyed by what is compared: the same predictions have the same interval.
    stream: deriveStream('bootstrap', { metric, ...target, numItems, oldValue, newValue }),
  });
  const gain = gainOf();
  const isAveraged = (metric === 'auc-pr' || metric === 'auc-roc') && className === undefined;
  return {
    ...{ kind: 'models', subject, gain, warnings },
    metric: {
      ...{ name: metric, better: entry.better, ...(className !== undefined && { className }) },
      title:
        className !== undefined
          ? `${entry.classTitle}, class "${className}"`
          : `${entry.title}${isAveraged ? ` (${average})` : ''}`,
    },
    old: { name: pair.old.name, value: oldValue },
    new: { name: pair.new.name, value: newValue },
    ...(interval && { interval }),
    pairing: { unit: 'rows', count: numItems, method: 'bootstrap', level: LEVEL },
    classes: classNames.map((name, c) => {
      const [own, other] = [oldRows, newRows].map((rows) => entry.statistic(rows, { classIndex: c })());
      return {
        ...{ name, count: Array.prototype.filter.call(labels, (label: number) => label === c).length },
        ...(own !== undefined && !Number.isNaN(own) && { old: own }),
        ...(other !== undefined && !Number.isNaN(other) && { new: other }),
      };
    }),
    ...decide({ gain, ...(interval && { interval }) }, options),
  };
}

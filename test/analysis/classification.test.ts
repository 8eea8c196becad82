/** Metrics of classifiers against scikit-learn (`scripts/fixtures/compare.py`), and what must hold of any scores. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClassificationMetric,
  classificationMetrics,
  type MetricTarget,
} from '../../src/analysis/classification/classificationMetrics.ts';
import { precisionCurves } from '../../src/analysis/classification/precisionAtRecalls.ts';
import { precisionRecallCurve } from '../../src/analysis/classification/precisionRecall.ts';
import { rankClass } from '../../src/analysis/classification/rankedItems.ts';
import type { RowScores } from '../../src/analysis/classification/rowScores.ts';
import { evaluate } from '../../src/learner/evaluate.ts';

interface Case {
  readonly name: string;
  readonly labels: number[];
  readonly scores: number[][];
  readonly weights: number[] | null;
  readonly accuracy: number;
  readonly nll: number;
  readonly macroF1: number | null;
  readonly f1: (number | null)[];
  readonly averagePrecision: (number | null)[];
  readonly averagePrecisionWithoutPositives: (number | null)[];
  readonly macroAveragePrecision: number;
  readonly microAveragePrecision: number;
  readonly rocAuc: (number | null)[];
  readonly microRocAuc: number;
  readonly curves: ({ precision: number[]; recall: number[]; thresholds: number[] } | null)[] | null;
}

const { cases } = JSON.parse(readFileSync('test/fixtures/classification.json', 'utf8')) as { cases: Case[] };

function rowsOf({ scores, labels }: Pick<Case, 'scores' | 'labels'>): RowScores {
  return { scores: Float64Array.from(scores.flat()), labels, numClasses: scores[0]?.length ?? 0 };
}

describe.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
  const rows = rowsOf(each);
  const value = (metric: ClassificationMetric, target?: MetricTarget): number =>
    classificationMetrics[metric].statistic(rows, target)(each.weights ?? undefined);

  test('values of all rows are scikit-learn’s', () => {
    expect(value('accuracy')).toBeCloseTo(each.accuracy, 12);
    expect(value('nll')).toBeCloseTo(each.nll, 11);
    if (each.macroF1 !== null) expect(value('macro-f1')).toBeCloseTo(each.macroF1, 12);
    expect(value('auc-pr')).toBeCloseTo(each.macroAveragePrecision, 11);
    expect(value('auc-pr', { average: 'micro' })).toBeCloseTo(each.microAveragePrecision, 11);
    expect(value('auc-roc', { average: 'micro' })).toBeCloseTo(each.microRocAuc, 11);
    const areas = each.rocAuc.filter((area) => area !== null);
    expect(value('auc-roc')).toBeCloseTo(areas.reduce((a, b) => a + b, 0) / areas.length, 11);
  });

  test('values of each class are scikit-learn’s; a class without positives has none', () => {
    each.averagePrecision.forEach((expected, classIndex) => {
      const [precision, area, f1] = [
        value('auc-pr', { classIndex }),
        value('auc-roc', { classIndex }),
        value('macro-f1', { classIndex }),
      ];
      if (expected === null) {
        expect(precision).toBeNaN();
        expect(area).toBeNaN();
        expect(value('accuracy', { classIndex })).toBeNaN();
        // Where scikit-learn says 0, and warns.
        expect(each.averagePrecisionWithoutPositives[classIndex]).toBeCloseTo(0, 12);
      } else expect(precision).toBeCloseTo(expected, 11);
      if (each.rocAuc[classIndex] !== null) expect(area).toBeCloseTo(each.rocAuc[classIndex] as number, 11);
      if (each.f1[classIndex] === null) expect(f1).toBeNaN();
      else expect(f1).toBeCloseTo(each.f1[classIndex] as number, 12);
    });
  });

  test.skipIf(each.curves === null)('curves are scikit-learn’s, point by point', () => {
    for (const [c, expected] of (each.curves ?? []).entries()) {
      const curve = precisionRecallCurve(rankClass(rows, c));
      for (const part of ['precision', 'recall', 'thresholds'] as const) {
        expect(curve?.[part].length).toBe(expected?.[part].length);
        for (const [i, number] of (expected?.[part] ?? []).entries()) {
          expect(curve?.[part][i]).toBeCloseTo(number, 11);
        }
      }
    }
  });
});

test('accuracy, loss and macro-F1 are those of the records', () => {
  const [first] = cases as [Case];
  const rows = rowsOf(first);
  const ofRecord = evaluate(
    {
      logProbabilities: Float32Array.from(rows.scores, Math.log),
      numSamples: first.labels.length,
      numClasses: rows.numClasses,
    },
    first.labels,
  );
  const value = (metric: ClassificationMetric) => classificationMetrics[metric].statistic(rows)();
  expect(value('accuracy')).toBe(ofRecord.accuracy);
  expect(value('macro-f1')).toBeCloseTo(ofRecord.macroF1, 14);
  expect(value('nll')).toBeCloseTo(ofRecord.nll, 6);
});

const anyRows = fc.integer({ min: 2, max: 4 }).chain((numClasses) =>
  fc
    .array(
      fc.record({
        label: fc.nat(numClasses - 1),
        scores: fc.array(fc.nat(5), { minLength: numClasses, maxLength: numClasses }),
        weight: fc.nat(3),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((all) => ({
      weights: all.map(({ weight }) => weight),
      rows: rowsOf({
        labels: all.map(({ label }) => label),
        scores: all.map(({ scores }) => scores.map((s) => s / 5)),
      }),
    })),
);

test.each(Object.keys(classificationMetrics) as ClassificationMetric[])(
  '%s: a row of weight k is k rows, whatever their order',
  (metric) => {
    fc.assert(
      fc.property(anyRows, ({ rows, weights }) => {
        const { numClasses } = rows;
        const copies = weights.flatMap((weight, row) => Array.from({ length: weight }, () => row)).reverse();
        const repeated: RowScores = {
          labels: copies.map((row) => rows.labels[row] as number),
          scores: Float64Array.from(
            copies.flatMap((row) => [...rows.scores.slice(row * numClasses, (row + 1) * numClasses)]),
          ),
          numClasses,
        };
        for (const target of [{}, { average: 'micro' as const }, { classIndex: 1 }]) {
          const { statistic } = classificationMetrics[metric];
          const [weighted, plain] = [statistic(rows, target)(weights), statistic(repeated, target)()];
          if (Number.isNaN(plain)) expect(weighted).toBeNaN();
          else expect(weighted).toBeCloseTo(plain, 10);
        }
      }),
    );
  },
);

test('the area below a curve by recall is the average precision, of classes and averages', () => {
  const numRecalls = 20_000;
  const recalls = Array.from({ length: numRecalls }, (_, i) => (i + 0.5) / numRecalls);
  const rows = rowsOf((cases as [Case])[0]);
  const { statistic } = classificationMetrics['auc-pr'];
  for (const { of, precision } of precisionCurves(rows, recalls)) {
    const target = typeof of === 'number' ? { classIndex: of } : { average: of };
    const area = precision.reduce((sum, value) => sum + value, 0) / numRecalls;
    expect(area).toBeCloseTo(statistic(rows, target)(), 3);
  }
});

/** The summary as CSV, at full precision. Where a cell has no finished trial, its statistics are empty. */
import type { LabelsToTarget, SummaryRow } from '../analysis/index.ts';
import { csvText } from './csvText.ts';
import { medianText } from './summaryTable.ts';

const columns = [
  'dataset',
  'model',
  'oracle',
  'initial_pool_size',
  'query_batch_size',
  'strategy',
  'num_seeds',
  'num_failed',
  'num_unfinished',
  'final_accuracy_mean',
  'final_accuracy_sd',
  'aubc_mean',
  'aubc_lower',
  'aubc_upper',
  'fit_seconds',
  'score_seconds',
  'select_seconds',
  'evaluate_seconds',
];

/**
 * One row per cell. Three columns per target come last: `target`, `labels_to_target` (the median over seeds, `>200`
 * if censored; where the curves are over cost, `cost_to_target`) and `seeds_reaching_target`; from the second target on with `_2`, `_3` … appended.
 */
export function renderSummaryCsv(rows: readonly SummaryRow[]): string {
  const numTargets = Math.max(0, ...rows.map((row) => row.labelsToTarget.length));
  const places = Array.from({ length: numTargets }, (_, i) => i);
  const targetColumns = places.flatMap((i) =>
    ['target', `${rows[0]?.over ?? 'labels'}_to_target`, 'seeds_reaching_target'].map((name) =>
      i === 0 ? name : `${name}_${i + 1}`,
    ),
  );
  const body = rows.map((row) => [
    row.dataset,
    row.model,
    row.oracle,
    row.initialPoolSize,
    row.queryBatchSize,
    row.strategy,
    row.numSeeds,
    row.numFailed,
    row.numUnfinished,
    row.finalAccuracy?.mean ?? '',
    row.finalAccuracy?.standardDeviation ?? '',
    row.aubc?.mean ?? '',
    row.aubc?.interval?.lower ?? '',
    row.aubc?.interval?.upper ?? '',
    row.seconds?.fit ?? '',
    row.seconds?.score ?? '',
    row.seconds?.select ?? '',
    row.seconds?.evaluate ?? '',
    ...places.flatMap((i) => targetFields(row.labelsToTarget[i])),
  ]);
  return csvText([...columns, ...targetColumns], body);
}

function targetFields(value: LabelsToTarget | undefined): (string | number)[] {
  return value === undefined ? ['', '', ''] : [value.target, medianText(value), value.numReached];
}

/** The summary as CSV, at full precision. Where a cell has no finished trial, its statistics are empty. */
import type { LabelsToTarget, StrategyResult } from '../analysis/index.ts';
import { cellColumns, cellFields } from './cellColumns.ts';
import { csvText } from './csvText.ts';
import { medianText } from './summaryTable.ts';

const columns = [
  ...cellColumns,
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
  'baseline',
  'num_paired_seeds',
  'aubc_difference_mean',
  'aubc_difference_lower',
  'aubc_difference_upper',
  'p_value',
  'adjusted_p_value',
  'adjusted_wilcoxon_p_value',
  'verdict',
  'wins',
  'ties',
  'losses',
  'saved',
  'start',
  'ramp_up',
  'plateau',
  'end',
  'instability',
];

/**
 * One row per cell. Three columns per target come last: `target`, `labels_to_target` (the median over seeds, `>200`
 * if censored; where the curves are over cost, `cost_to_target`) and `seeds_reaching_target`; from the second target on with `_2`, `_3` … appended.
 */
export function renderSummaryCsv(results: readonly StrategyResult[]): string {
  const rows = results.map(({ row }) => row);
  const numTargets = Math.max(0, ...rows.map((row) => row.labelsToTarget.length));
  const places = Array.from({ length: numTargets }, (_, i) => i);
  const targetColumns = places.flatMap((i) =>
    ['target', `${rows[0]?.over ?? 'labels'}_to_target`, 'seeds_reaching_target'].map((name) =>
      i === 0 ? name : `${name}_${i + 1}`,
    ),
  );
  const body = results.map(({ row, comparison, savings, phases }) => [
    ...cellFields(row),
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
    ...comparisonFields(comparison),
    savings?.savings ?? '',
    ...(['start', 'rampUp', 'plateau', 'end', 'instability'] as const).map((part) => phases?.[part] ?? ''),
    ...places.flatMap((i) => targetFields(row.labelsToTarget[i])),
  ]);
  return csvText([...columns, ...targetColumns], body);
}

/** The interval is the paired bootstrap's, p-values are the paired t-test's, adjusted by Holm's rule. */
function comparisonFields(comparison: StrategyResult['comparison']): (string | number)[] {
  if (comparison === undefined) return new Array<string>(12).fill('');
  const { baseline, numSeeds, difference, bootstrapInterval, tTest, verdict, wins, ties, losses } =
    comparison;
  return [
    ...[baseline, numSeeds, difference.mean, bootstrapInterval?.lower ?? '', bootstrapInterval?.upper ?? ''],
    ...(tTest === undefined ? ['', ''] : [tTest.pValue, comparison.adjustedTPValue]),
    ...[comparison.adjustedWilcoxonPValue, verdict, wins, ties, losses],
  ];
}

function targetFields(value: LabelsToTarget | undefined): (string | number)[] {
  return value === undefined ? ['', '', ''] : [value.target, medianText(value), value.numReached];
}

/** Records as CSV, for whoever would rather analyse them elsewhere. Rows come by cell, seed and round. */
import { sortTrials } from '../analysis/index.ts';
import type { StoredTrial } from '../store/record.ts';
import { csvText } from './csvText.ts';

const roundColumns = [
  'dataset',
  'model',
  'strategy',
  'initial_pool_size',
  'query_batch_size',
  'oracle',
  'seed',
  'round',
  'num_labels',
  'test_accuracy',
  'test_nll',
  'fit_seconds',
  'score_seconds',
  'select_seconds',
  'evaluate_seconds',
  'trial',
];

/** One row per recorded round of every trial given, finished or not. */
export function renderCsv(trials: readonly StoredTrial[]): string {
  const rows = sortTrials(trials).flatMap(({ header: { trial }, rounds }) =>
    rounds.map(({ round, numLabels, metrics, seconds }) => [
      trial.labels.dataset,
      trial.labels.model,
      trial.labels.strategy,
      trial.identity.initialPoolSize,
      trial.identity.queryBatchSize,
      trial.labels.oracle,
      trial.identity.seed,
      round,
      numLabels,
      metrics.accuracy,
      metrics.nll,
      seconds.fit,
      seconds.score,
      seconds.select,
      seconds.evaluate,
      trial.id,
    ]),
  );
  return csvText(roundColumns, rows);
}

/**
 * One row per queried sample, in the order queried; the rows of the initial pool were not queried. No label: no answer.
 */
export function renderSelectionsCsv(trials: readonly StoredTrial[]): string {
  const rows = sortTrials(trials).flatMap(({ header: { trial }, rounds }) =>
    rounds.flatMap(({ round, queriedRows, answers }) =>
      queriedRows.map((row, i) => [trial.id, round, row, labelText(answers[i])]),
    ),
  );
  return csvText(['trial', 'round', 'row', 'label'], rows);
}

function labelText(answer: number | undefined): number | '' {
  return answer === undefined || answer < 0 ? '' : answer;
}

/** Selection overlap as CSV: one row per pair of strategies and query, the queries up to then together. */
import { type Group, selectionOverlap } from '../analysis/index.ts';
import { csvText } from './csvText.ts';

const columns = [
  'dataset',
  'model',
  'oracle',
  'initial_pool_size',
  'query_batch_size',
  'strategy',
  'other_strategy',
  'num_seeds',
  'num_identical_seeds',
  'query',
  'jaccard',
];

export function renderOverlapCsv(allGroups: readonly Group[]): string {
  const rows = allGroups.flatMap((group) =>
    selectionOverlap(group).pairs.flatMap((pair) =>
      pair.byRound.map((jaccard, i) => [
        group.dataset,
        group.model,
        group.oracle,
        group.initialPoolSize,
        group.queryBatchSize,
        pair.first,
        pair.second,
        pair.numSeeds,
        pair.numIdentical,
        i + 1,
        jaccard,
      ]),
    ),
  );
  return csvText(columns, rows);
}

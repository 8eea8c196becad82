/** Selection overlap as CSV: one row per pair of strategies and query, the queries up to then together. */
import { type Group, selectionOverlap } from '../analysis/index.ts';
import { groupColumns } from './cellColumns.ts';
import { type CsvField, csvText } from './csvText.ts';

const columns = [
  ...groupColumns,
  'strategy',
  'other_strategy',
  'num_seeds',
  'num_identical_seeds',
  'query',
  'jaccard',
];

export function renderOverlapCsv(allGroups: readonly Group[]): string {
  return csvText(columns, rowsOf(allGroups));
}

/** One by one: of twenty strategies there are tens of thousands. */
function* rowsOf(allGroups: readonly Group[]): Generator<readonly CsvField[]> {
  for (const group of allGroups) {
    const { dataset, model, oracle, initialPoolSize, queryBatchSize } = group;
    for (const { first, second, numSeeds, numIdentical, byRound } of selectionOverlap(group).pairs) {
      for (const [i, jaccard] of byRound.entries()) {
        yield [
          ...[dataset, model, oracle, initialPoolSize, queryBatchSize],
          ...[first, second, numSeeds, numIdentical, i + 1, jaccard],
        ];
      }
    }
  }
}

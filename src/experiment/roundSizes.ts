/** The grid of queries on which a trial is measured: of label counts, where every query is answered and costs 1. */
import type { TrialIdentity } from '../store/record.ts';

/**
 * Queries made before each round: the initial pool, then one query batch more, up to the budget. A budget in cost may end
 * a trial sooner.
 */
export function roundSizes({
  initialPoolSize,
  queryBatchSize,
  budget,
}: Pick<TrialIdentity, 'initialPoolSize' | 'queryBatchSize' | 'budget'>): number[] {
  const numQueries = Math.ceil((budget - initialPoolSize) / queryBatchSize);
  return Array.from({ length: numQueries + 1 }, (_, round) =>
    Math.min(budget, initialPoolSize + round * queryBatchSize),
  );
}

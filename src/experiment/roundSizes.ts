/** The grid of label counts on which a trial is measured. */
import type { TrialIdentity } from '../store/record.ts';

/** Labels trained on in each round: the initial pool, then one query batch more, up to the budget. */
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

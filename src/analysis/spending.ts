/**
 * What a learning curve is drawn over. Labels are what was trained on; queries count those without an answer too; cost is
 * what the queries cost, in the oracle's unit. Where every query is answered and costs 1, the three are one.
 */
import type { StoredTrial } from '../store/record.ts';

export type Over = 'labels' | 'queries' | 'cost';

/** What an axis or a sentence calls it. The initial pool is always included. */
export const spendings: Readonly<Record<Over, { readonly noun: string; readonly title: string }>> = {
  labels: { noun: 'labels', title: 'labels (initial pool included)' },
  queries: { noun: 'queries', title: 'queries, answered or not (initial pool included)' },
  cost: { noun: 'cost', title: 'cost of all queries (initial pool included)' },
};

/** What had been spent before each round of a trial, ascending. */
export function spentByRound({ header, rounds }: StoredTrial, over: Over): number[] {
  if (over === 'labels') return rounds.map(({ numLabels }) => numLabels);
  if (over === 'cost') return rounds.map(({ totalCost, numLabels }) => withoutDust(totalCost ?? numLabels));
  let numQueries = header.trial.identity.initialPoolSize;
  return rounds.map(({ queriedRows }) => {
    const before = numQueries;
    numQueries += queriedRows.length;
    return before;
  });
}

/** Sums of the same prices in another order differ in their last bits. */
function withoutDust(cost: number): number {
  return Number(cost.toFixed(9));
}

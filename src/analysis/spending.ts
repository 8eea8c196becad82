/**
 * What a learning curve is drawn over. Labels are what was trained on; queries count those without an answer too; cost is
 * what the queries cost, in the oracle's unit. Where every query is answered and costs 1, the three are one. Seconds are what
 * the machine spent until the round's model was there: fitting, scoring and selecting, but not evaluating.
 */
import type { StoredTrial } from '../store/record.ts';

export type Over = 'labels' | 'queries' | 'cost' | 'seconds';

/** What an axis or a sentence calls it. The initial pool is always included, and so are the seconds of training on it. */
export const spendings: Readonly<Record<Over, { readonly noun: string; readonly title: string }>> = {
  labels: { noun: 'labels', title: 'labels (initial pool included)' },
  queries: { noun: 'queries', title: 'queries, answered or not (initial pool included)' },
  cost: { noun: 'cost', title: 'cost of all queries (initial pool included)' },
  seconds: { noun: 'seconds', title: 'seconds of fitting, scoring and selecting' },
};

/** What had been spent before each round of a trial, ascending. */
export function spentByRound({ header, rounds }: StoredTrial, over: Over): number[] {
  if (over === 'labels') return rounds.map(({ numLabels }) => numLabels);
  if (over === 'cost') return rounds.map(({ totalCost, numLabels }) => withoutDust(totalCost ?? numLabels));
  if (over === 'seconds') return secondsByRound(rounds);
  let numQueries = header.trial.identity.initialPoolSize;
  return rounds.map(({ queriedRows }) => {
    const before = numQueries;
    numQueries += queriedRows.length;
    return before;
  });
}

function secondsByRound(rounds: StoredTrial['rounds']): number[] {
  let before = 0;
  return rounds.map(({ seconds: { fit, score, select } }) => {
    const ready = before + fit;
    before = ready + score + select;
    return withoutDust(ready);
  });
}

/** Sums of the same prices in another order differ in their last bits. */
function withoutDust(cost: number): number {
  return Number(cost.toFixed(9));
}

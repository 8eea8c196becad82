/** Queries and what they may still cost: a batch is cut where the next answer would exceed the budget. */
import type { Oracle } from '../oracles/oracle.ts';
import type { TrialIdentity } from '../store/record.ts';
import type { LabelledSet } from './labelledSet.ts';

/** A sum of costs is no exact number: ten times 0.1 is 1 and must buy what 1 buys. */
const TOLERANCE = 1e-9;

export interface OracleReply {
  /** A prefix of the rows wanted. */
  readonly rows: Int32Array;
  /** Class indices, or `NO_ANSWER`. */
  readonly answers: Int32Array;
  /** Of all of them together. */
  readonly cost: number;
}

/** Rows to ask for next: a query batch, or what the budget leaves of one. */
export function nextBatchSize(
  { queryBatchSize, budget }: Pick<TrialIdentity, 'queryBatchSize' | 'budget'>,
  { numQueries }: Pick<LabelledSet, 'numQueries'>,
): number {
  return Math.min(queryBatchSize, budget - numQueries);
}

/** Asks for `wanted`, in order, as far as `costBudget` goes. Nothing is added to `labelled`. */
export async function askOracle(
  oracle: Oracle,
  wanted: Int32Array,
  labelled: LabelledSet,
  costBudget = Number.POSITIVE_INFINITY,
): Promise<OracleReply> {
  const { labels, costs } = await oracle.label(wanted, labelled.timesAsked(wanted));
  const left = costBudget - labelled.totalCost;
  let cost = 0;
  let count = 0;
  while (count < wanted.length && cost + (costs[count] as number) <= left + TOLERANCE) {
    cost += costs[count] as number;
    count++;
  }
  return { rows: wanted.subarray(0, count), answers: labels.subarray(0, count), cost };
}

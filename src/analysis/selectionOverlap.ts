/**
 * How much of what two strategies asked for is the same: for every pair of a group, the share of common rows among all
 * rows that either of them queried, |A ∩ B| / |A ∪ B| (Jaccard), as the mean over the seeds that both have finished.
 * The initial pool is nobody's choice and does not count; a row that was asked for twice counts once.
 */
import type { StoredTrial } from '../store/record.ts';
import type { Cell, Group } from './cells.ts';
import { meanOf } from './estimate.ts';

export interface SelectionOverlap {
  /** In the group's order; only those with a finished trial. */
  readonly strategies: readonly string[];
  /** Each pair once, in the order of `strategies`; pairs without a shared seed are left out. */
  readonly pairs: readonly PairOverlap[];
}

export interface PairOverlap {
  readonly first: string;
  readonly second: string;
  /** Seeds that both have finished. */
  readonly numSeeds: number;
  /**
   * Of the first query alone, before which both strategies had the same labels and the same model, so that nothing but
   * the strategies differs.
   */
  readonly firstQuery: number;
  /** Of all queries together. Where a budget empties the pool, it is 1 whatever the strategies are. */
  readonly allQueries: number;
  /** Of the queries up to and with each round, as far as both strategies go with every seed. */
  readonly byRound: readonly number[];
  /** Seeds with the same rows in the same order from first to last. */
  readonly numIdentical: number;
}

/** O(pairs · seeds · queries). */
export function selectionOverlap(group: Group): SelectionOverlap {
  const finished = group.cells.filter((cell) => cell.finished.length > 0);
  return {
    strategies: finished.map((cell) => cell.strategy),
    pairs: finished.flatMap((first, i) =>
      finished.slice(i + 1).flatMap((second) => pairOverlap(first, second) ?? []),
    ),
  };
}

function pairOverlap(first: Cell, second: Cell): PairOverlap | undefined {
  const bySeed = new Map(second.finished.map((trial) => [seedOf(trial), trial]));
  const seeds = new Map(first.finished.map((trial) => [seedOf(trial), trial]));
  const pairs = [...seeds].flatMap(([seed, trial]) => {
    const other = bySeed.get(seed);
    return other === undefined ? [] : [[queriesOf(trial), queriesOf(other)] as const];
  });
  if (pairs.length === 0) return undefined;
  const curves = pairs.map(([a, b]) => cumulativeJaccard(a, b));
  const numRounds = Math.min(...curves.map((curve) => curve.length));
  return {
    ...{ first: first.strategy, second: second.strategy, numSeeds: pairs.length },
    firstQuery: meanOf(curves.map((curve) => curve[0] ?? 1)),
    allQueries: meanOf(pairs.map(([a, b]) => cumulativeJaccard([a.flat()], [b.flat()])[0] ?? 1)),
    byRound: Array.from({ length: numRounds }, (_, round) =>
      meanOf(curves.map((curve) => curve[round] as number)),
    ),
    numIdentical: pairs.filter(([a, b]) => a.flat().join() === b.flat().join()).length,
  };
}

/** Per query the rows, in order of preference; the last round, which asks for nothing, is left out. */
function queriesOf({ rounds }: StoredTrial): (readonly number[])[] {
  return rounds.map(({ queriedRows }) => queriedRows).filter((rows) => rows.length > 0);
}

/** The Jaccard index of all rows up to each query, while both have queries. */
function cumulativeJaccard(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[] {
  const [inA, inB] = [new Set<number>(), new Set<number>()];
  let numCommon = 0;
  const add = (rows: readonly number[], own: Set<number>, other: ReadonlySet<number>): void => {
    for (const row of rows) {
      if (!own.has(row) && other.has(row)) numCommon++;
      own.add(row);
    }
  };
  return Array.from({ length: Math.min(a.length, b.length) }, (_, query) => {
    add(a[query] ?? [], inA, inB);
    add(b[query] ?? [], inB, inA);
    return numCommon / (inA.size + inB.size - numCommon);
  });
}

function seedOf({ header }: StoredTrial): number {
  return header.trial.identity.seed;
}

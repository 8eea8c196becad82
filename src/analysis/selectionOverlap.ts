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
  /** Each pair once, in the order of `strategies`; pairs without a shared seed, or that asked for nothing, are left out. */
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

/** O(pairs · seeds · queries), one look at an array for each query. Asked again for the same group, it is the same object. */
export function selectionOverlap(group: Group): SelectionOverlap {
  const known = overlaps.get(group) ?? overlapOf(group);
  overlaps.set(group, known);
  return known;
}

/** Cautions, charts and files all ask. */
const overlaps = new WeakMap<Group, SelectionOverlap>();

function overlapOf(group: Group): SelectionOverlap {
  const finished = group.cells.filter((cell) => cell.finished.length > 0);
  const selections = finished.map(selectionsBySeed);
  return {
    strategies: finished.map((cell) => cell.strategy),
    pairs: finished.flatMap((first, i) =>
      finished.slice(i + 1).flatMap((second, j) => {
        const bySeeds = [selections[i], selections[i + 1 + j]] as [SelectionsBySeed, SelectionsBySeed];
        return pairOverlap(first, second, bySeeds) ?? [];
      }),
    ),
  };
}

/** What one trial asked for. */
interface Selection {
  /** In order of preference, query after query. */
  readonly rows: readonly number[];
  /** Each row once, in the order in which it was first asked for. */
  readonly distinct: Int32Array;
  /** [highest row + 1] The query that asked for a row first, from 0 on; -1 where none did. */
  readonly firstQuery: Int32Array;
  /** [numQueries] Different rows up to and with each query. */
  readonly sizes: readonly number[];
}

type SelectionsBySeed = ReadonlyMap<number, Selection>;

function selectionsBySeed({ finished }: Cell): SelectionsBySeed {
  return new Map(finished.map((trial) => [trial.header.trial.identity.seed, selectionOf(trial)]));
}

/** The last round, which asks for nothing, is left out. */
function selectionOf({ rounds }: StoredTrial): Selection {
  const queries = rounds.map(({ queriedRows }) => queriedRows).filter((rows) => rows.length > 0);
  const rows = queries.flat();
  const firstQuery = new Int32Array(rows.reduce((highest, row) => Math.max(highest, row), -1) + 1).fill(-1);
  const distinct: number[] = [];
  const sizes = queries.map((asked, query) => {
    for (const row of asked) {
      if (firstQuery[row] !== -1) continue;
      firstQuery[row] = query;
      distinct.push(row);
    }
    return distinct.length;
  });
  return { rows, distinct: Int32Array.from(distinct), firstQuery, sizes };
}

function pairOverlap(
  { strategy: first }: Cell,
  { strategy: second }: Cell,
  [ofFirst, ofSecond]: readonly [SelectionsBySeed, SelectionsBySeed],
): PairOverlap | undefined {
  const pairs = [...ofFirst].flatMap(([seed, selection]) => {
    const other = ofSecond.get(seed);
    if (other === undefined || selection.rows.length + other.rows.length === 0) return [];
    return [[selection, other] as const];
  });
  if (pairs.length === 0) return undefined;
  const perSeed = pairs.map(([a, b]) => jaccard(a, b));
  const numQueries = Math.min(...perSeed.map(({ byQuery }) => byQuery.length));
  return {
    ...{ first, second, numSeeds: pairs.length },
    firstQuery: meanOf(perSeed.map(({ byQuery }) => byQuery[0] ?? 1)),
    allQueries: meanOf(perSeed.map(({ all }) => all)),
    byRound: Array.from({ length: numQueries }, (_, query) =>
      meanOf(perSeed.map(({ byQuery }) => byQuery[query] as number)),
    ),
    numIdentical: pairs.filter(([a, b]) => isSame(a.rows, b.rows)).length,
  };
}

/** Jaccard indices of all rows up to each query, while both have queries, and of all rows; 1 where nobody asked for any. */
function jaccard(a: Selection, b: Selection): { readonly byQuery: number[]; readonly all: number } {
  const common = new Int32Array(Math.max(a.sizes.length, b.sizes.length)); // by the query at which both have a row
  let numCommon = 0;
  for (const row of a.distinct) {
    const other = b.firstQuery[row] ?? -1;
    if (other === -1) continue;
    const query = Math.max(a.firstQuery[row] as number, other);
    common[query] = (common[query] as number) + 1;
    numCommon++;
  }
  let soFar = 0;
  const byQuery = Array.from({ length: Math.min(a.sizes.length, b.sizes.length) }, (_, query) => {
    soFar += common[query] as number;
    return soFar / ((a.sizes[query] as number) + (b.sizes[query] as number) - soFar);
  });
  const numEither = a.distinct.length + b.distinct.length - numCommon;
  return { byQuery, all: numEither === 0 ? 1 : numCommon / numEither };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}

/**
 * How much of what two strategies asked for is the same: for every pair of a group, the share of common rows among all
 * rows that either of them queried, |A ∩ B| / |A ∪ B| (Jaccard), as the mean over the seeds that both have finished.
 * The initial pool is nobody's choice and does not count; a row that was asked for twice counts once.
 */
import { remembered } from '../foundation/remembered.ts';
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
  return overlaps(group, '', () => overlapOf(group));
}

/** Cautions, charts and files all ask. */
const overlaps = remembered<Group, SelectionOverlap>();

function overlapOf(group: Group): SelectionOverlap {
  const finished = group.cells.filter((cell) => cell.finished.length > 0);
  const selections = finished.map(selectionsBySeed);
  const highest = selections.flatMap((bySeed) => [...bySeed.values()].map((selection) => selection.highest));
  // By row, the query at which the strategy at hand asked for it first, with the seed at hand; -1 where it never did.
  const queryOf = new Int32Array(highest.reduce((a, b) => Math.max(a, b), -1) + 1).fill(-1);
  return {
    strategies: finished.map((cell) => cell.strategy),
    pairs: finished.flatMap((cell, i) => {
      const others = finished.slice(i + 1).map(({ strategy: second }, j) => ({
        ...{ first: cell.strategy, second, seeds: [] as SeedOverlap[] },
        selections: selections[i + 1 + j] as SelectionsBySeed,
      }));
      for (const [seed, own] of selections[i] as SelectionsBySeed) {
        forEachDistinct(own, (row, query) => {
          queryOf[row] = query;
        });
        for (const { selections: bySeed, seeds } of others) {
          const other = bySeed.get(seed);
          if (other && own.rows.length + other.rows.length > 0)
            seeds.push(overlapOfSeed(own, other, queryOf));
        }
        for (const row of own.distinct) queryOf[row] = -1;
      }
      return others.flatMap(({ first, second, seeds }) => pairOverlap(first, second, seeds) ?? []);
    }),
  };
}

/** What one trial asked for. */
interface Selection {
  /** In order of preference, query after query. */
  readonly rows: Int32Array;
  /** Each row once, in the order in which it was first asked for. */
  readonly distinct: Int32Array;
  /** [numQueries] Different rows up to and with each query. */
  readonly sizes: Int32Array;
  /** Of the rows; -1 without any. */
  readonly highest: number;
}

type SelectionsBySeed = ReadonlyMap<number, Selection>;

function selectionsBySeed({ finished }: Cell): SelectionsBySeed {
  return new Map(finished.map((trial) => [trial.header.trial.identity.seed, selectionOf(trial)]));
}

/** The last round, which asks for nothing, is left out. */
function selectionOf({ rounds }: StoredTrial): Selection {
  const queries = rounds.map(({ queriedRows }) => queriedRows).filter((rows) => rows.length > 0);
  const rows = new Int32Array(queries.reduce((sum, { length }) => sum + length, 0));
  const sizes = new Int32Array(queries.length);
  const known = new Set<number>();
  let [next, highest] = [0, -1];
  queries.forEach((asked, query) => {
    for (const row of asked) {
      rows[next++] = row;
      known.add(row);
      if (row > highest) highest = row;
    }
    sizes[query] = known.size;
  });
  // A set keeps the order in which its members came first.
  return { rows, distinct: Int32Array.from(known), sizes, highest };
}

function forEachDistinct({ distinct, sizes }: Selection, visit: (row: number, query: number) => void): void {
  let i = 0;
  for (let query = 0; query < sizes.length; query++) {
    for (; i < (sizes[query] as number); i++) visit(distinct[i] as number, query);
  }
}

/** Two strategies with one seed. */
interface SeedOverlap {
  /** Jaccard indices of all rows up to each query, while both have queries. */
  readonly byQuery: Float64Array;
  /** Of all rows; 1 where nobody asked for any. */
  readonly all: number;
  readonly isIdentical: boolean;
}

/** @param queryOf by row, the query of `a` that asked for it first; -1 where none did */
function overlapOfSeed(a: Selection, b: Selection, queryOf: Int32Array): SeedOverlap {
  const common = new Int32Array(Math.max(a.sizes.length, b.sizes.length)); // by the query at which both have a row
  let numCommon = 0;
  forEachDistinct(b, (row, query) => {
    const other = queryOf[row] as number;
    if (other === -1) return;
    const both = Math.max(query, other);
    common[both] = (common[both] as number) + 1;
    numCommon++;
  });
  let soFar = 0;
  const byQuery = new Float64Array(Math.min(a.sizes.length, b.sizes.length));
  for (let query = 0; query < byQuery.length; query++) {
    soFar += common[query] as number;
    byQuery[query] = soFar / ((a.sizes[query] as number) + (b.sizes[query] as number) - soFar);
  }
  const numEither = a.distinct.length + b.distinct.length - numCommon;
  return {
    byQuery,
    all: numEither === 0 ? 1 : numCommon / numEither,
    isIdentical: isSame(a.rows, b.rows),
  };
}

function pairOverlap(first: string, second: string, seeds: readonly SeedOverlap[]): PairOverlap | undefined {
  if (seeds.length === 0) return undefined;
  const numQueries = Math.min(...seeds.map(({ byQuery }) => byQuery.length));
  return {
    ...{ first, second, numSeeds: seeds.length },
    firstQuery: meanOf(seeds.map(({ byQuery }) => byQuery[0] ?? 1)),
    allQueries: meanOf(seeds.map(({ all }) => all)),
    byRound: Array.from({ length: numQueries }, (_, query) =>
      meanOf(seeds.map(({ byQuery }) => byQuery[query] as number)),
    ),
    numIdentical: seeds.filter(({ isIdentical }) => isIdentical).length,
  };
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}

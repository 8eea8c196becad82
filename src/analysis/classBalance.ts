/** Which classes a strategy asked for: shares of the oracle's answers, against those of the pool it asked from. */
import type { StoredTrial } from '../store/record.ts';
import type { Cell, Group } from './cells.ts';
import { BASELINE_STRATEGY } from './defaultTarget.ts';
import { meanOf } from './estimate.ts';

export interface ClassBalance {
  readonly numClasses: number;
  /** [numClasses], of the pool; left out where the records do not say and the group has no `random`. */
  readonly pool?: readonly number[];
  /** `pool`: counted, as the records say. `random`: what a uniform draw was answered, an unbiased sample of the pool. */
  readonly poolFrom?: 'pool' | 'random';
  /** In the group's order; only those with an answer. */
  readonly strategies: readonly StrategyBalance[];
}

export interface StrategyBalance {
  readonly strategy: string;
  readonly isBound: boolean;
  readonly numSeeds: number;
  /** Answers per seed, mean; the initial pool, which nobody chose, is left out, and so is a query without an answer. */
  readonly numAnswers: number;
  /** [numClasses], summing to 1: mean over seeds. */
  readonly shares: readonly number[];
  /** Half the sum of the differences to the pool's shares (total variation): 0 alike, 1 nothing in common. */
  readonly distance?: number;
}

export function classBalance(group: Group): ClassBalance {
  const finished = group.cells.filter((cell) => cell.finished.length > 0);
  const numClasses = Math.max(0, ...finished.flatMap((cell) => cell.finished.map(classesOf)));
  const asked = finished.flatMap((cell) => balanceOf(cell, numClasses) ?? []);
  const counted = countedPool(finished, numClasses);
  const drawn = asked.find(({ strategy }) => strategy === BASELINE_STRATEGY)?.shares;
  const pool = counted ?? drawn;
  if (pool === undefined) return { numClasses, strategies: asked };
  return {
    ...{ numClasses, pool, poolFrom: counted === undefined ? 'random' : 'pool' },
    strategies: asked.map((each) => ({ ...each, distance: totalVariation(each.shares, pool) })),
  };
}

function balanceOf(cell: Cell, numClasses: number): StrategyBalance | undefined {
  const counts = cell.finished.map((trial) => countsOf(trial, numClasses)).filter((each) => sum(each) > 0);
  if (counts.length === 0) return undefined;
  return {
    ...{ strategy: cell.strategy, isBound: cell.isBound, numSeeds: counts.length },
    numAnswers: meanOf(counts.map(sum)),
    shares: meanShares(counts),
  };
}

/** Of the seeds whose records hold the pool's classes. */
function countedPool(finished: readonly Cell[], numClasses: number): number[] | undefined {
  const counts = finished.flatMap((cell) =>
    cell.finished.flatMap(({ rounds }) => {
      const counted = rounds[0]?.poolClasses;
      return counted === undefined ? [] : [Array.from({ length: numClasses }, (_, c) => counted[c] ?? 0)];
    }),
  );
  return counts.length === 0 ? undefined : meanShares(counts);
}

function classesOf({ rounds }: StoredTrial): number {
  let most = rounds[0]?.poolClasses?.length ?? 0;
  for (const { answers } of rounds) for (const answer of answers) most = Math.max(most, answer + 1);
  return most;
}

/** Of the answers; those that never came are negative. */
function countsOf({ rounds }: StoredTrial, numClasses: number): number[] {
  const counts = new Array<number>(numClasses).fill(0);
  for (const { answers } of rounds) {
    for (const answer of answers) if (answer >= 0) counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}

/** Each row of `counts` weighs the same. */
function meanShares(counts: readonly (readonly number[])[]): number[] {
  const totals = counts.map(sum);
  return (counts[0] ?? []).map((_, c) =>
    meanOf(counts.map((row, i) => (row[c] as number) / (totals[i] as number))),
  );
}

function totalVariation(a: readonly number[], b: readonly number[]): number {
  return sum(a.map((share, c) => Math.abs(share - (b[c] as number)))) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

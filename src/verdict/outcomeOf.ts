/** What the two keys make of a paired change: see `judgeCells`. */
import type { Interval } from '../analysis/index.ts';
import type { CellOutcome } from './checkReport.ts';

/**
 * `shift`: which way the rank test says that gains lie, 0 where it does not. No interval (one seed), or gains that
 * are no numbers: inconclusive.
 */
export function outcomeOf(interval: Interval | undefined, shift: number, margin: number): CellOutcome {
  if (interval === undefined) return 'inconclusive';
  const { lower, upper } = interval;
  if (lower >= -margin && upper <= margin) return 'unchanged';
  if (upper < -margin && shift < 0) return 'regressed';
  return lower > margin && shift > 0 ? 'improved' : 'inconclusive';
}

const worstFirst: readonly CellOutcome[] = ['regressed', 'inconclusive', 'unchanged', 'improved'];

/** For `Array.sort`: the worse first. */
export function worseOutcome(a: CellOutcome, b: CellOutcome): number {
  return worstFirst.indexOf(a) - worstFirst.indexOf(b);
}

/** Which pack of trials a free worker takes next. */
import type { Trial } from '../store/record.ts';
import type { Pack } from './packs.ts';
import { roundSizes } from './roundSizes.ts';
import { trainingsPerRound } from './trainingsPerRound.ts';

/**
 * Trials with the most labels to train on first, equal ones in the plan's order, which keeps cohorts together: what is
 * handed out last then decides least how long one worker is left alone. Those that other models query for come last, when
 * what these ask for is mostly known.
 */
export function longestFirst(trials: readonly Trial[]): Trial[] {
  const workOf = ({ identity }: Trial): number =>
    trainingsPerRound(identity) * roundSizes(identity).reduce((a, b) => a + b, 0);
  const work = new Map(trials.map((trial) => [trial, workOf(trial)]));
  const isLate = ({ identity }: Trial): number => (identity.queryModel === undefined ? 0 : 1);
  return trials.toSorted((a, b) => isLate(a) - isLate(b) || (work.get(b) ?? 0) - (work.get(a) ?? 0));
}

/**
 * The index in `pending` of the next pack for a worker whose last trial belonged to `lastCohort`: one that begins with
 * the same cohort, whose split and round 0 it still holds; else with one that nobody has begun; else any, so that no
 * worker idles at the end (that worker trains round 0 once more, to the same bits). -1 when nothing is left.
 */
export function nextPack(
  pending: readonly Pack[],
  lastCohort: string | undefined,
  begunCohorts: ReadonlySet<string>,
): number {
  const same = pending.findIndex(([first]) => first?.cohort === lastCohort);
  if (same >= 0) return same;
  const fresh = pending.findIndex(([first]) => first !== undefined && !begunCohorts.has(first.cohort));
  return fresh >= 0 ? fresh : pending.length - 1;
}

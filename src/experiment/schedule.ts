/** Which trial a free worker takes next. */
import type { Trial } from '../store/record.ts';

/**
 * The index in `pending` of the next trial for a worker whose last trial belonged to `lastCohort`: one of the same
 * cohort, whose split and round 0 it still holds; else one of a cohort that nobody has begun; else any, so that no worker
 * idles at the end (that worker trains round 0 once more, to the same bits). -1 when nothing is left.
 */
export function nextTrial(
  pending: readonly Trial[],
  lastCohort: string | undefined,
  begunCohorts: ReadonlySet<string>,
): number {
  const same = pending.findIndex(({ cohort }) => cohort === lastCohort);
  if (same >= 0) return same;
  const fresh = pending.findIndex(({ cohort }) => !begunCohorts.has(cohort));
  return fresh >= 0 ? fresh : pending.length - 1;
}

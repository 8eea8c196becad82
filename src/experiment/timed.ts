/** How long work took a trial: its wall time, with other trials' part in shared runs taken out. */
import type { LearnerClock } from '../learner/learner.ts';

export interface Timed<T> {
  readonly value: T;
  /** Of runs shared with other trials, this trial's part. */
  readonly seconds: number;
  readonly wallSeconds: number;
}

/** Runs `work`, of which only the learner of `clock` shares runs with others. */
export async function timed<T>(clock: LearnerClock, work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const { waited, worked } = clock;
  const value = await work();
  const wallSeconds = (performance.now() - start) / 1000;
  const forOthers = clock.waited - waited - (clock.worked - worked);
  return { value, seconds: wallSeconds - Math.max(0, forOthers), wallSeconds };
}

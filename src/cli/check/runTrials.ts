/** The checked side of a spec: its trials, all that there are by now. */
import type { ExperimentPlan } from '../../experiment/plan.ts';
import { readStore } from '../../store/readStore.ts';
import type { StoredTrial } from '../../store/record.ts';
import type { CheckRequest } from './checkRequest.ts';
import { runCurrent } from './currentRun.ts';

export interface CheckContext {
  readonly signal: AbortSignal;
  /** Whether speeds are to be judged. */
  readonly isTimed: boolean;
  /** Prints a line. */
  readonly note: (line: string) => void;
}

/** Runs what is missing of `plan`, and reads all of it. Throws `UserError`, `Interrupted`. */
export async function runTrials(
  plan: ExperimentPlan,
  { out, numWorkers }: CheckRequest,
  { signal, isTimed }: CheckContext,
): Promise<readonly StoredTrial[]> {
  const directory = await runCurrent(plan, { out, numWorkers, isTimed, signal });
  // Its warnings are of trials that an earlier spec or more seeds have left there.
  return readStore(directory).trials;
}

/** What is left of a plan, given what a directory holds. */
import { trialPath } from '../store/openTrial.ts';
import { readTrial } from '../store/readTrial.ts';
import type { Trial } from '../store/record.ts';
import type { ExperimentPlan } from './plan.ts';

export interface UnfinishedTrial {
  readonly trial: Trial;
  readonly numStoredRounds: number;
}

/** Planned trials without a `finished` footer, in the plan's order; failed and broken ones are to be run again. */
export function unfinishedTrials(plan: ExperimentPlan, directory: string): UnfinishedTrial[] {
  return plan.trials.flatMap((trial) => {
    const file = readTrial(trialPath(directory, trial.id));
    if (file.state !== 'intact') return [{ trial, numStoredRounds: 0 }];
    const { footer, rounds } = file.trial;
    return footer?.status === 'finished' ? [] : [{ trial, numStoredRounds: rounds.length }];
  });
}

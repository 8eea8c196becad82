/** What is left of a plan, given what a directory holds. */
import { trialPath } from '../store/openTrial.ts';
import { readTrial } from '../store/readTrial.ts';
import type { Trial } from '../store/record.ts';
import type { ExperimentPlan } from './plan.ts';

export interface UnfinishedTrial {
  readonly trial: Trial;
  readonly numStoredRounds: number;
}

/**
 * Those of `trials` without a `finished` footer, in their order; failed and broken ones are to be run again. Reads
 * every file. Throws `UserError("newer-schema")`.
 */
export function unfinishedTrials(
  { trials }: Pick<ExperimentPlan, 'trials'>,
  directory: string,
): UnfinishedTrial[] {
  return trials.flatMap((trial) => {
    const file = readTrial(trialPath(directory, trial.id));
    if (file.state !== 'intact') return [{ trial, numStoredRounds: 0 }];
    const { footer, rounds } = file.trial;
    return footer?.status === 'finished' ? [] : [{ trial, numStoredRounds: rounds.length }];
  });
}

/** What a query model asked for where it was the trial's own model, so that it need not be trained once more. */
import { trialPath } from '../store/openTrial.ts';
import { readTrial } from '../store/readTrial.ts';
import type { TrialIdentity } from '../store/record.ts';
import { trialId } from './planIds.ts';
import { acquiringIdentity } from './planQueryModel.ts';

/** By round. Undefined where `identity` has no query model, or where no such trial is finished in `directory`. */
export function storedQueries(
  identity: TrialIdentity,
  directory: string,
): readonly (readonly number[])[] | undefined {
  const acquirer = acquiringIdentity(identity);
  if (acquirer === undefined) return undefined;
  const file = readTrial(trialPath(directory, trialId(acquirer)));
  if (file.state !== 'intact' || file.trial.footer?.status !== 'finished') return undefined;
  return file.trial.rounds.map(({ queriedRows }) => queriedRows);
}

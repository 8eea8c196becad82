/** Reads an experiment's results: all that is planned and stored, and a warning for all that is left out. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../foundation/counted.ts';
import { UserError } from '../foundation/userError.ts';
import { type Experiment, type PlannedTrial, readExperiment } from './experimentFile.ts';
import { guardFile, unlessMissing } from './fileErrors.ts';
import { trialPath } from './openTrial.ts';
import { readTrial } from './readTrial.ts';
import type { StoredTrial } from './record.ts';

export interface StoredExperiment {
  readonly experiment: Experiment;
  /**
   * Planned trials that have begun, unfinished and failed ones included, ordered by id, labelled as planned.
   */
  readonly trials: readonly StoredTrial[];
  /** Whole sentences. */
  readonly warnings: readonly string[];
}

/**
 * Reads the results in `directory`, also while a run is writing to it. Throws `UserError`: `no-results` where
 * it holds none, `newer-schema`, `broken-experiment`, `no-permission`.
 */
export function readStore(directory: string): StoredExperiment {
  const experiment = readExperiment(directory);
  if (experiment === undefined) {
    throw new UserError(
      'no-results',
      `A results directory has an experiment.json, and ${directory} has none. ` +
        'Name a directory that `querybench run` has written.',
    );
  }
  const trials: StoredTrial[] = [];
  const warnings: string[] = [];
  for (const planned of experiment.trials.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const file = readTrial(trialPath(directory, planned.id));
    if (file.state === 'intact') trials.push(relabel(file.trial, planned));
    else if (file.state === 'broken') {
      warnings.push(`${file.message}. The trial is left out; run the experiment again to repeat it.`);
    }
  }
  warnings.push(...warningOfStrays(directory, experiment));
  return { experiment, trials, warnings };
}

function relabel({ header, ...rest }: StoredTrial, { labels }: PlannedTrial): StoredTrial {
  return { header: { ...header, trial: { ...header.trial, labels } }, ...rest };
}

/** Strays are trials outside the plan, e.g. of an earlier version of the spec. */
function warningOfStrays(directory: string, experiment: Experiment): readonly string[] {
  const path = join(directory, 'trials');
  const entries = guardFile('read', path, () => unlessMissing(() => readdirSync(path))) ?? [];
  const planned = new Set(experiment.trials.map(({ id }) => `${id}.jsonl`));
  const numStrays = entries.filter((entry) => entry.endsWith('.jsonl') && !planned.has(entry)).length;
  if (numStrays === 0) return [];
  const subject = counted(numStrays, 'trial is', 'trials are');
  return [`${path}: ${subject} left out, planned by another version of the spec than the last one run.`];
}

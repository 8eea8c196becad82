/**
 * Makes a directory ready to receive an experiment's trials, or says why it may not: nothing foreign is ever
 * touched.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../foundation/makeDirectory.ts';
import { UserError } from '../foundation/userError.ts';
import { lockDirectory } from './directoryLock.ts';
import { type Experiment, readExperiment, writeExperiment } from './experimentFile.ts';
import { guardFile, unlessMissing } from './fileErrors.ts';

export interface ExperimentStore {
  readonly directory: string;
  /** Lets other processes write to the directory again. */
  close(): void;
}

/**
 * Creates `directory` where needed, locks it and writes `experiment.json`; `openTrial` does the rest. Throws
 * `UserError`: `foreign-directory` (it holds something else), `other-experiment`, `directory-locked`,
 * `newer-schema`, `broken-experiment`, `no-permission`, `read-only`, `disk-full`, `not-a-directory`.
 */
export function openStore(directory: string, experiment: Experiment): ExperimentStore {
  guardFile('write', directory, () => makeDirectory(directory));
  checkOwnership(directory, experiment.name);
  const unlock = lockDirectory(directory);
  try {
    checkOwnership(directory, experiment.name);
    guardFile('write', directory, () => makeDirectory(join(directory, 'trials')));
    writeExperiment(directory, experiment);
  } catch (error) {
    unlock();
    throw error;
  }
  return { directory, close: unlock };
}

/**
 * Ours is a directory that is missing or empty, holds nothing but `trials`, or holds this very experiment. Throws
 * what `openStore` throws, and writes nothing.
 */
export function checkOwnership(directory: string, name: string): void {
  const stored = readExperiment(directory);
  if (stored !== undefined && stored.name !== name) {
    throw new UserError(
      'other-experiment',
      `A directory holds one experiment, and ${directory} holds "${stored.name}", not "${name}". ` +
        'Choose another directory with --out, or give the spec that name.',
    );
  }
  if (stored !== undefined) return;
  const entries = guardFile('read', directory, () => unlessMissing(() => readdirSync(directory))) ?? [];
  const foreign = entries.find((entry) => entry !== 'trials' && !entry.startsWith('.'));
  if (foreign === undefined) return;
  throw new UserError(
    'foreign-directory',
    `Results go into a directory of their own, and ${directory} holds other things ("${foreign}"). ` +
      'Choose a new or empty directory with --out.',
  );
}

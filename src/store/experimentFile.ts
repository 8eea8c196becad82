/** `experiment.json`: what an experiment's directory is about, written whole or not at all. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { guardFile, unlessMissing } from './fileErrors.ts';
import { checkVersion } from './readTrial.ts';
import { SCHEMA_VERSION, type Trial, type TrialIdentity } from './record.ts';

/** What is planned, apart from what has been run. */
export interface Experiment {
  readonly name: string;
  /** The resolved spec, as JSON. */
  readonly spec: unknown;
  /** The planned trials. Their labels may differ from those in the records: a new label changes no result. */
  readonly trials: readonly PlannedTrial[];
  /** What was typed to run it; unknown of older results and of runs by the library. */
  readonly command?: string;
}

export interface PlannedTrial extends Pick<Trial, 'id' | 'labels' | 'isBound'> {
  /** For those who follow a run: how far a trial that has not begun will go. Old files lack it. */
  readonly extent?: TrialExtent;
}

export type TrialExtent = Pick<TrialIdentity, 'initialPoolSize' | 'queryBatchSize' | 'budget' | 'seed'>;

/** What `experiment.json` says of a trial. */
export function plannedTrial({ id, labels, isBound, identity }: Trial): PlannedTrial {
  return { id, labels, ...(isBound && { isBound }), extent: extentOf(identity) };
}

export function extentOf({ initialPoolSize, queryBatchSize, budget, seed }: TrialIdentity): TrialExtent {
  return { initialPoolSize, queryBatchSize, budget, seed };
}

function experimentPath(directory: string): string {
  return join(directory, 'experiment.json');
}

/**
 * Reads `experiment.json`; undefined where there is none. Throws `UserError("broken-experiment")` where it is
 * not one, `UserError("newer-schema")` where a newer version wrote it.
 */
export function readExperiment(directory: string): Experiment | undefined {
  const path = experimentPath(directory);
  const text = guardFile('read', path, () => unlessMissing(() => readFileSync(path, 'utf8')));
  if (text === undefined) return undefined;
  const content = parse(text);
  if (content === undefined) {
    throw new UserError(
      'broken-experiment',
      `${path} does not describe an experiment. Delete this one file and run the experiment again: finished trials are kept.`,
    );
  }
  checkVersion(path, content.schemaVersion);
  const { name, spec, trials, command } = content;
  return { name, spec, trials, ...(typeof command === 'string' && { command }) };
}

/** Writes `experiment.json` aside, flushes it and renames it into place. */
export function writeExperiment(directory: string, { name, spec, trials, command }: Experiment): void {
  const planned = trials.map(({ id, labels, isBound, extent }) => ({ id, labels, isBound, extent }));
  const content = {
    schemaVersion: SCHEMA_VERSION,
    name,
    spec,
    ...(command !== undefined && { command }),
    trials: planned,
  };
  writeWhole(experimentPath(directory), `${JSON.stringify(content, undefined, 2)}\n`);
}

function parse(text: string): (Experiment & { readonly schemaVersion: number }) | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { schemaVersion, name, trials } = content as Record<string, unknown>;
  if (typeof schemaVersion !== 'number' || typeof name !== 'string' || !Array.isArray(trials))
    return undefined;
  return content as Experiment & { readonly schemaVersion: number };
}

/** Readers see the old file or the new one, whole, even across a power cut. */
function writeWhole(path: string, text: string): void {
  // Under the directory's lock, so one name does; the dot keeps what a killed process leaves from looking foreign.
  const aside = join(dirname(path), `.${basename(path)}.tmp`);
  guardFile('write', path, () => {
    const file = openSync(aside, 'w');
    try {
      const bytes = Buffer.from(text);
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
    if (process.platform !== 'win32') flushDirectory(dirname(path));
  });
}

/** So that the rename itself outlives a power cut. */
function flushDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/**
 * Appends a trial's records to its file, one whole line at a time. An unfinished trial is taken up again
 * after its last intact line; a broken file is set aside, never overwritten.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { guardFile } from './fileErrors.ts';
import { type ScannedTrial, scanTrial } from './readTrial.ts';
import type { RoundRecord, TrialFooter, TrialHeader } from './record.ts';
import { encodeLine } from './recordLine.ts';

export interface TrialWriter {
  /** What the file held already, in order: the next round to append is number `rounds.length`. */
  readonly rounds: readonly RoundRecord[];
  /** What the user should hear of, e.g. that a broken file was set aside. */
  readonly warnings: readonly string[];
  /**
   * Writes one line; after the footer the file is on the disk for good. Throws `UserError("disk-full")` and
   * the like.
   */
  append(record: RoundRecord | TrialFooter): void;
  close(): void;
}

export interface OpenTrialOptions {
  /** Stored rounds to keep at most, e.g. 0 to start over; by default all of them. */
  readonly keepRounds?: number;
}

/** Where the trial's records stand in an experiment's directory. */
export function trialPath(directory: string, trialId: string): string {
  return join(directory, 'trials', `${trialId}.jsonl`);
}

/**
 * Opens the trial's file in an experiment's `directory` (see `openStore`) to append to it. A stored header is
 * kept with the rounds that follow it; a failed trial loses its footer and goes on. Opening a finished trial
 * is a mistake of the program's, unless rounds are cut off.
 */
export function openTrial(
  directory: string,
  header: TrialHeader,
  options: OpenTrialOptions = {},
): TrialWriter {
  const path = trialPath(directory, header.trial.id);
  const scanned = scanTrial(path);
  const warnings = scanned.state === 'broken' ? [setAside(path, scanned.message)] : [];
  const rounds = keptRounds(scanned, options.keepRounds ?? Number.POSITIVE_INFINITY);
  const keptBytes =
    scanned.state === 'intact' && rounds.length > 0 ? (scanned.lineEnds[rounds.length] ?? 0) : 0;
  const file = guardFile('write', path, () => openSync(path, 'a'));
  let next = rounds.length;
  let writable = true;
  try {
    guardFile('write', path, () => ftruncateSync(file, keptBytes));
    if (keptBytes === 0) appendLine(file, path, encodeLine(header));
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    rounds,
    warnings,
    append(record) {
      const expected = record.kind === 'round' ? record.round : record.numRounds;
      if (!writable || expected !== next)
        throw new Error(`${path}: ${record.kind} ${expected} is out of order`);
      // Nothing may follow the footer, nor a line that the disk took only a part of.
      writable = false;
      appendLine(file, path, encodeLine(record));
      if (record.kind === 'round') {
        writable = true;
        next++;
      } else {
        guardFile('write', path, () => fsyncSync(file));
      }
    },
    close: () => closeSync(file),
  };
}

function keptRounds(scanned: ScannedTrial, atMost: number): readonly RoundRecord[] {
  if (scanned.state !== 'intact') return [];
  const { header, rounds, footer } = scanned.trial;
  if (footer?.status === 'finished' && atMost >= rounds.length) {
    throw new Error(`Trial ${header.trial.id} is finished already`);
  }
  return rounds.slice(0, atMost);
}

/**
 * Writes `line` in a single write. Where the disk takes only a part of it, that part stays behind as a torn
 * last line, which readers drop. Throws `UserError("disk-full")`.
 */
export function appendLine(file: number, path: string, line: string): void {
  const bytes = Buffer.from(line);
  const numWritten = guardFile('write', path, () => writeSync(file, bytes));
  if (numWritten < bytes.length) {
    throw new UserError(
      'disk-full',
      `Cannot write ${path}: the disk took ${numWritten} of ${bytes.length} bytes. ` +
        'Free some space and run again; what is stored so far is kept.',
    );
  }
}

/** Renames a broken file to the first free `<path>.broken-<n>`. Returns the warning to show. */
function setAside(path: string, message: string): string {
  let n = 1;
  while (existsSync(`${path}.broken-${n}`)) n++;
  const aside = `${path}.broken-${n}`;
  guardFile('write', path, () => renameSync(path, aside));
  return `${message}. The file is kept as ${aside}, and the trial runs again.`;
}

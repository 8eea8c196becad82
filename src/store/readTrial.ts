/**
 * Reads a trial's file back. Whatever a killed process leaves (a last line without its newline) is dropped
 * without a word; whatever it cannot leave (a complete line that is damaged or out of order) is reported as
 * broken.
 */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { guardFile, unlessMissing } from './fileErrors.ts';
import { readBytes } from './readBytes.ts';
import {
  type RoundRecord,
  SCHEMA_VERSION,
  type StoredTrial,
  type TrialFooter,
  type TrialHeader,
} from './record.ts';
import { decodeLine } from './recordLine.ts';

export type TrialFile =
  /** No file, or one without a complete first line. */
  | { readonly state: 'absent' }
  /** Perhaps unfinished. */
  | { readonly state: 'intact'; readonly trial: StoredTrial }
  /** `line` counts from 1; `message` names file and line. */
  | { readonly state: 'broken'; readonly line: number; readonly reason: string; readonly message: string };

/** An intact file, and where its lines end: byte offsets after each newline, the header's first. */
export type ScannedTrial = Exclude<TrialFile, { state: 'intact' }> | IntactTrial;

interface IntactTrial {
  readonly state: 'intact';
  readonly trial: StoredTrial;
  readonly lineEnds: readonly number[];
}

const NEWLINE = 0x0a;

/**
 * Reads the file at `path`, named `<trial id>.jsonl`. Throws `UserError("newer-schema")` on results of a
 * newer version.
 */
export function readTrial(path: string): TrialFile {
  const scanned = scanTrial(path);
  return scanned.state === 'intact' ? { state: 'intact', trial: scanned.trial } : scanned;
}

/** Like `readTrial`, with the byte offsets that resuming needs. */
export function scanTrial(path: string): ScannedTrial {
  const bytes = guardFile('read', path, () => unlessMissing(() => readWhole(path)));
  if (bytes === undefined) return { state: 'absent' };
  let header: TrialHeader | undefined;
  const rounds: RoundRecord[] = [];
  let footer: TrialFooter | undefined;
  const lineEnds: number[] = [];
  for (
    let start = 0, end = bytes.indexOf(NEWLINE);
    end >= 0;
    start = end + 1, end = bytes.indexOf(NEWLINE, start)
  ) {
    const decoded = decodeLine(bytes.subarray(start, end));
    const line = lineEnds.length + 1;
    if (!decoded.ok) return broken(path, line, decoded.reason);
    const { record } = decoded;
    if (record.kind === 'header') checkVersion(path, record.schemaVersion);
    const fault = faultInOrder(record, basename(path, '.jsonl'), { header, rounds, footer });
    if (fault !== undefined) return broken(path, line, fault);
    if (record.kind === 'header') header = record;
    else if (record.kind === 'round') rounds.push(record);
    else footer = record;
    lineEnds.push(end + 1);
  }
  if (header === undefined) return { state: 'absent' };
  return { state: 'intact', trial: { header, rounds, ...(footer && { footer }) }, lineEnds };
}

/** The bytes of a file, valid until the next one is read: a store has thousands, and memory for each would be let go of late. */
function readWhole(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(2 * size);
    return readBytes(file, 0, scratch.subarray(0, size));
  } finally {
    closeSync(file);
  }
}

let scratch = Buffer.alloc(0);

/** Throws `UserError("newer-schema")` where `path` was written by a newer querybench than this one. */
export function checkVersion(path: string, schemaVersion: number): void {
  if (schemaVersion <= SCHEMA_VERSION) return;
  throw new UserError(
    'newer-schema',
    `${path} was written with schema version ${schemaVersion}; this querybench reads versions up to ${SCHEMA_VERSION}. ` +
      'Upgrade querybench, or choose another directory.',
  );
}

interface SoFar {
  readonly header: TrialHeader | undefined;
  readonly rounds: readonly RoundRecord[];
  readonly footer: TrialFooter | undefined;
}

/** Why `record` cannot follow what was read `soFar`, if it cannot. */
function faultInOrder(
  record: TrialHeader | RoundRecord | TrialFooter,
  trialId: string,
  { header, rounds, footer }: SoFar,
): string | undefined {
  if (footer !== undefined) return `a ${record.kind} follows the footer`;
  if (record.kind === 'header') {
    if (header !== undefined) return 'a second header follows the first';
    return record.trial.id === trialId ? undefined : `its header belongs to trial ${record.trial.id}`;
  }
  if (header === undefined) return `a ${record.kind} stands where the header should`;
  if (record.kind === 'round') {
    return record.round === rounds.length
      ? undefined
      : `round ${record.round} stands where round ${rounds.length} should`;
  }
  return record.numRounds === rounds.length
    ? undefined
    : `the footer counts ${record.numRounds} rounds, the file holds ${rounds.length}`;
}

function broken(path: string, line: number, reason: string): TrialFile & { state: 'broken' } {
  return { state: 'broken', line, reason, message: `${path}:${line}: this line is broken: ${reason}` };
}

/**
 * Follows a trial's file while somebody writes to it: each look reads what has been added since the last one. A file that was cut
 * (a failed trial goes on, a warm one begins again) or replaced is noticed by the bytes before the place read up to, which
 * end in a checksum, and read anew.
 */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { guardFile, unlessMissing } from './fileErrors.ts';
import { readBytes } from './readBytes.ts';
import { checkVersion } from './readTrial.ts';
import type { TrialLine } from './record.ts';
import { decodeLine } from './recordLine.ts';

interface TrialNews {
  /** What earlier looks returned holds no more. */
  readonly restarted: boolean;
  /** Whole lines only. */
  readonly lines: readonly TrialLine[];
  /** Why nothing is read from here on, until the file is replaced. */
  readonly broken?: string;
  /** When the file was last written to, in milliseconds since 1970. */
  readonly changedAt: number;
}

export interface TrialTail {
  /** Undefined where nothing is new. Throws `UserError("newer-schema")`, `UserError("no-permission")`. */
  look(): TrialNews | undefined;
}

const NEWLINE = 0x0a;
/** Bytes by which the place read up to is known again: the end of a line, its checksum included. */
const MARK_LENGTH = 32;

export function tailTrial(path: string): TrialTail {
  let [offset, stamp, isBroken] = [0, '', false];
  let mark: Buffer = Buffer.alloc(0);

  function readNew(file: number): TrialNews | undefined {
    const { size, mtimeMs, ino } = fstatSync(file);
    if (`${size} ${mtimeMs} ${ino}` === stamp) return undefined;
    stamp = `${size} ${mtimeMs} ${ino}`;
    const restarted =
      offset > 0 && !readBytes(file, offset - mark.length, Buffer.alloc(mark.length)).equals(mark);
    if (restarted) [offset, mark, isBroken] = [0, Buffer.alloc(0), false];
    if (isBroken) return undefined;
    const bytes = readBytes(file, offset, Buffer.alloc(Math.max(0, size - offset)));
    const lines: TrialLine[] = [];
    let broken: string | undefined;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const decoded = decodeLine(bytes.subarray(start, end));
      if (!decoded.ok) {
        broken = decoded.reason;
        break;
      }
      if (decoded.record.kind === 'header') checkVersion(path, decoded.record.schemaVersion);
      lines.push(decoded.record);
      start = end + 1;
    }
    isBroken = broken !== undefined;
    offset += start;
    if (start > 0) mark = Buffer.from(bytes.subarray(Math.max(0, start - MARK_LENGTH), start));
    if (!restarted && lines.length === 0 && broken === undefined) return undefined;
    return { restarted, lines, changedAt: mtimeMs, ...(broken !== undefined && { broken }) };
  }

  return {
    look() {
      const file = guardFile('read', path, () => unlessMissing(() => openSync(path, 'r')));
      if (file === undefined) return undefined;
      try {
        return guardFile('read', path, () => readNew(file));
      } finally {
        closeSync(file);
      }
    },
  };
}

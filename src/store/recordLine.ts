/**
 * A record as one line of text: JSON whose last member is the CRC-32 of the rest, so that a reader verifies
 * the very bytes that were written and any damage within 32 bits of a line is certain to be noticed.
 */
import { crc32 } from 'node:zlib';
import type { TrialLine } from './record.ts';

/** `,"checksum":"xxxxxxxx"}` */
const SUFFIX = /^,"checksum":"([0-9a-f]{8})"\}$/;
const SUFFIX_LENGTH = 23;

export type DecodedLine =
  | { readonly ok: true; readonly record: TrialLine }
  | { readonly ok: false; readonly reason: string };

/** The line of `record`, its newline included. */
export function encodeLine(record: TrialLine): string {
  const text = JSON.stringify(record, record.kind === 'round' ? nonFiniteToString : undefined);
  return `${text.slice(0, -1)},"checksum":"${hexadecimal(crc32(text))}"}\n`;
}

/**
 * The record in `line` (UTF-8, without its newline), or why there is none. Its `kind` is known, the rest is
 * trusted.
 */
export function decodeLine(line: Buffer): DecodedLine {
  const end = Math.max(0, line.length - SUFFIX_LENGTH);
  const stored = SUFFIX.exec(line.toString('latin1', end))?.[1];
  if (stored === undefined) return { ok: false, reason: 'it does not end in a checksum' };
  const actual = hexadecimal(crc32('}', crc32(line.subarray(0, end))));
  if (actual !== stored) return { ok: false, reason: `its checksum is ${actual}, not the stored ${stored}` };
  const record = parse(`${line.toString('utf8', 0, end)}}`);
  if (record === undefined) return { ok: false, reason: 'it is not a record' };
  return { ok: true, record };
}

function parse(text: string): TrialLine | undefined {
  try {
    const record: { kind?: unknown } | null = JSON.parse(text);
    // A reviver takes ten times as long as the rest of parsing, and hardly a line needs it.
    if (record?.kind === 'round')
      return nonFinite.test(text) ? JSON.parse(text, nonFiniteFromString) : (record as TrialLine);
    if (record?.kind === 'header' || record?.kind === 'footer') return record as TrialLine;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

const nonFinite = /"(NaN|-?Infinity)"/;

/**
 * A replacer for `JSON.stringify`. JSON has no NaN or infinities, but a diverged training has such a loss: rounds, free of
 * other strings, name them.
 */
export function nonFiniteToString(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function nonFiniteFromString(_key: string, value: unknown): unknown {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
}

function hexadecimal(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

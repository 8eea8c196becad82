/** Uncompresses a data file's bytes and holds them against the size and the SHA-256 that the catalogue has. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DataFile } from './catalogue.ts';

/** `problem` says what was expected and what was met, as the end of a sentence about the file. */
export type CheckedBytes =
  | { readonly status: 'intact'; readonly bytes: Buffer }
  | { readonly status: 'damaged'; readonly code: DamageCode; readonly problem: string };

type DamageCode = 'truncated-file' | 'oversized-file' | 'wrong-checksum' | 'corrupt-archive';

const gunzipBytes = promisify(gunzip);

/** `stored`: the file's bytes, plain or gzip. */
export async function checkDataFile(stored: Buffer, file: DataFile): Promise<CheckedBytes> {
  const uncompressed = await uncompress(stored, file);
  if (uncompressed.status === 'damaged') return uncompressed;
  const { bytes } = uncompressed;
  if (bytes.length !== file.numBytes) return wrongSize(bytes.length, file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.sha256) {
    return damaged('wrong-checksum', `must have SHA-256 ${file.sha256}, and has ${sha256}`);
  }
  return uncompressed;
}

async function uncompress(stored: Buffer, file: DataFile): Promise<CheckedBytes> {
  if (stored[0] !== 0x1f || stored[1] !== 0x8b) return { status: 'intact', bytes: stored };
  try {
    return { status: 'intact', bytes: await gunzipBytes(stored, { maxOutputLength: file.numBytes }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const expected = `must hold ${file.numBytes} bytes once uncompressed`;
    if (code === 'ERR_BUFFER_TOO_LARGE') return damaged('oversized-file', `${expected}, and holds more`);
    if (code === 'Z_BUF_ERROR') {
      return damaged(
        'truncated-file',
        `${expected}, and the archive ends early, after ${stored.length} bytes`,
      );
    }
    return damaged('corrupt-archive', `${expected}, and cannot be uncompressed (${message})`);
  }
}

function wrongSize(numBytes: number, file: DataFile): CheckedBytes {
  const code = numBytes < file.numBytes ? 'truncated-file' : 'oversized-file';
  return damaged(code, `must have ${file.numBytes} bytes, and has ${numBytes}`);
}

function damaged(code: DamageCode, problem: string): CheckedBytes {
  return { status: 'damaged', code, problem };
}

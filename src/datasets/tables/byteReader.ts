/** A file's bytes as a stream, uncompressed where its name ends in .gz. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../foundation/userError.ts';

const CHUNK_BYTES = 1 << 20;

export interface ByteReader {
  /** Fills `target` with the next bytes. Returns how many there were: fewer only at the end of the file. */
  fill(target: Uint8Array): Promise<number>;
  close(): void;
}

export function isCompressed(path: string): boolean {
  return path.toLowerCase().endsWith('.gz');
}

/** Size of a file as it lies on the disk. Throws `UserError("unreadable-file")`. */
export async function storedBytes(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
    throw new Error('it is no file');
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The uncompressed bytes; `onBytes` is told how many of the file's own were read. Errors of the file system and of the archive come out of the stream as `readingError`s. */
export function openStream(path: string, onBytes?: (stored: number) => void): Readable {
  const stored = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      onBytes?.(chunk.length);
      done(undefined, chunk);
    },
  });
  // An error destroys what is read from with itself.
  const ignore = (): void => {};
  if (!isCompressed(path)) return pipeline(stored, counted, ignore);
  return pipeline(stored, counted, createGunzip({ chunkSize: CHUNK_BYTES }), ignore);
}

/** Turns counts of bytes into how much of the file that is. */
export function progressOf(
  numStored: number,
  onProgress: ((fraction: number) => void) | undefined,
): (numBytes: number) => void {
  let read = 0;
  return (numBytes) => {
    read += numBytes;
    onProgress?.(read / numStored);
  };
}

/** What went wrong while reading, as what the user can mend; what is no such thing comes back as it is. */
export function readingError(path: string, error: unknown): unknown {
  if (error instanceof UserError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_')) {
    return new UserError(
      'corrupt-archive',
      `${path} must be a whole gzip archive, and is not: ${(error as Error).message}. Compress it again.`,
    );
  }
  return /^E[A-Z]+$/.test(code) ? unreadable(path, error) : error;
}

export function openByteReader(path: string, onBytes?: (stored: number) => void): ByteReader {
  const stream = openStream(path, onBytes);
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    async fill(target) {
      let filled = 0;
      while (filled < target.length) {
        if (chunk.length === 0) {
          const next = await chunks.next().catch((error: unknown) => {
            throw readingError(path, error);
          });
          if (next.done) return filled;
          chunk = next.value;
        }
        const part = chunk.subarray(0, target.length - filled);
        target.set(part, filled);
        filled += part.length;
        chunk = chunk.subarray(part.length);
      }
      return filled;
    },
    close: () => void stream.destroy(),
  };
}

function unreadable(path: string, error: unknown): UserError {
  const reason = (error as Error).message;
  return new UserError(
    'unreadable-file',
    `${path} must be a file that can be read, and is not: ${reason}. Correct the path.`,
  );
}

/** Fetches one data file: from mirror to mirror until one gives bytes that are right, then into its place at once. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory } from '../foundation/makeDirectory.ts';
import { UserError } from '../foundation/userError.ts';
import type { DataFile } from './catalogue.ts';
import { checkDataFile } from './checkDataFile.ts';
import { download, partAddress, removePart } from './download.ts';

/** What a download reports. Bytes are of the compressed file; `totalBytes` is known where the server says it. */
export type FetchProgress =
  | { readonly kind: 'started'; readonly file: string; readonly mirror: string }
  | {
      readonly kind: 'bytes';
      readonly file: string;
      readonly receivedBytes: number;
      readonly totalBytes?: number;
    }
  | {
      readonly kind: 'mirror-failed';
      readonly file: string;
      readonly mirror: string;
      readonly reason: string;
    }
  | { readonly kind: 'finished'; readonly file: string; readonly path: string };

export interface MirrorFailure {
  readonly mirror: string;
  readonly reason: string;
}

export interface FetchFileRequest {
  readonly file: DataFile;
  /** Base addresses, each ending in a slash. */
  readonly mirrors: readonly string[];
  readonly folder: string;
  readonly stallMilliseconds: number;
  readonly onProgress: (progress: FetchProgress) => void;
}

export type FetchFileOutcome =
  | { readonly status: 'fetched'; readonly path: string }
  | { readonly status: 'failed'; readonly failures: readonly MirrorFailure[] };

/** How often a connection that did bring bytes may break before the next mirror is asked. */
const MOST_BREAKS = 5;

/** Fetches. A part of an earlier attempt is continued first. Throws `UserError("unwritable-cache")`. */
export async function fetchFile(request: FetchFileRequest): Promise<FetchFileOutcome> {
  const { file, folder, onProgress } = request;
  const target = path.join(folder, file.name);
  try {
    makeDirectory(folder);
    const partPath = `${target}.gz.part`;
    const begun = await partAddress(partPath);
    const isBegun = (mirror: string) => addressOf(mirror, file) === begun;
    const mirrors = [...request.mirrors].sort((a, b) => Number(isBegun(b)) - Number(isBegun(a)));
    const failures: MirrorFailure[] = [];
    for (const mirror of mirrors) {
      onProgress({ kind: 'started', file: file.name, mirror });
      const got = await fromMirror(request, mirror, partPath);
      if (typeof got !== 'string') {
        await writeAside(target, got);
        await removePart(partPath);
        onProgress({ kind: 'finished', file: file.name, path: target });
        return { status: 'fetched', path: target };
      }
      onProgress({ kind: 'mirror-failed', file: file.name, mirror, reason: got });
      failures.push({ mirror, reason: got });
    }
    return { status: 'failed', failures };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new UserError(
      'unwritable-cache',
      `${folder} must be writable, and is not: ${error.message}. Mend that, or set QUERYBENCH_CACHE to another folder.`,
    );
  }
}

/** The checked, uncompressed bytes, or the reason why this mirror has none. */
async function fromMirror(
  request: FetchFileRequest,
  mirror: string,
  partPath: string,
): Promise<Buffer | string> {
  const { file, stallMilliseconds, onProgress } = request;
  const onBytes = (receivedBytes: number, totalBytes: number | undefined) =>
    onProgress({
      kind: 'bytes',
      file: file.name,
      receivedBytes,
      ...(totalBytes !== undefined && { totalBytes }),
    });
  for (let numBreaks = 0; ; ) {
    const outcome = await download({ url: addressOf(mirror, file), partPath, stallMilliseconds, onBytes });
    if (outcome.status === 'refused') return outcome.reason;
    if (outcome.status === 'broken') {
      if (outcome.newBytes === 0 || ++numBreaks > MOST_BREAKS) return outcome.reason;
      continue;
    }
    const checked = await checkDataFile(await readFile(partPath), file);
    if (checked.status === 'intact') return checked.bytes;
    await removePart(partPath);
    // A part whose server has no ETag may have been of an older version: once more, from the start.
    if (!outcome.resumed) return `the file ${checked.problem}`;
  }
}

function addressOf(mirror: string, file: DataFile): string {
  return `${mirror}${file.name}.gz`;
}

/** Readers see the whole file or none, even if the machine stops at any moment. */
async function writeAside(target: string, bytes: Buffer): Promise<void> {
  const aside = `${target}.${process.pid}.tmp`;
  try {
    const handle = await open(aside, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

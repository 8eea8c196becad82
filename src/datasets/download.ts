/**
 * Brings one file from one address into a `.part` file, going on where an earlier attempt broke off. What the part
 * belongs to stands beside it in `.part.json`: a part of another address, or of an older version, is not continued.
 */
import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises';

export interface DownloadRequest {
  readonly url: string;
  readonly partPath: string;
  /** Give up when no byte has come for this long. */
  readonly stallMilliseconds: number;
  /** Called at the start and after every chunk; `totalBytes` where the server says it. */
  readonly onBytes?: (receivedBytes: number, totalBytes: number | undefined) => void;
}

/**
 * `broken`: the connection failed after `newBytes` bytes; trying again goes on from there. `refused`: the server
 * answered, but not with the file.
 */
export type DownloadOutcome =
  | { readonly status: 'complete'; readonly resumed: boolean }
  | { readonly status: 'broken'; readonly reason: string; readonly newBytes: number }
  | { readonly status: 'refused'; readonly reason: string };

interface PartNote {
  readonly url: string;
  /** A strong validator, or nothing. */
  readonly etag?: string;
}

/** Downloads. Throws only errors of the local file system. */
export async function download(request: DownloadRequest): Promise<DownloadOutcome> {
  const { url, partPath, stallMilliseconds } = request;
  const note = await readPartNote(partPath);
  const offset = note?.url === url ? await sizeOf(partPath) : 0;
  const watch = watchForStall(stallMilliseconds);
  try {
    const response = await fetch(url, { headers: requestHeaders(offset, note), signal: watch.signal });
    if (response.status === 416 && offset > 0) {
      await response.body?.cancel();
      if (response.headers.get('content-range') === `bytes */${offset}`) {
        return { status: 'complete', resumed: true };
      }
      await removePart(partPath);
      return await download(request);
    }
    if (response.status !== 200 && response.status !== 206) {
      await response.body?.cancel();
      return { status: 'refused', reason: `HTTP ${response.status} ${response.statusText}`.trim() };
    }
    const resumed = response.status === 206;
    if (resumed && !response.headers.get('content-range')?.startsWith(`bytes ${offset}-`)) {
      await response.body?.cancel();
      await removePart(partPath);
      if (offset === 0) return { status: 'refused', reason: 'the server answered with another range' };
      return await download(request);
    }
    return await receive(response, request, resumed ? offset : 0, watch);
  } catch (error) {
    if (isFileSystemError(error)) throw error;
    return { status: 'broken', reason: watch.reason() ?? networkReason(error), newBytes: 0 };
  } finally {
    watch.stop();
  }
}

/** Forgets an unfinished download. */
export async function removePart(partPath: string): Promise<void> {
  await rm(partPath, { force: true });
  await rm(`${partPath}.json`, { force: true });
}

/** The address that an unfinished download comes from, if there is one. */
export async function partAddress(partPath: string): Promise<string | undefined> {
  return (await readPartNote(partPath))?.url;
}

async function receive(
  response: Response,
  { url, partPath, onBytes }: DownloadRequest,
  offset: number,
  watch: StallWatch,
): Promise<DownloadOutcome> {
  const length = response.headers.get('content-length');
  const totalBytes = length === null ? undefined : offset + Number(length);
  const part = await open(partPath, offset > 0 ? 'a' : 'w');
  let received = offset;
  try {
    await writeFile(`${partPath}.json`, JSON.stringify({ url, ...strongEtag(response) } satisfies PartNote));
    onBytes?.(received, totalBytes);
    for await (const chunk of chunksOf(response)) {
      watch.progress();
      await writeAll(part, chunk);
      received += chunk.length;
      onBytes?.(received, totalBytes);
    }
  } catch (error) {
    if (isFileSystemError(error)) throw error;
    return { status: 'broken', reason: watch.reason() ?? networkReason(error), newBytes: received - offset };
  } finally {
    await part.close();
  }
  if (totalBytes !== undefined && received < totalBytes) {
    const reason = `the connection closed after ${received} of ${totalBytes} bytes`;
    return { status: 'broken', reason, newBytes: received - offset };
  }
  return { status: 'complete', resumed: offset > 0 };
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body !== null) yield* response.body;
}

async function writeAll(part: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    written += (await part.write(chunk, written)).bytesWritten;
  }
}

function requestHeaders(offset: number, note: PartNote | undefined): Record<string, string> {
  // Ranges must count the file's own bytes, so no transfer compression.
  const plain = { 'accept-encoding': 'identity' };
  if (offset === 0) return plain;
  const range = { ...plain, range: `bytes=${offset}-` };
  return note?.etag === undefined ? range : { ...range, 'if-range': note.etag };
}

function strongEtag(response: Response): { etag?: string } {
  const etag = response.headers.get('etag');
  return etag === null || etag.startsWith('W/') ? {} : { etag };
}

interface StallWatch {
  readonly signal: AbortSignal;
  readonly progress: () => void;
  readonly stop: () => void;
  /** Why the signal fired, if it has. */
  readonly reason: () => string | undefined;
}

function watchForStall(milliseconds: number): StallWatch {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return {
    signal: controller.signal,
    progress: () => timer.refresh(),
    stop: () => clearTimeout(timer),
    reason: () => (controller.signal.aborted ? `nothing came for ${milliseconds / 1000} s` : undefined),
  };
}

async function readPartNote(partPath: string): Promise<PartNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(`${partPath}.json`, 'utf8'));
    if (typeof note !== 'object' || note === null || !('url' in note)) return undefined;
    const { url } = note;
    const etag = 'etag' in note ? note.etag : undefined;
    if (typeof url !== 'string') return undefined;
    return typeof etag === 'string' ? { url, etag } : { url };
  } catch {
    return undefined; // None, or cut off while it was written: the part is not continued.
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  );
}

/** Node's file-system errors name the system call; the network's come wrapped by `fetch`. */
function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}

function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  const { code, message } = cause as NodeJS.ErrnoException;
  return message || code || 'the connection failed';
}

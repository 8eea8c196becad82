import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type FetchProgress, fetchFile } from '../../src/datasets/fetchFile.ts';
import { temporaryFolder } from '../folders.ts';
import { type Behaviour, startMirror } from './mirrorServer.ts';
import { dataFileOf } from './tinyEntry.ts';

const bytes = randomBytes(20_000);
const archive = gzipSync(bytes);
const file = dataFileOf('rows', bytes);
const address = '/rows.gz';

/** Fetches from one server per list of behaviours, each list giving the answers to that server's requests in turn. */
async function fetchFrom(
  mirrors: readonly (readonly (Behaviour | undefined)[])[],
  prepare?: (folder: string, bases: readonly string[]) => Promise<void>,
) {
  const folder = temporaryFolder();
  const servers = await Promise.all(
    mirrors.map((behaviours) =>
      startMirror(
        (p) => (p === address ? archive : undefined),
        (n) => behaviours[n],
      ),
    ),
  );
  const bases = servers.map((server) => server.base);
  await prepare?.(folder, bases);
  const progress: FetchProgress[] = [];
  const outcome = await fetchFile({
    file,
    mirrors: bases,
    folder,
    stallMilliseconds: 150,
    onProgress(event) {
      progress.push(event);
      if (event.kind === 'bytes') for (const server of servers) server.noteReceived(event.receivedBytes);
    },
  });
  const requests = servers.map((server) => server.requests);
  return { outcome, requests, progress, folder, bases };
}

/** The file is in its place, right, and nothing else is left. */
async function expectFetched({ outcome, folder }: Awaited<ReturnType<typeof fetchFrom>>): Promise<void> {
  expect(outcome).toEqual({ status: 'fetched', path: path.join(folder, 'rows') });
  expect(bytes.equals(await readFile(path.join(folder, 'rows')))).toBe(true);
  expect(await readdir(folder)).toEqual(['rows']);
}

/** A part of an interrupted download, as an earlier process would have left it. */
function leavePart(part: Buffer, note: (bases: readonly string[]) => object) {
  return async (folder: string, bases: readonly string[]) => {
    await writeFile(path.join(folder, 'rows.gz.part'), part);
    await writeFile(path.join(folder, 'rows.gz.part.json'), JSON.stringify(note(bases)));
  };
}
const fromFirst = (bases: readonly string[]) => ({ url: `${bases[0]}rows.gz` });

it('fetches, uncompresses and reports', async () => {
  const fetched = await fetchFrom([[]]);
  await expectFetched(fetched);
  const { progress, bases, folder } = fetched;
  expect(progress[0]).toEqual({ kind: 'started', file: 'rows', mirror: bases[0] });
  expect(progress.at(-1)).toEqual({ kind: 'finished', file: 'rows', path: path.join(folder, 'rows') });
  const received = progress.flatMap((event) => (event.kind === 'bytes' ? [event.receivedBytes] : []));
  expect(received).toEqual([...received].sort((a, b) => a - b));
  expect(received.at(-1)).toBe(archive.length);
  expect(progress).toContainEqual(expect.objectContaining({ totalBytes: archive.length }));
});

it('takes a mirror that does not say how long the file is', async () => {
  await expectFetched(await fetchFrom([[{ chunked: true }]]));
});

describe('a connection that drops midway', () => {
  it('is taken up where it broke off, with If-Range where there is an ETag', async () => {
    const fetched = await fetchFrom([
      [{ dropAfter: 5000, etag: '"v1"' }, { dropAfter: 4000, etag: '"v1"' }, { etag: '"v1"' }],
    ]);
    await expectFetched(fetched);
    expect(fetched.requests[0]).toEqual([
      `${address} - -`,
      `${address} bytes=5000- "v1"`,
      `${address} bytes=9000- "v1"`,
    ]);
  });

  it('starts over where the server ignores ranges', async () => {
    const fetched = await fetchFrom([[{ dropAfter: 5000 }, { ignoreRange: true }]]);
    await expectFetched(fetched);
    expect(fetched.requests[0]).toEqual([`${address} - -`, `${address} bytes=5000- -`]);
  });

  it('starts over where the file has changed in between', async () => {
    await expectFetched(await fetchFrom([[{ dropAfter: 5000, etag: '"v1"' }, { etag: '"v2"' }]]));
  });

  it('starts over where the server answers with another range', async () => {
    const fetched = await fetchFrom([[{ dropAfter: 5000 }, { wrongRange: true }]]);
    await expectFetched(fetched);
    expect(fetched.requests[0]).toHaveLength(3);
  });

  it('goes to the next mirror when no byte comes any more', async () => {
    const fetched = await fetchFrom([[{ dropAfter: 5000 }, { dropAfter: 0 }], []]);
    await expectFetched(fetched);
    expect(fetched.requests.map((each) => each.length)).toEqual([2, 1]);
  });

  it('does not go on for ever', async () => {
    const { outcome, requests } = await fetchFrom([Array(50).fill({ dropAfter: 10 })]);
    expect(outcome.status).toBe('failed');
    expect(requests[0]?.length).toBeLessThan(10);
  });
});

describe('a part that an earlier process left', () => {
  it('is continued', async () => {
    const fetched = await fetchFrom([[]], leavePart(archive.subarray(0, 7000), fromFirst));
    await expectFetched(fetched);
    expect(fetched.requests).toEqual([[`${address} bytes=7000- -`]]);
  });

  it('is continued from its own mirror, whatever the order', async () => {
    const note = (bases: readonly string[]) => ({ url: `${bases[1]}rows.gz` });
    const fetched = await fetchFrom([[], []], leavePart(archive.subarray(0, 7000), note));
    await expectFetched(fetched);
    expect(fetched.requests).toEqual([[], [`${address} bytes=7000- -`]]);
  });

  it('is not continued from another address', async () => {
    const note = () => ({ url: 'http://mirror.invalid/rows.gz' });
    const fetched = await fetchFrom([[]], leavePart(archive.subarray(0, 7000), note));
    await expectFetched(fetched);
    expect(fetched.requests).toEqual([[`${address} - -`]]);
  });

  it('is used as it is when it was complete (416)', async () => {
    const fetched = await fetchFrom([[]], leavePart(archive, fromFirst));
    await expectFetched(fetched);
    expect(fetched.requests[0]).toEqual([`${address} bytes=${archive.length}- -`]);
  });

  it('is thrown away when it is longer than the file (416)', async () => {
    const fetched = await fetchFrom([[]], leavePart(Buffer.concat([archive, archive]), fromFirst));
    await expectFetched(fetched);
    expect(fetched.requests[0]?.[1]).toBe(`${address} - -`);
  });

  it('is thrown away when it was of other bytes', async () => {
    const fetched = await fetchFrom([[]], leavePart(randomBytes(7000), fromFirst));
    await expectFetched(fetched);
    expect(fetched.requests[0]).toEqual([`${address} bytes=7000- -`, `${address} - -`]);
  });
});

describe('goes to the next mirror', () => {
  it.each<[string, Behaviour, RegExp]>([
    ['after 404', { status: 404 }, /^HTTP 404/],
    ['after 500', { status: 500 }, /^HTTP 500/],
    ['after other bytes', { body: gzipSync(randomBytes(20_000)) }, /must have SHA-256/],
    [
      'after bytes that are no archive',
      { body: Buffer.from('<html>Log in</html>') },
      /must have 20000 bytes/,
    ],
    ['after an archive that grows too large', { body: gzipSync(Buffer.alloc(1e6)) }, /holds more/],
    ['after a stall before the first byte', { stallAfter: 0 }, /nothing came for 0.15 s/],
  ])('%s', async (_, behaviour, reason) => {
    const fetched = await fetchFrom([[behaviour], []]);
    await expectFetched(fetched);
    expect(fetched.progress).toContainEqual({
      kind: 'mirror-failed',
      file: 'rows',
      mirror: fetched.bases[0],
      reason: expect.stringMatching(reason),
    });
  });

  it('after a stall midway that resuming does not cure', async () => {
    const fetched = await fetchFrom([[{ stallAfter: 100 }, { stallAfter: 0 }], []]);
    await expectFetched(fetched);
    expect(fetched.requests[0]).toEqual([`${address} - -`, `${address} bytes=100- -`]);
  });
});

it('says why each mirror failed and keeps the part for the next time', async () => {
  const { outcome, folder, bases } = await fetchFrom([
    [{ dropAfter: 5000 }, { dropAfter: 0 }],
    [{ status: 403 }],
  ]);
  expect(outcome).toEqual({
    status: 'failed',
    failures: [
      { mirror: bases[0], reason: expect.any(String) },
      { mirror: bases[1], reason: 'HTTP 403 Forbidden' },
    ],
  });
  expect((await readdir(folder)).sort()).toEqual(['rows.gz.part', 'rows.gz.part.json']);
  expect(archive.subarray(0, 5000).equals(await readFile(path.join(folder, 'rows.gz.part')))).toBe(true);
});

it('says that a folder cannot be written to', async () => {
  const folder = temporaryFolder();
  await mkdir(path.join(folder, 'a'));
  await writeFile(path.join(folder, 'a', 'file'), '');
  const request = { file, mirrors: [], stallMilliseconds: 100, onProgress: () => {} };
  await expect(fetchFile({ ...request, folder: path.join(folder, 'a', 'file', 'b') })).rejects.toMatchObject({
    name: 'UserError',
    code: 'unwritable-cache',
    message: expect.stringContaining('QUERYBENCH_CACHE'),
  });
});

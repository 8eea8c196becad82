import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { catalogue, datasetNames } from '../../src/datasets/catalogue.ts';
import { fetchDataset, fetchFiles } from '../../src/datasets/fetchDataset.ts';
import type { FetchProgress } from '../../src/datasets/fetchFile.ts';
import { loadFiles } from '../../src/datasets/loadDataset.ts';
import { temporaryFolder } from '../folders.ts';
import { startMirror } from './mirrorServer.ts';
import { tinyEntry, tinyFiles, writeTinyFiles } from './tinyEntry.ts';

let cacheDirectory = '';
beforeEach(async () => {
  cacheDirectory = temporaryFolder();
  vi.stubEnv('QUERYBENCH_DATA', undefined);
  vi.stubEnv('QUERYBENCH_MIRROR', undefined);
  vi.stubEnv('QUERYBENCH_CACHE', cacheDirectory);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function bodyOf(address: string): Buffer | undefined {
  const bytes = tinyFiles.get(path.posix.basename(address, '.gz'));
  return bytes && gzipSync(bytes);
}

it('fetches every file that is missing, after which the data set loads', async () => {
  const mirror = await startMirror(bodyOf);
  const progress: FetchProgress[] = [];
  const onProgress = (event: FetchProgress) => progress.push(event);
  const found = await fetchFiles(tinyEntry, { mirrors: [mirror.base], onProgress });
  expect(found.map((each) => each.status === 'found' && each.origin)).toEqual(Array(4).fill('cache'));
  expect(progress.filter(({ kind }) => kind === 'finished')).toHaveLength(4);
  expect([...(await loadFiles(tinyEntry)).labels]).toEqual([0, 1, 2, 1, 0]);
  await fetchFiles(tinyEntry, { mirrors: [mirror.base] });
  expect(mirror.requests).toHaveLength(4);
});

it('fetches anew what is damaged in the cache, and that alone', async () => {
  const mirror = await startMirror(bodyOf);
  await writeTinyFiles(path.join(cacheDirectory, 'tiny'), (bytes, name) =>
    name === 't10k-labels-idx1-ubyte' ? bytes.subarray(1) : bytes,
  );
  await fetchFiles(tinyEntry, { mirrors: [mirror.base] });
  expect(mirror.requests).toEqual(['/t10k-labels-idx1-ubyte.gz - -']);
  await loadFiles(tinyEntry);
});

it('asks QUERYBENCH_MIRROR first, in a folder of the data set', async () => {
  const [own, other] = [await startMirror(bodyOf), await startMirror(bodyOf)];
  vi.stubEnv('QUERYBENCH_MIRROR', `${own.base}data/`);
  await fetchFiles(tinyEntry, { mirrors: [other.base] });
  expect(own.requests).toContain('/data/tiny/train-images-idx3-ubyte.gz - -');
  expect(other.requests).toEqual([]);
});

it('puts the files into the cache folder that it is given', async () => {
  const elsewhere = temporaryFolder();
  const mirror = await startMirror(bodyOf);
  const [first] = await fetchFiles(tinyEntry, { mirrors: [mirror.base], cacheDirectory: elsewhere });
  expect(first).toMatchObject({ path: path.join(elsewhere, 'tiny', 'train-images-idx3-ubyte') });
});

it('says in one error why every mirror failed, and every other way', async () => {
  const missing = await startMirror(() => undefined);
  const gone = 'http://127.0.0.1:2/';
  const error = await fetchFiles(tinyEntry, { mirrors: [missing.base, gone] }).catch((e: unknown) => e);
  expect(error).toMatchObject({ name: 'UserError', code: 'download-failed' });
  const message = String(error);
  for (const part of [
    `${missing.base}: HTTP 404`,
    `${gone}: connect ECONNREFUSED`,
    'npm install it',
    'QUERYBENCH_DATA',
    'QUERYBENCH_MIRROR',
  ]) {
    expect(message).toContain(part);
  }
  expect(message.split('\n')).toHaveLength(4);
});

it('does not touch the network for what is there', async () => {
  const mirror = await startMirror(() => undefined);
  const found = await fetchDataset('digits', { mirrors: [mirror.base] });
  expect(found).toMatchObject([{ status: 'found', origin: 'vendored' }]);
  expect(mirror.requests).toEqual([]);
});

it('answers an unknown name with the nearest', async () => {
  await expect(fetchDataset('minst')).rejects.toThrow(/Did you mean "mnist"\?/);
});

it('knows mirrors for all that is not vendored', () => {
  for (const name of datasetNames) {
    const { mirrors, provider } = catalogue[name];
    expect(mirrors.length > 1 || provider.origin === 'vendored').toBe(true);
    expect(mirrors.every((mirror) => URL.canParse(mirror) && mirror.endsWith('/'))).toBe(true);
  }
});

it('tells a cache that cannot be written to', async () => {
  const file = path.join(cacheDirectory, 'tiny');
  await mkdir(cacheDirectory, { recursive: true });
  await writeFile(file, 'in the way');
  await expect(fetchFiles(tinyEntry, { mirrors: [] })).rejects.toMatchObject({ code: 'unwritable-cache' });
});

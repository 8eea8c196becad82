import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UserError } from '../../src/foundation/userError.ts';
import { slugs } from '../../src/render/slugs.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { temporaryFolder } from '../folders.ts';

// Charts are drawn on a thread, which runs what is built.
const built = new URL('../../dist/render/index.js', import.meta.url).href;
const { writeReport }: typeof import('../../src/render/index.ts') = await import(built);

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

// Nothing is removed from a folder that must not be written to.
afterEach(() => chmod(folder, 0o755));

const trials = syntheticSweep({
  strategies: ['random', 'margin'],
  seeds: [1, 2],
  initialPoolSizes: [20, 50],
});

async function userErrorOf(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect((error as Error).constructor.name).toBe('UserError');
  return error as UserError;
}

test('a report is a page, two tables and three files per chart, and nothing is left aside', async () => {
  const outDirectory = join(folder, 'deep', 'report');
  const files = await writeReport({
    trials,
    outDirectory,
    name: 'my sweep',
    command: 'querybench run sweep.yaml',
  });
  const found = (await readdir(outDirectory, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
  expect(found).toEqual([
    'curves',
    'curves/digits-mlp-initial-pool-20.png',
    'curves/digits-mlp-initial-pool-20.svg',
    'curves/digits-mlp-initial-pool-20.vl.json',
    'curves/digits-mlp-initial-pool-50.png',
    'curves/digits-mlp-initial-pool-50.svg',
    'curves/digits-mlp-initial-pool-50.vl.json',
    'overlap',
    'overlap.csv',
    'overlap/digits-mlp-initial-pool-20.png',
    'overlap/digits-mlp-initial-pool-20.svg',
    'overlap/digits-mlp-initial-pool-20.vl.json',
    'overlap/digits-mlp-initial-pool-50.png',
    'overlap/digits-mlp-initial-pool-50.svg',
    'overlap/digits-mlp-initial-pool-50.vl.json',
    'report.html',
    'summary.csv',
    'summary.json',
    'summary.md',
    'summary.tex',
  ]);
  expect(files.curves.map((curve) => curve.title)).toEqual([
    'digits, mlp, initial pool 20',
    'digits, mlp, initial pool 50',
  ]);
  const html = await readFile(files.html, 'utf8');
  expect(html).toContain('querybench run sweep.yaml');
  expect(html).toContain('onnx (cpu)');
  expect(html.match(/<figure/g)?.length).toBeGreaterThanOrEqual(4);
  expect(html).toContain('Selection overlap');
  expect(await readFile(files.summaryMarkdown, 'utf8')).toMatch(/^# my sweep\n\nThroughout: dataset digits/);
  expect((await readFile(files.summaryCsv, 'utf8')).trimEnd().split('\n')).toHaveLength(5);
  for (const { svg, png, vegaLite } of [...files.curves, ...files.overlaps]) {
    expect(html).toContain((await readFile(svg, 'utf8')).match(/>digits, mlp, initial pool \d+</)?.[0]);
    expect((await readFile(png)).subarray(1, 4).toString()).toBe('PNG');
    expect(JSON.parse(await readFile(vegaLite, 'utf8'))).toHaveProperty('$schema');
  }
});

test('a second report replaces the first, and is the same for the same records in another order', async () => {
  const first = await writeReport({ trials, outDirectory: folder, name: 'sweep' });
  const before = await Promise.all([first.html, first.summaryCsv].map((path) => readFile(path, 'utf8')));
  await writeReport({ trials: [...trials].reverse(), outDirectory: folder, name: 'sweep' });
  expect(await Promise.all([first.html, first.summaryCsv].map((path) => readFile(path, 'utf8')))).toEqual(
    before,
  );
});

test('what the records lack is warned of in page and table, after what the caller knows', async () => {
  const failed = syntheticTrial({ seed: 9, status: 'failed', reason: 'the loss became NaN' });
  const files = await writeReport({
    trials: [...trials, failed],
    outDirectory: folder,
    name: 'sweep',
    warnings: ['One record file was broken.'],
  });
  for (const path of [files.html, files.summaryMarkdown]) {
    expect(await readFile(path, 'utf8')).toMatch(/One record file was broken\.[\s\S]*the loss became NaN/);
  }
});

test('without a finished trial there is no report, but word of how to get one', async () => {
  const none = [
    syntheticTrial({ seed: 1, status: 'unfinished' }),
    syntheticTrial({ seed: 2, status: 'unfinished' }),
    syntheticTrial({ seed: 3, status: 'failed', reason: 'the loss became NaN' }),
  ];
  const command = 'querybench run sweep.yaml';
  const error = await userErrorOf(
    writeReport({ trials: none, outDirectory: folder, name: 'sweep', command, numPlanned: 10 }),
  );
  expect(error.code).toBe('no-finished-trial');
  expect(error.message).toMatch(
    /2 .*unfinished.* 1 .*failed, 7 have not begun.*the loss became NaN.*querybench run sweep\.yaml/,
  );
  expect(await readdir(folder)).toEqual([]);
});

test('a path through a file is the user’s to mend, and named', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const outDirectory = join(file, 'report');
  const error = await userErrorOf(writeReport({ trials, outDirectory, name: 'sweep' }));
  expect(error.code).toBe('cannot-write');
  expect(error.message).toContain(outDirectory);
});

test('a folder where a file belongs is the user’s to mend, and nothing is left aside', async () => {
  const { html } = await writeReport({ trials, outDirectory: folder, name: 'sweep' });
  await rm(html);
  await writeReport({ trials, outDirectory: html, name: 'sweep' });
  const error = await userErrorOf(writeReport({ trials, outDirectory: folder, name: 'sweep' }));
  expect(error.code).toBe('cannot-write');
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

// The superuser may write anywhere, so this says nothing there; Windows has no such permissions.
test.skipIf(process.getuid === undefined || process.getuid() === 0)(
  'a folder without write permission is the user’s to mend',
  async () => {
    await chmod(folder, 0o500);
    const error = await userErrorOf(
      writeReport({ trials, outDirectory: join(folder, 'report'), name: 'sweep' }),
    );
    expect(error.message).toMatch(/permission is denied/);
  },
);

test('file names are plain, and never two the same', () => {
  expect(slugs(['Digits, MLP; pool 20', 'digits mlp pool 20', '../..', 'épée', '日本'])).toEqual([
    'digits-mlp-pool-20',
    'digits-mlp-pool-20-2',
    'chart',
    'e-pe-e',
    'chart-2',
  ]);
});

/** What a spec may say of a user's own files, and what it may not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refuse } from '../cli/querybench.ts';
import { temporaryFolder } from '../folders.ts';
import { parse, specText } from './sampleSpec.ts';
import { writeSpec } from './sweeps.ts';

test.each<readonly [dataset: string, says: string]>([
  ['{label: x}', 'dataset: must have a "name" or, for your own data, a "path"; met neither'],
  ['{path: d.csv}', 'dataset: must have "labels" beside "path"; met none; name a column or a file'],
  ['{name: digits, path: d.csv, labels: y}', 'dataset.path: must not stand beside "name"; met "d.csv"'],
  ['{name: digits, labels: y}', 'dataset.labels: must stand beside a "path"; met "y"'],
  ['{name: digits, exclude: [a]}', 'dataset.exclude: must stand beside a "path"; met ["a"]'],
  [
    '{name: digits, normalization: minmax}',
    'dataset.normalization: must be unit or standard where there is no "path"',
  ],
  ['{path: d.csv, labels: y, test: 0}', 'dataset.test: must be'],
  [
    '{path: d.csv, labels: y, test: 0.2, split: {test: 0.3}}',
    'dataset.test: must not stand beside "test" in the split',
  ],
  ['{path: d.csv, labels: y, test: {pth: e.csv}}', 'dataset.test.pth: is unknown; did you mean "path"?'],
])('%s', (dataset, says) => {
  expect(() => parse(specText({ dataset }))).toThrow(says);
});

test('paths are relative to the spec’s folder; names of columns stay', () => {
  const dataset = '{path: a.npy, labels: y.npy, test: {path: b.npy, labels: z.npy}}';
  expect(parse(specText({ dataset })).dataset).toMatchObject([
    {
      ...{ path: join('lab', 'a.npy'), labels: join('lab', 'y.npy') },
      test: { path: join('lab', 'b.npy'), labels: join('lab', 'z.npy') },
    },
  ]);
  const table = '{path: a.csv, labels: species, test: b.csv}';
  expect(parse(specText({ dataset: table })).dataset).toMatchObject([
    { path: join('lab', 'a.csv'), labels: 'species', test: join('lab', 'b.csv') },
  ]);
});

test('a bad value in a file is said before anything is run, with file, line and column', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'd.csv'), 'x,y,c\n1,2,a\n3,inf,b\n');
  const sizes = { initialPoolSize: 1, queryBatchSize: 1, rounds: 1 };
  const spec = writeSpec(cwd, { name: 'bad', dataset: { path: 'd.csv', labels: 'c' }, ...sizes });
  await refuse(['run', spec], ['d.csv, line 3, column "y"', 'is "inf"'], { cwd });
});

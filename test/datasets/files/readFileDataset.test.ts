/** A user's own files as a data set: shapes, classes and fingerprints, and everything that is refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileSource } from '../../../src/datasets/dataset.ts';
import { readFileDataset } from '../../../src/datasets/files/readFileDataset.ts';
import { writeNpy } from '../../../src/datasets/tables/index.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { temporaryFolder } from '../../folders.ts';

const table = 'id,x,y,species\n7,0.5,1,dog\n8,1.5,2,cat\n9,2.5,3,dog\n10,3.5,4,cat\n';
const numbers = (length: number) => Float32Array.from({ length }, (_, i) => i);

/** Writes `files` into a new folder and reads the data set there. */
async function read(
  files: Readonly<Record<string, string | ((path: string) => void)>>,
  source: Omit<FileSource, 'exclude'> & { readonly exclude?: readonly string[] },
  folder?: string,
) {
  const cwd = folder ?? temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === 'string') writeFileSync(join(cwd, name), content);
    else content(join(cwd, name));
  }
  const at = <T extends object>(from: T): T =>
    'path' in from ? { ...from, path: join(cwd, String(from.path)) } : from;
  const { test: tested, ...rest } = source;
  return readFileDataset({
    exclude: [],
    ...at(rest),
    labels: at(source.labels),
    ...(tested && { test: { ...at(tested), labels: at(tested.labels) } }),
  });
}

const npy = (shape: readonly number[]) => (path: string) =>
  writeNpy(path, numbers(shape.reduce((product, size) => product * size, 1)), shape);

test('a table with a column of text labels', async () => {
  const source = { path: 'd.csv', labels: { column: 'species' }, exclude: ['id'] };
  const { info, features, labels } = await read({ 'd.csv': table }, source);
  expect(features).toEqual(Float32Array.of(0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4));
  expect(labels).toEqual(Int32Array.of(1, 0, 1, 0));
  expect(info).toMatchObject({ numSamples: 4, numTrainFileSamples: 4, sampleShape: [2], numClasses: 2 });
  expect(info.classNames).toEqual(['cat', 'dog']);
});

test('images of any shape, and labels that are any whole numbers', async () => {
  for (const sampleShape of [[3], [5, 4], [3, 5, 4]]) {
    const { info, labels } = await read(
      { 'x.npy': npy([4, ...sampleShape]), 'y.csv': '10\n-2\n-2\n10\n' },
      { path: 'x.npy', labels: { path: 'y.csv' } },
    );
    expect(info.sampleShape).toEqual(sampleShape);
    expect(info.classNames).toEqual(['-2', '10']);
    expect([...labels]).toEqual([1, 0, 0, 1]);
  }
});

test('bytes stay bytes; more than 256 classes', async () => {
  const numClasses = 300;
  const { features, labels, info } = await read(
    {
      'x.npy': (path) => writeNpy(path, new Uint8Array(2 * numClasses), [2 * numClasses, 1]),
      'y.npy': (path) =>
        writeNpy(
          path,
          Int32Array.from({ length: 2 * numClasses }, (_, i) => i >> 1),
          [2 * numClasses],
        ),
    },
    { path: 'x.npy', labels: { path: 'y.npy' } },
  );
  expect(features).toBeInstanceOf(Uint8Array);
  expect(info.numClasses).toBe(numClasses);
  expect(labels[2 * numClasses - 1]).toBe(299);
});

test('the rows of a test file come after the others', async () => {
  const { info, features, labels } = await read(
    { 'a.csv': 'x,c\n1,u\n2,v\n', 'b.csv': 'x,c\n3,v\n' },
    { path: 'a.csv', labels: { column: 'c' }, test: { path: 'b.csv', labels: { column: 'c' } } },
  );
  expect(info).toMatchObject({ numSamples: 3, numTrainFileSamples: 2 });
  expect([...features]).toEqual([1, 2, 3]);
  expect([...labels]).toEqual([0, 1, 1]);
});

describe('the fingerprint', () => {
  const source = { path: 'd.csv', labels: { column: 'species' }, exclude: ['id'] };
  const fingerprint = async (...given: Parameters<typeof read>) => (await read(...given)).info.fingerprint;

  test('is of the content, wherever it lies and whatever it is called', async () => {
    const one = await fingerprint({ 'd.csv': table }, source);
    const folder = join(temporaryFolder(), 'elsewhere');
    mkdirSync(folder);
    expect(await fingerprint({ 'e.csv': table }, { ...source, path: 'e.csv' }, folder)).toBe(one);
  });

  test('changes with the values and with how they are read', async () => {
    const all = await Promise.all([
      fingerprint({ 'd.csv': table }, source),
      fingerprint({ 'd.csv': table.replace('0.5', '0.6') }, source),
      fingerprint({ 'd.csv': table }, { ...source, exclude: [] }),
      fingerprint({ 'd.csv': table, 'y.csv': '1\n2\n1\n2\n' }, { ...source, labels: { path: 'y.csv' } }),
      fingerprint({ 'd.csv': table, 'y.csv': '2\n1\n1\n2\n' }, { ...source, labels: { path: 'y.csv' } }),
    ]);
    expect(new Set(all).size).toBe(5);
  });
});

type Files = Parameters<typeof read>[0];
type Source = Parameters<typeof read>[1];
const own = (text: string): [Files, Source] => [
  { 'd.csv': text },
  { path: 'd.csv', labels: { column: 'c' } },
];
const apart = (shape: readonly number[], labels: string): [Files, Source] => [
  { 'x.npy': npy(shape), 'y.csv': labels },
  { path: 'x.npy', labels: { path: 'y.csv' } },
];
const tested = (test: string): [Files, Source] => [
  { 'a.csv': 'x,z,c\n1,1,u\n2,2,v\n', 'b.csv': test },
  { path: 'a.csv', labels: { column: 'c' }, test: { path: 'b.csv', labels: { column: 'c' } } },
];

test.each<readonly [what: string, given: [Files, Source], code: string, says: readonly string[]]>([
  ['too few labels', apart([4, 2], '0\n1\n0\n'), 'label-count', ['each of the 4 rows', 'has 3']],
  ['labels with a fraction', apart([3, 2], '0\n1.5\n0\n'), 'bad-label', ['row 1', 'is 1.5']],
  ['a label that is missing', own('x,c\n1,a\n2,\n3,a\n'), 'bad-label', ['row 1', 'must not be missing']],
  ['one class', own('x,c\n1,a\n2,a\n'), 'bad-label', ['two classes', '"a"']],
  ['a class with one sample', own('x,c\n1,a\n2,a\n3,b\n'), 'small-class', ['"b" has 1', 'at least 2']],
  ['a class of the test file alone', tested('x,z,c\n1,1,u\n2,2,w\n'), 'small-class', ['"w" has 0']],
  ['a column that is not there', own('x,C\n1,a\n2,b\n'), 'unknown-column', ['"c"', 'Did you mean "C"']],
  ['no features', own('file,c\na.jpg,1\nb.jpg,2\n'), 'no-numbers', ['column of numbers']],
  ['samples of rank 4', apart([2, 1, 1, 1, 1], '0\n1\n'), 'bad-shape', ['[2, 1, 1, 1, 1]']],
  [
    'labels in two columns',
    apart([2, 2], 'a,b\n1,2\n3,4\n'),
    'unknown-column',
    ['one called "label"', 'a, b'],
  ],
  ['a test file of other columns', tested('x,q,c\n1,1,u\n2,2,v\n'), 'different-samples', ['columns', 'x, q']],
  ['a test file of another width', tested('x,c\n1,u\n2,v\n'), 'different-samples', ['[2]', '[1]']],
  [
    'a value that is no number',
    own('x,c\n1,a\n2,b\nfour,a\n'),
    'bad-value',
    ['line 4, column "x"', '"four"'],
  ],
])('refuses %s', async (_, [files, source], code, says) => {
  const error = await read(files, source).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ code });
  for (const each of says) expect((error as UserError).message).toContain(each);
});

test('the column that is called label, beside others', async () => {
  const { labels } = await read(
    { 'x.npy': npy([4, 2]), 'y.csv': 'file,Label\na,cat\nb,dog\nc,cat\nd,dog\n' },
    { path: 'x.npy', labels: { path: 'y.csv' } },
  );
  expect([...labels]).toEqual([0, 1, 0, 1]);
});

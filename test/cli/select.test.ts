/** `querybench select` on real files: what it writes, in which order, and what it refuses. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMatrix, writeNpy } from '../../src/datasets/tables/index.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { sharedFolder } from '../folders.ts';
import { refuse, succeed } from './querybench.ts';

const folder = sharedFolder();
const numSamples = 60;
const width = 4;
const values = Float32Array.from(
  { length: numSamples * width },
  (
    (stream) => () =>
      stream.normal()
  )(deriveStream('split', { test: 'select' })),
);
values.copyWithin(5 * width, 3 * width, 4 * width); // row 5 is row 3 again
const names = Array.from({ length: numSamples }, (_, i) => `image ${i}, left.jpg`);
const scores = names.map((_, i) => ((i * 37) % numSamples) / numSamples);

/** As Lightly writes it. */
function lightlyCsv(changes: Readonly<Record<number, string>> = {}): string {
  const columns = Array.from({ length: width }, (_, f) => `embedding_${f}`);
  const rows = names.map((name, i) => {
    const row = [...values.subarray(i * width, (i + 1) * width)];
    return changes[i] ?? [`"${name}"`, ...row, i % 3, scores[i]].join(',');
  });
  return `filenames,${columns.join(',')},labels,al_score\n${rows.join('\n')}\n`;
}

function workplace(name: string): string {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'embeddings.csv'), lightlyCsv());
  writeNpy(join(cwd, 'e.npy'), values, [numSamples, width]);
  const softmax = Float32Array.from(names.flatMap((_, i) => [i, numSamples - i].map((x) => x / numSamples)));
  writeNpy(join(cwd, 'p.npy'), softmax, [numSamples, 2]);
  return cwd;
}

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const coral = ['select', '--strategy', 'coral', '--embeddings', 'embeddings.csv', '--scores', 'al_score'];

test.concurrent('coral on Lightly’s file: names and scores in the order of selection', async () => {
  const cwd = workplace('lightly');
  const { stderr, stdout } = await succeed([...coral, '--n', '10', '--out', 'selected.csv'], { cwd });
  expect(stderr).toContain('10 of 60 samples picked, in selected.csv');
  expect(stdout).toBe('');
  const [header, ...rows] = linesOf(join(cwd, 'selected.csv'));
  expect(header).toBe('row,filenames,score');
  expect(rows).toHaveLength(10);
  const first = scores.indexOf(Math.max(...scores));
  expect(rows[0]).toBe(`${first},"${names[first]}",${scores[first]}`);
  const again = await succeed([...coral, '--n', '10'], { cwd });
  expect(again.stdout).toBe(`${[header, ...rows].join('\n')}\n`);
});

test.concurrent('badge on arrays, some rows labelled, a fraction of the rest', async () => {
  const cwd = workplace('arrays');
  writeFileSync(join(cwd, 'labelled.csv'), 'row,label\n0,a\n4,b\n7,a\n50,b\n');
  const given = ['--embeddings', 'e.npy', '--probabilities', 'p.npy', '--labelled', 'labelled.csv'];
  const words = ['select', '--strategy', 'badge', ...given, '--n', '0.1', '--normalize'];
  await succeed([...words, '--out', 'selected.csv'], { cwd });
  const [header, ...rows] = linesOf(join(cwd, 'selected.csv'));
  expect(header).toBe('row');
  expect(rows).toHaveLength(6);
  for (const row of ['0', '4', '7', '50']) expect(rows).not.toContain(row);
  await succeed([...words, '--out', 'selected.npy'], { cwd });
  const { values: picked } = await readMatrix(join(cwd, 'selected.npy'));
  expect([...picked].map(String)).toEqual(rows);
  const other = await succeed([...words, '--seed', '1'], { cwd });
  expect(other.stdout).not.toBe(`${['row', ...rows].join('\n')}\n`);
});

test.concurrent('duplicates are left out and listed; labelled samples go by name', async () => {
  const cwd = workplace('duplicates');
  writeFileSync(join(cwd, 'labelled.csv'), `filenames\n"${names[1]}"\n"${names[2]}"\n`);
  const words = ['--deduplicate', '--labelled', 'labelled.csv', '--out', 'picks/selected.csv'];
  mkdirSync(join(cwd, 'picks'));
  const { stderr } = await succeed([...coral, '--n', '57', ...words], { cwd });
  expect(stderr).toContain('57 of 57 samples picked');
  expect(stderr).toContain('1 duplicates left out');
  expect(linesOf(join(cwd, 'picks', 'removed.csv'))).toEqual([
    'row,filenames,same_as_row,same_as_filenames',
    `5,"${names[5]}",3,"${names[3]}"`,
  ]);
});

test.concurrent('a picture as SVG and as PNG', async () => {
  const cwd = workplace('picture');
  for (const [file, projection] of [
    ['p.svg', 'pca'],
    ['p.png', 'umap'],
  ] as const) {
    const words = [...coral, '--n', '10', '--out', 's.csv', '--picture', file, '--projection', projection];
    await succeed(words, { cwd });
    expect(existsSync(join(cwd, file))).toBe(true);
  }
  const svg = readFileSync(join(cwd, 'p.svg'), 'utf8');
  expect(svg).toContain('coral: 10 of 60 samples');
  expect(svg.match(/fill="#d55e00"/g)?.length).toBeGreaterThanOrEqual(10);
  expect(readFileSync(join(cwd, 'p.png')).subarray(1, 4).toString()).toBe('PNG');
});

/** `embeddings.csv` with one line changed. */
const broken = (change: Readonly<Record<number, string>>) => ({ 'embeddings.csv': lightlyCsv(change) });
const labelled = (text: string) => ({ 'labelled.csv': text });
const few = ['--n', '5'];

test.concurrent.each<
  readonly [
    what: string,
    files: Readonly<Record<string, string>>,
    words: readonly string[],
    says: readonly (string | RegExp)[],
  ]
>([
  ['more than the pool', {}, [...coral, '--n', '61'], ['n must not exceed', 'it is 61, and there are 60']],
  ['n that is no number', {}, [...coral, '--n', 'many'], ['--n must be a number', '"many"']],
  [
    'a value that is no number',
    broken({ 7: '"x",1,2,nan,4,0,0.5' }),
    [...coral, ...few],
    ['embeddings.csv, line 9, column "embedding_2"', '"nan"'],
  ],
  ['a short row', broken({ 7: '"x",1,2' }), [...coral, ...few], ['line 9', 'must have 7 values', 'has 3']],
  [
    'a score above 1',
    broken({ 7: '"x",1,2,3,4,0,1.5' }),
    [...coral, ...few],
    ['Scores must be in [0, 1]', 'row 7', 'is 1.5'],
  ],
  [
    'a column that is not there',
    {},
    [...coral.slice(0, -1), 'alscore', ...few],
    ['"alscore"', 'Did you mean "al_score"'],
  ],
  [
    'names that are not there',
    labelled('filenames\nimage 1\n'),
    [...coral, ...few, '--labelled', 'labelled.csv'],
    ['1 of its 1 are not', '"image 1"'],
  ],
  [
    'rows that are not there',
    labelled('row\n60\n'),
    [...coral, ...few, '--labelled', 'labelled.csv'],
    ['from 0 to 59, and one is 60'],
  ],
  [
    'probabilities that do not sum to 1',
    { 'p.csv': 'a,b\n0.5,0.5\n0.5,0.6\n' },
    ['select', '--strategy', 'margin', '--probabilities', 'p.csv', '--n', '1'],
    ['row 1 (counted from 0) sum to 1.1'],
  ],
  [
    'other rows',
    { 'p.csv': 'a,b\n0.5,0.5\n' },
    ['select', '--strategy', 'badge', '--embeddings', 'e.npy', '--probabilities', 'p.csv', '--n', '1'],
    ['60 rows of embeddings and 1 of probabilities'],
  ],
  [
    'needs that are not met',
    {},
    ['select', '--strategy', 'badge', '--embeddings', 'e.npy', '--n', '1'],
    ['"badge" needs class probabilities', '--probabilities'],
  ],
  [
    'an option of another strategy',
    {},
    [...coral, ...few, '--set', 'beta=1'],
    ['The option "beta" of "coral" is unknown'],
  ],
  ['a picture of another kind', {}, [...coral, ...few, '--picture', 'p.gif'], ['must end in .svg or .png']],
  [
    'a projection there is not',
    {},
    [...coral, ...few, '--projection', 'tsne'],
    ['pca or umap, and is "tsne"'],
  ],
  [
    'a file there is not',
    {},
    ['select', '--strategy', 'k-center', '--embeddings', 'x.csv', ...few],
    ['x.csv must be a file that can be read'],
  ],
  [
    'a file of another kind',
    { 'e.json': '[]' },
    ['select', '--strategy', 'k-center', '--embeddings', 'e.json', ...few],
    ['must end in .npy, .csv'],
  ],
  [
    'a strategy there is not',
    {},
    ['select', '--strategy', 'bage', '--embeddings', 'e.npy', ...few],
    ['Unknown strategy "bage"', 'Did you mean "badge"'],
  ],
])('refuses: %s', async (what, files, words, says) => {
  const cwd = workplace(what.replaceAll(' ', '-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  await refuse([...words, '--out', 'selected.csv'], says, { cwd });
});

test.concurrent('labels of one class alone, by the names of the classes', async () => {
  const cwd = workplace('classes');
  const rows = names.map((_, i) => `${i / numSamples},${1 - i / numSamples}`);
  writeFileSync(join(cwd, 'p.csv'), `cat,dog\n${rows.join('\n')}\n`);
  writeFileSync(join(cwd, 'labelled.csv'), 'row,label\n1,dog\n2,dog\n');
  const given = ['--probabilities', 'p.csv', '--n', '1', '--set', 'class=dog'];
  const words = ['select', '--strategy', 'class-probability', ...given];
  const { stdout } = await succeed([...words, '--labelled', 'labelled.csv'], { cwd });
  expect(stdout).toBe('row\n0\n');
  await refuse([...words.slice(0, -1), 'class=eel'], ['eel'], { cwd });
  writeFileSync(join(cwd, 'labelled.csv'), 'row,label\n1,eel\n');
  await refuse([...words, '--labelled', 'labelled.csv'], ['(cat, dog), and is "eel"'], { cwd });
});

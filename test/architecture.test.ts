/** CONTRIBUTING.md's map, held against the code: who may import whom, and the house rules that a machine can check. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importsOf } from './importsOf.ts';

/** Imports point to the left, and only there. */
const layers = [
  ...['foundation', 'tensor', 'engines', 'models', 'datasets', 'learner', 'strategies', 'oracles'],
  ...['store', 'experiment', 'selection', 'analysis', 'verdict', 'render', 'papers', 'server', 'cli'],
];
/** The library's entry may use all but the command line, and nobody may use it. */
const entry = 'index.ts';
const rankOf = (file: string): number =>
  file === entry ? layers.indexOf('cli') : layers.indexOf(file.split('/')[0] ?? '');

const root = fileURLToPath(new URL('..', import.meta.url));

/** Paths below `folder`, with slashes, and the text of each. */
function read(folder: string, name: RegExp): ReadonlyMap<string, string> {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const chosen = paths.filter((path) => name.test(path)).map((path) => path.split(sep).join('/'));
  return new Map(chosen.sort().map((path) => [path, readFileSync(join(root, folder, path), 'utf8')]));
}

const sources = read('src', /\.ts$/);

/** [importing file, imported file, kind] of every import within src. */
const edges = [...sources].flatMap(([file, text]) =>
  importsOf(text)
    .filter(({ specifier }) => specifier.startsWith('.') && specifier.endsWith('.ts'))
    .map(({ specifier, kind }) => ({ from: file, to: posix.join(posix.dirname(file), specifier), kind })),
);

/** What is left after files that import nothing (else) are taken away again and again: the circles. */
function filesInCircles(among: typeof edges): readonly string[] {
  let left = [...new Set(among.map(({ from }) => from))];
  for (;;) {
    const next = left.filter((file) => among.some(({ from, to }) => from === file && left.includes(to)));
    if (next.length === left.length) return next;
    left = next;
  }
}

describe('imports', () => {
  test('are found at all', () => {
    expect(sources.size).toBeGreaterThan(100);
    for (const kind of ['static', 'dynamic', 'type']) {
      expect(edges.filter((edge) => edge.kind === kind).length, kind).toBeGreaterThan(10);
    }
    expect(
      edges.filter(({ to }) => !sources.has(to)),
      'imports of files that are not there',
    ).toEqual([]);
    const unread = [...sources].filter(([, text]) => /^import\b/m.test(text) && importsOf(text).length === 0);
    expect(unread.map(([file]) => file)).toEqual([]);
  });

  test('point down the layers only', () => {
    expect([...sources.keys()].filter((file) => rankOf(file) < 0)).toEqual([]);
    const upwards = edges.filter(({ from, to }) => to === entry || rankOf(from) < rankOf(to));
    expect(upwards.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
    const entryOfCli = edges.filter(({ from, to }) => from === entry && to.startsWith('cli/'));
    expect(entryOfCli).toEqual([]);
  });

  test('run in no circles, those of types included', () => {
    expect(filesInCircles(edges)).toEqual([]);
    const circle = [
      { from: 'a', to: 'b', kind: 'type' as const },
      { from: 'b', to: 'a', kind: 'static' as const },
      { from: 'c', to: 'a', kind: 'static' as const },
    ];
    expect(filesInCircles(circle)).toContain('a');
  });
});

/** Comments say what code may not do. */
const codeOf = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

const filesWith = (pattern: RegExp, files = sources): string[] =>
  [...files].flatMap(([file, text]) => (pattern.test(codeOf(text)) ? [file] : []));

describe('the house rules', () => {
  test('randomness comes from derived streams alone', () => {
    expect(filesWith(/Math\s*\.\s*random|crypto\.getRandomValues|randomBytes|randomInt/)).toEqual([]);
  });

  test('only the command line prints, reads its arguments and sets the exit code', () => {
    const edge = /\bconsole\s*\.|process\s*\.\s*(stdout|stderr|argv|exit|exitCode)\b/;
    expect(filesWith(edge).filter((file) => !file.startsWith('cli/'))).toEqual([]);
    expect(filesWith(edge).length).toBeGreaterThan(5);
  });

  test('no file is longer than 250 lines', () => {
    const all = ['src', 'test', 'scripts'].flatMap((folder) => [...read(folder, /\.(ts|mjs)$/)]);
    const long = all.filter(([, text]) => text.split('\n').length - 1 > 250).map(([file]) => file);
    expect(long).toEqual([]);
  });

  test('every file of more than a screen says what it is for', () => {
    const silent = [...sources].filter(
      ([, text]) => text.split('\n').length > 40 && !/^(#!.*\n)?\/\*\*/.test(text),
    );
    expect(silent.map(([file]) => file)).toEqual([]);
  });
});

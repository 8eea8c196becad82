/** From a tiny real sweep to files and pages; a rival's runs beside it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { galleryPage } from '../../src/papers/gallery.ts';
import type { ChartsOfKind, Reproduction } from '../../src/papers/reproduction.ts';
import { parseNotes, reproductionPage } from '../../src/papers/reproductionPage.ts';
import { rivalRows } from '../../src/papers/rivalRows.ts';
import { compareWithRivals, readRivals } from '../../src/papers/rivals.ts';
import { writePages } from '../../src/papers/writePages.ts';
import type { writeReproduction as WriteReproduction } from '../../src/papers/writeReproduction.ts';
import { readStore } from '../../src/store/readStore.ts';
import { temporaryFolder } from '../folders.ts';
import { publishedOf, source } from './madeUp.ts';

// Workers are built files.
const built = new URL('../../dist/experiment/runExperiment.js', import.meta.url).href;
const { runExperiment }: typeof import('../../src/experiment/runExperiment.ts') = await import(built);
// Charts are drawn on a thread, which runs what is built.
const builtPapers = new URL('../../dist/papers/writeReproduction.js', import.meta.url).href;
const { writeReproduction }: { writeReproduction: typeof WriteReproduction } = await import(builtPapers);

const spec = {
  ...{ name: 'tiny', description: 'Does it work?', dataset: 'digits', model: 'logistic' },
  ...{ strategy: ['random', 'margin'], initialPoolSize: 20, queryBatchSize: 20, rounds: 2, seed: '0-1' },
  training: { stop: { rule: 'epochs', epochs: 20 } },
};
const row = { kind: 'accuracy', strategy: 'margin', band: { rule: 'tolerance', by: 0.2 } };

test('a reproduction is written, told on its page and in the gallery, and again without its trials', async () => {
  const root = temporaryFolder();
  const [experiments, results] = [join(root, 'experiments'), join(root, 'results')];
  for (const folder of ['scales', 'notes']) mkdirSync(join(experiments, folder), { recursive: true });
  writeFileSync(join(experiments, 'scales', 'ci.yaml'), 'tiny: { seed: 0 }\n');
  for (const name of ['tiny', 'other']) writeFileSync(join(experiments, `${name}.yaml`), '');
  writeFileSync(join(experiments, 'notes', 'tiny.md'), 'Conclusion: It\nworks.\n\nBecause | of this.\n');
  const [runs, directory] = [join(root, 'runs'), join(results, 'tiny', 'full')];
  await runExperiment(await planFrom(spec), { directory: runs, numWorkers: 1 });
  mkdirSync(join(results, 'tiny'), { recursive: true });
  const { trials } = readStore(runs);
  const where = { results: runs, directory, name: 'tiny', scale: 'full' };
  const final = (seed: number, strategy: string) =>
    trials.find(
      ({ header: { trial } }) => trial.identity.seed === seed && trial.labels.strategy === strategy,
    );
  // A rival that says what we say, from the same initial pools.
  const lines = [0, 1].map((seed) => {
    const { header, rounds = [] } = final(seed, 'margin') ?? {};
    const said = rounds.map(({ numLabels, metrics: { accuracy, nll } }) => ({ numLabels, accuracy, nll }));
    return `${JSON.stringify({ trial: header?.trial.id, rounds: said, versions: { rival: '1.2', os: '3' } })}\n`;
  });
  writeFileSync(join(results, 'tiny', 'rival.jsonl'), lines.join(''));
  const published = publishedOf(
    [
      { ...row, numLabels: 60, published: [{ value: 0.75, ...source }] },
      { ...row, numLabels: 40, published: [{ value: 0.01, ...source }] },
      { ...row, numLabels: 5000, published: [{ value: 0.99, ...source }] },
    ],
    { charts: ['gain-matrix', 'learning-curves', 'difference-to-baseline'] },
  );
  const written = await writeReproduction({
    ...{ ...where, published, ranSeconds: 75 },
    rivals: readRivals(join(results, 'tiny')),
  });
  expect(written).toMatchObject({
    numPlanned: 4,
    numFinished: 4,
    numFailed: 0,
    seeds: [0, 1],
    wallSeconds: 75,
  });
  expect(written.rows.map(({ verdict }) => verdict)).toEqual([
    ...['within', 'outside', 'not reached'],
    ...['within', 'within', 'within', 'within'],
  ]);
  const selections = gunzipSync(readFileSync(join(directory, 'selections.csv.gz'))).toString();
  expect(selections.trim().split('\n')).toHaveLength(1 + 4 * 2);
  const asked = final(0, 'margin')?.rounds[0]?.queriedRows.join(' ') ?? 'none';
  expect(selections).toContain(asked);
  const pictures = written.charts.flatMap(({ charts }) => charts);
  for (const { light, dark } of pictures) {
    const files = [light, dark].map((path) => readFileSync(join(directory, path), 'utf8'));
    expect(files[0]).not.toBe(files[1]);
  }
  expect(written.charts.map(({ title, charts }) => [title, charts.length])).toEqual([
    ['Learning curves', 1],
    ['Difference to the baseline', 1],
  ]);
  expect(readFileSync(join(directory, pictures[0]?.light ?? ''), 'utf8')).toMatch(/◇ a paper, △ rival 1\.2/);

  await writePages({ experiments, results });
  const page = readFileSync(join(results, 'tiny', 'README.md'), 'utf8');
  expect(page).toMatch(/^# A paper\n\nDoes it work\?/);
  expect(page).toContain('**It works.**');
  expect(page).toContain('Because | of this.');
  expect(page).toContain('7 rows: 5 within the band, 1 outside, 1 not reached at this scale.');
  expect(page).toContain('not reached at this scale |');
  expect(page).toContain('1 min 15 s by the clock');
  expect(page).toMatch(
    /<details><summary>Every strategy[^|]*\n\n\| strategy .*Δ AUBC to random[\s\S]*<\/details>/,
  );
  expect(page).toContain('### Beside rival 1.2, on the same rows\n\nOn os 3.\n\n#### test accuracy');
  expect(page).toMatch(/\| margin +\| +2 \| \+0\.0000 \[\+0\.0000, \+0\.0000\] \| yes /);
  expect(page).toContain('| +.0000 [+.0000, +.0000] | within');
  const [, file = 'none'] = /\[Every place\]\(([^)]+)\)/.exec(page) ?? [];
  const places = gunzipSync(readFileSync(join(results, 'tiny', file))).toString();
  expect(places.trim().split('\n')).toHaveLength(1 + 2 * 3);
  const gallery = readFileSync(join(results, 'README.md'), 'utf8');
  expect(gallery).toMatch(/\| other +\| not run yet/);
  for (const text of [page, gallery]) {
    const base = text === page ? join(results, 'tiny') : results;
    const links = [...text.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(links.length).toBe(8);
    for (const path of links) expect(existsSync(join(base, path)), path).toBe(true);
  }
  // What is kept in the repository is enough for the pages.
  await writePages({ experiments, results });
  expect(readFileSync(join(results, 'tiny', 'README.md'), 'utf8')).toBe(page);

  // A second time adds nothing to the clock, and a rival that is off is outside.
  const again = await writeReproduction({ ...where, published, rivals: [] });
  expect(again.wallSeconds).toBe(75);
  const elsewhere = { ...where, published, rivals: [], wallSeconds: 9 };
  expect((await writeReproduction(elsewhere)).wallSeconds).toBe(9);
  expect(again).not.toHaveProperty('rivals');
  expect(existsSync(join(results, 'tiny', file))).toBe(false);
  const off = readRivals(join(results, 'tiny')).map(({ runs, ...rest }) => ({
    ...rest,
    runs: runs.map(({ trial, rounds }) => ({
      trial,
      rounds: rounds.map((round) => ({ ...round, accuracy: round.accuracy - 0.3 })),
    })),
  }));
  expect(rivalRows(compareWithRivals(off, trials)).map(({ verdict }) => verdict)).toEqual(
    Array(4).fill('outside'),
  );
}, 60_000);

test('a kind with many charts is folded unless it leads the page, and so is all that a smaller scale found', () => {
  const chartsOf = (title: string, count: number): ChartsOfKind => ({
    title,
    charts: Array.from({ length: count }, (_, i) => {
      const name = `${title}-${i}`;
      return { title: name, light: `${name}.svg`, dark: `${name}-dark.svg`, alternativeText: name };
    }),
  });
  const full: Reproduction = {
    ...{ name: 'tiny', scale: 'full', title: 'A paper', description: '', table: '| a |' },
    ...{ numPlanned: 1, numFinished: 1, numFailed: 0, seeds: [0], workSeconds: 1, environment: {}, rows: [] },
    charts: [chartsOf('matrix', 5), chartsOf('few', 4), chartsOf('many', 5)],
  };
  const notes = { conclusion: 'It works.' };
  const page = reproductionPage([full, { ...full, scale: 'ci' }], notes);
  const isOpen = (text: string, before: string): boolean => {
    const head = text.slice(0, text.indexOf(before));
    expect(head).not.toBe('');
    return head.split('<details>').length === head.split('</details>').length;
  };
  expect(isOpen(page, 'full/matrix-4.svg')).toBe(true);
  expect(isOpen(page, 'full/few-3.svg')).toBe(true);
  expect(page).toContain('<details><summary>many: 5</summary>\n\n<picture>');
  expect(isOpen(page, 'full/many-0.svg')).toBe(false);
  expect(isOpen(page, 'ci/matrix-0.svg')).toBe(false);
  expect(isOpen(page, '`npm run reproduce -- tiny --scale ci`')).toBe(true);
  const gallery = galleryPage([{ name: 'tiny', reproduction: full, notes }]);
  expect(isOpen(gallery, 'tiny/full/few-3.svg')).toBe(true);
  expect(isOpen(gallery, 'tiny/full/many-4.svg')).toBe(false);
});

test('notes without a conclusion are all reasons', () => {
  expect(parseNotes('One.\n\nTwo.')).toEqual({ why: 'One.\n\nTwo.' });
  expect(parseNotes('Conclusion: One.')).toEqual({ conclusion: 'One.' });
  expect(parseNotes('')).toEqual({});
});

test('a rival’s line that is none is refused with its place', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'rival.jsonl'), '{"trial": "x", "rounds": []}\n');
  expect(() => readRivals(folder)).toThrow(/^rival\.jsonl:1: a run must have/);
  writeFileSync(join(folder, 'rival.jsonl'), '{"trial": \n');
  expect(() => readRivals(folder)).toThrow(/^rival\.jsonl:1: /);
  writeFileSync(join(folder, 'rival.jsonl'), '{"trial": "cut sh');
  expect(readRivals(folder)).toEqual([]);
});

/** The charts of rankings: their numbers are those of the analysis, and they are really drawn. */
import { describe, expect, it, test } from 'vitest';
import {
  interquartileMeans,
  practicalEquivalence,
  ranking,
  scoreBlocks,
  scoreProfiles,
} from '../../src/analysis/index.ts';
import { chartInput, charts, renderPng, renderSvg } from '../../src/render/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { countDifferent, decodePng } from './decodePng.ts';

const names = [
  ...([
    'critical-difference',
    'pairwise-penalty',
    'interquartile-mean',
    'probability-of-improvement',
  ] as const),
  ...(['practical-equivalence', 'performance-profile'] as const),
];
const strategies = ['random', 'margin', 'entropy', 'least-confidence'];
const seeds = [1, 2, 3, 4, 5];
const trials = ['digits', 'mnist'].flatMap((dataset) => syntheticSweep({ strategies, seeds }, { dataset }));
const input = chartInput(trials);
const table = scoreBlocks(input.groups);

type Row = Readonly<Record<string, unknown>>;

/** All rows of data that a spec carries, wherever they lie. */
function rowsOf(part: unknown): Row[] {
  if (typeof part !== 'object' || part === null) return [];
  const own = (part as { data?: { values?: Row[] } }).data?.values ?? [];
  return [...own, ...Object.entries(part).flatMap(([key, value]) => (key === 'data' ? [] : rowsOf(value)))];
}

test('a critical-difference diagram has the mean ranks and the bars of the ranking', () => {
  const [chart] = charts['critical-difference'].build(input);
  const found = ranking(table);
  const rows = rowsOf(chart?.spec);
  for (const { strategy, meanRank } of found?.ranked ?? []) {
    const own = rows.filter((row) => row.strategy === strategy);
    expect(own.length).toBeGreaterThan(0);
    for (const row of own) expect(row.mean_rank).toBeCloseTo(meanRank, 4);
    expect(chart?.alternativeText).toContain(`${strategy} ${meanRank.toFixed(2)}`);
  }
  const bars = rows.filter((row) => typeof row.strategies === 'string');
  expect(bars.map((bar) => bar.strategies)).toEqual(
    found?.ties.map(([first, last]) =>
      found.ranked
        .slice(first, last + 1)
        .map(({ strategy }) => strategy)
        .join(', '),
    ),
  );
  expect(JSON.stringify(chart?.spec)).toContain(
    `critical difference ${found?.criticalDifference.toFixed(2)}`,
  );
});

test('with Wilcoxon’s test there is no critical difference to draw', () => {
  const [chart] = charts['critical-difference'].build(chartInput(trials, { pairTest: 'wilcoxon-holm' }));
  const text = JSON.stringify(chart?.spec);
  expect(text).toContain('Wilcoxon');
  expect(text).not.toContain('critical difference');
});

test('the heat map says how often the row beats the column, and the means apart from it', () => {
  const [chart] = charts['pairwise-penalty'].build(input);
  const rows = rowsOf(chart?.spec);
  expect(rows).toHaveLength(4 * 3 + 4);
  const share = (row: string, column: string) =>
    rows.find((each) => each.row === row && each.column === column)?.share as number;
  expect(share('margin', 'random')).toBeGreaterThan(0.5);
  expect(share('random', 'margin')).toBe(0);
  const beaten = strategies.map((row) => (row === 'random' ? 0 : share(row, 'random')));
  const mean = rows.find((row) => row.column === 'random' && !strategies.includes(String(row.row)))?.share;
  expect(mean).toBeCloseTo(beaten.reduce((a, b) => a + b, 0) / 4, 5);
});

test('gains, equivalence and profiles are those of the analysis', () => {
  const [gains] = charts['interquartile-mean'].build(input);
  for (const { strategy, value, interval } of interquartileMeans(table, { baseline: 'random' })) {
    const row = rowsOf(gains?.spec).find((each) => each.strategy === strategy);
    expect(row?.value).toBeCloseTo(value, 5);
    expect(row?.lower).toBeCloseTo(interval?.lower ?? Number.NaN, 5);
  }
  const [bars] = charts['practical-equivalence'].build(chartInput(trials, { rope: 0.03 }));
  const options = { baseline: 'random', rope: 0.03, numDraws: 5000 };
  for (const { strategy, better } of practicalEquivalence(table, options)) {
    const row = rowsOf(bars?.spec).find((each) => each.strategy === strategy && each.verdict === 'better');
    expect(row?.probability).toBeCloseTo(better, 5);
  }
  const [profile, final] = charts['performance-profile'].build(input);
  const { thresholds, profiles } = scoreProfiles(table);
  for (const { strategy, shares } of profiles) {
    const rows = rowsOf(profile?.spec).filter((each) => each.strategy === strategy);
    expect(rows.map((row) => row.score)).toEqual(thresholds.map((value) => Number(value.toPrecision(6))));
    for (const [i, row] of rows.entries()) expect(row.share).toBeCloseTo(shares[i] as number, 5);
  }
  expect(final?.name).toBe('final');
});

describe.each(names)('%s', (name) => {
  it('differs between light and dark in the configuration alone, and is plain JSON', () => {
    const [light] = charts[name].build(input);
    const [dark] = charts[name].build(chartInput(trials, { scheme: 'dark' }));
    expect(light).toBeDefined();
    expect({ ...dark?.spec, config: light?.spec.config }).toEqual(light?.spec);
    expect(dark?.spec.config).toEqual(light?.configs.dark);
    expect(JSON.parse(JSON.stringify(light?.spec))).toEqual(light?.spec);
  });

  it('is drawn, the same each time, with its text and within its frame', async () => {
    for (const { spec, alternativeText } of charts[name].build(input)) {
      const svg = await renderSvg(spec);
      expect((await renderSvg(structuredClone(spec))) === svg).toBe(true);
      expect(svg.includes('NaN')).toBe(false);
      expect(/>[^<]*margin[^<]*<\/text>/.test(svg)).toBe(true);
      expect(alternativeText).toContain('margin');
      const drawn = decodePng(await renderPng(svg, 1));
      const textless = decodePng(await renderPng(svg.replaceAll(/<text[^>]*>[^<]*<\/text>/g, ''), 1));
      expect(countDifferent(drawn, textless)).toBeGreaterThan(1000);
      // Nothing reaches the edge: the outermost pixels are background.
      const { width, height, data } = drawn;
      const at = (x: number, y: number) => data.slice(4 * (y * width + x), 4 * (y * width + x) + 4).join();
      for (let y = 0; y < height; y++) expect([at(0, y), at(width - 1, y)]).toEqual([at(0, 0), at(0, 0)]);
      for (let x = 0; x < width; x++) expect([at(x, 0), at(x, height - 1)]).toEqual([at(0, 0), at(0, 0)]);
    }
  });

  it('copes with two strategies, one seed, equal curves and a missing cell', async () => {
    const degenerate: readonly StoredTrial[][] = [
      syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2, 3] }),
      syntheticSweep({ strategies: ['random', 'margin', 'entropy'], seeds: [1] }),
      ['random', 'a', 'b'].flatMap((strategy) =>
        [1, 2].map((seed) => syntheticTrial({ strategy, seed, accuracies: [0.5, 0.6] })),
      ),
      trials.filter(({ header }) => header.trial.id !== 'mnist-mlp-margin-perfect-20-10-3'),
    ];
    for (const each of degenerate) {
      for (const { spec } of charts[name].build(chartInput(each))) {
        const svg = await renderSvg(spec);
        expect(/NaN|undefined|Infinity/.test(svg)).toBe(false);
      }
    }
  });

  it('is not drawn where there is nothing to compare', () => {
    expect(charts[name].build(chartInput(syntheticSweep({ strategies: ['random'], seeds: [1, 2] })))).toEqual(
      [],
    );
    expect(charts[name].build(chartInput([]))).toEqual([]);
  });
});

test('what was left out stands on the chart', () => {
  const partial = trials.filter(({ header }) => header.trial.id !== 'mnist-mlp-margin-perfect-20-10-3');
  for (const name of ['critical-difference', 'interquartile-mean', 'practical-equivalence'] as const) {
    const [chart] = charts[name].build(chartInput(partial));
    expect(JSON.stringify(chart?.spec)).toContain('Left out: 1 of 10 blocks (not finished by margin).');
  }
});

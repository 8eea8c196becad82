/**
 * What charts look like. SVGs are held against files character by character: `npx vitest run -u` writes them anew, and then look
 * at the difference. PNGs are drawn from those with the bundled font alone and held against files by pixels, so that
 * text which is lost on a machine without fonts, or drawn in another, is found; a missing file is written.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { describe, expect, test } from 'vitest';
import { overlapChart } from '../../src/render/charts/overlapChart.ts';
import {
  type ChartName,
  chartInput,
  charts,
  type NamedChart,
  renderPng,
  renderSvg,
  type Scheme,
} from '../../src/render/index.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { sampleDatasets, sweepFor } from './chartSamples.ts';
import { contrast } from './contrast.ts';
import { countDifferent, decodePng } from './decodePng.ts';

/** Of all pixels: what a changed version of the rasteriser may smooth in another way. */
const TOLERANCE = 0.002;

/** Of a number on a cell: black and white on one grey have 4.58 at best. */
const LEAST_CONTRAST = 4.2;

const textFill = /<text [^>]*fill="(#\w{6})"[^>]*>/g;

const folder = fileURLToPath(new URL('__snapshots__/charts/', import.meta.url));
const datasets = sampleDatasets();
const names = Object.keys(charts) as ChartName[];

function firstOf(name: ChartName, scheme: Scheme): NamedChart {
  const [chart] = charts[name].build(chartInput(sweepFor(name), { datasets, scheme }));
  if (chart === undefined) throw new Error(`There is no picture of ${name}.`);
  return chart;
}

test.each(names.flatMap((name) => (['light', 'dark'] as const).map((scheme) => [name, scheme] as const)))(
  'the SVG of %s, %s, is the one on file',
  async (name, scheme) => {
    const svg = await renderSvg(firstOf(name, scheme).spec);
    await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`${folder}${name}-${scheme}.svg`);
  },
);

test.each(names)('the PNG of %s is the one on file', async (name) => {
  // Half of them in either, and the same whatever charts are added.
  const scheme = name.length % 2 === 0 ? 'light' : 'dark';
  const png = await renderPng(await renderSvg(firstOf(name, scheme).spec), 1);
  const path = `${folder}${name}-${scheme}.png`;
  if (!existsSync(path)) {
    expect(process.env.CI, `${path} is missing`).toBeUndefined();
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, png);
  }
  const [drawn, onFile] = [decodePng(png), decodePng(readFileSync(path))];
  const { width, height } = onFile;
  expect([drawn.width, drawn.height]).toEqual([width, height]);
  const numDifferent = pixelmatch(drawn.data, onFile.data, undefined, width, height, { threshold: 0.1 });
  expect(numDifferent).toBeLessThan(TOLERANCE * width * height);
});

test('the tolerance is too small to let a word go unnoticed', async () => {
  const svg = await renderSvg(firstOf('label-savings', 'light').spec);
  const [whole, without] = [svg, svg.replace(/(<text[^>]*>)margin</, '$1<')].map(async (each) =>
    decodePng(await renderPng(each, 1)),
  );
  const [a, b] = [await whole, await without];
  if (a === undefined || b === undefined) throw new Error('There are two pictures.');
  expect(countDifferent(a, b)).toBeGreaterThan(TOLERANCE * 0.2 * a.width * a.height);
});

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  test.each(names)('every text of %s can be read on what is behind it', async (name) => {
    const svg = await renderSvg(firstOf(name, scheme).spec);
    const background = /<rect [^>]*fill="(#\w{6})"/.exec(svg)?.[1] ?? '';
    const onMap = textsOnCells(svg);
    for (const { fill, cell } of onMap) expect(contrast(fill, cell)).toBeGreaterThan(LEAST_CONTRAST);
    const others = [...svg.matchAll(textFill)].filter(
      ([whole]) => !onMap.some((text) => text.whole === whole),
    );
    expect(others.length).toBeGreaterThan(5);
    for (const [whole, fill = ''] of others) expect(contrast(fill, background), whole).toBeGreaterThan(4.5);
    const numOnCells = onMap.length;
    if (['selection-overlap', 'class-balance', 'transfer-matrix'].includes(name)) {
      expect(numOnCells).toBeGreaterThan(10);
    }
  });
});

describe.each(['light', 'dark'] as const)(
  'numbers on a heat map can be read at every value, %s:',
  (scheme) => {
    const steps = Array.from({ length: 8 }, (_, i) => i);

    async function contrasts({ spec }: NamedChart): Promise<number[]> {
      return textsOnCells(await renderSvg(spec)).map(({ fill, cell }) => contrast(fill, cell));
    }

    test('selection overlap', async () => {
      const order = steps.map((i) => `strategy-${i}`);
      const pairs = order.flatMap((first, i) =>
        order.slice(i + 1).map((second, j) => {
          const [firstQuery, allQueries] = [(7 * i + j) / 49, 1 - (7 * i + j) / 49];
          return { first, second, numSeeds: 3, firstQuery, allQueries, byRound: [], numIdentical: 0 };
        }),
      );
      const overlap = { strategies: order, pairs };
      const found = await contrasts(overlapChart({ name: 'x', title: 'x', overlap, order, scheme }));
      expect(found).toHaveLength(56);
      expect(Math.min(...found)).toBeGreaterThan(LEAST_CONTRAST);
    });

    test('transfer matrix', async () => {
      // Differences to random from −0.2 to 0.2, the same for all seeds.
      const accuracies = (value: number) => ({ accuracies: [value, value, value] });
      const sweep = ['a', 'b'].flatMap((model, i) => [
        ...syntheticSweep({ strategies: ['random'], seeds: [1, 2] }, { model, ...accuracies(0.5) }),
        ...steps.flatMap((j) => {
          const shared = { model, queryModel: `q-${j}`, ...accuracies(0.3 + (0.4 * (2 * j + i)) / 15) };
          return syntheticSweep({ strategies: ['margin'], seeds: [1, 2] }, shared);
        }),
      ]);
      const [chart] = charts['transfer-matrix'].build(chartInput(sweep, { scheme }));
      const found = chart === undefined ? [] : await contrasts(chart);
      expect(found).toHaveLength(32);
      expect(Math.min(...found)).toBeGreaterThan(LEAST_CONTRAST);
    });

    test('class balance', async () => {
      // Strategy i asks for class c about 2^((c − 4.5) / (3 + i)) times as often as for another.
      const asked = (i: number) =>
        Array.from({ length: 10 }, (_, c) =>
          Array.from({ length: Math.round(20 * 2 ** ((c - 4.5) / (2 + i))) }, (_, k) => 10 * k + c),
        ).flat();
      const even = Array.from({ length: 200 }, (_, row) => row);
      const trial = (strategy: string, rows: number[]) =>
        syntheticTrial({ strategy, queries: [rows, []], numRounds: 2 });
      const skewed = [trial('random', even), ...steps.map((i) => trial(`strategy-${i}`, asked(i)))];
      const [chart] = charts['class-balance'].build(chartInput(skewed, { scheme }));
      const found = chart === undefined ? [] : await contrasts(chart);
      expect(found).toHaveLength(90);
      expect(Math.min(...found)).toBeGreaterThan(LEAST_CONTRAST);
    });
  },
);

/** What is written on the cells of a heat map or on stacked bars, and the colour behind it. */
function textsOnCells(svg: string) {
  let cells: ReturnType<typeof cellsOf> = [];
  // Axes, legends and each of several plots have coordinates of their own; texts follow the cells that they are on.
  return [...svg.matchAll(/class="mark-(rect|text) role-mark[^>]*>([\s\S]*?)<\/g>/g)].flatMap(
    ([, kind, group = '']) => {
      if (kind === 'rect') cells = cellsOf(group);
      return kind === 'rect' ? [] : [...group.matchAll(textFill)].flatMap((text) => onCell(text, cells));
    },
  );
}

function onCell([whole, fill = '']: RegExpExecArray, cells: ReturnType<typeof cellsOf>) {
  const [, left, top] = /transform="translate\(([\d.]+),([\d.]+)\)"/.exec(whole) ?? [];
  const isInside = (at: number, from: number, size: number) => at > from && at < from + size;
  const cell = cells.find(
    ({ x, y, width, height }) => isInside(Number(left), x, width) && isInside(Number(top), y, height),
  );
  return cell === undefined ? [] : [{ whole, fill, cell: cell.fill }];
}

function cellsOf(group: string) {
  const rectangles = group.matchAll(
    /<path d="M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)[^>]*fill="(?:rgb\((\d+), (\d+), (\d+)\)|(#\w{6}))"/g,
  );
  return [...rectangles].map(([, x, y, width, height, red, green, blue, hex]) => {
    const digits = [red, green, blue].map((level) => Number(level).toString(16).padStart(2, '0'));
    const place = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
    return { ...place, fill: hex ?? `#${digits.join('')}` };
  });
}

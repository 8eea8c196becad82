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
import { schemeColors } from '../../src/render/chartTheme.ts';
import {
  type ChartName,
  chartInput,
  charts,
  type NamedChart,
  renderPng,
  renderSvg,
  type Scheme,
} from '../../src/render/index.ts';
import { syntheticTrial } from '../analysis/syntheticTrials.ts';
import { usualSweep } from './chartSamples.ts';
import { contrast } from './contrast.ts';
import { countDifferent, decodePng } from './decodePng.ts';

/** Of all pixels: what a changed version of the rasteriser may smooth in another way. */
const TOLERANCE = 0.002;

const folder = fileURLToPath(new URL('__snapshots__/charts/', import.meta.url));
const trials = usualSweep();
const names = Object.keys(charts) as ChartName[];

function firstOf(name: ChartName, scheme: Scheme): NamedChart {
  const [chart] = charts[name].build(chartInput(trials, { scheme }));
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
  const scheme = names.indexOf(name) % 2 === 0 ? 'light' : 'dark';
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
    const texts = [...svg.matchAll(/<text [^>]*fill="(#\w{6})"[^>]*>/g)];
    expect(texts.length).toBeGreaterThan(5);
    const cells = cellsOf(svg);
    let numOnCells = 0;
    for (const [whole, fill = ''] of texts) {
      const cell = cells.find(({ contains }) => contains(whole));
      if (cell !== undefined) numOnCells++;
      expect(contrast(fill, cell?.fill ?? background), whole).toBeGreaterThan(4.5);
    }
    if (name === 'selection-overlap' || name === 'class-balance') expect(numOnCells).toBeGreaterThan(10);
  });
});

describe.each(['light', 'dark'] as const)(
  'numbers on a heat map can be read at every value, %s:',
  (scheme) => {
    const steps = Array.from({ length: 8 }, (_, i) => i);

    async function contrasts({ spec }: NamedChart): Promise<number[]> {
      const svg = await renderSvg(spec);
      const { onLow, onHigh } = schemeColors[scheme];
      const cells = cellsOf(svg);
      return [...svg.matchAll(/<text [^>]*fill="(#\w{6})"[^>]*>/g)].flatMap(([whole, fill = '']) => {
        if (fill !== onLow && fill !== onHigh) return []; // a label beside the map
        const cell = cells.find(({ contains }) => contains(whole));
        return cell === undefined ? [] : [contrast(fill, cell.fill)];
      });
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
      expect(Math.min(...found)).toBeGreaterThan(4.3); // black and white on one grey: 4.58 at best
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
      expect(Math.min(...found)).toBeGreaterThan(4.2);
    });
  },
);

/** The rectangles of a heat map, and which texts lie in the middle of them. */
function cellsOf(svg: string) {
  const rectangles = svg.matchAll(
    /<path d="M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)[^>]*fill="rgb\((\d+), (\d+), (\d+)\)"/g,
  );
  return [...rectangles].map(([, x, y, width, height, ...rgb]) => {
    const [left, top] = [Number(x), Number(y)];
    const hex = rgb.slice(0, 3).map((level) => Number(level).toString(16).padStart(2, '0'));
    return {
      fill: `#${hex.join('')}`,
      contains(text: string): boolean {
        const [, atX, atY] = /transform="translate\(([\d.]+),([\d.]+)\)"/.exec(text) ?? [];
        const [dx, dy] = [Number(atX) - left, Number(atY) - top];
        // Anchored in the middle, unlike the labels of axes.
        return (
          text.includes('text-anchor="middle"') &&
          dx > 2 &&
          dx < Number(width) &&
          dy > 2 &&
          dy < Number(height)
        );
      },
    };
  });
}

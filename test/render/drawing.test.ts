import { beforeAll, expect, test } from 'vitest';
import { chartInput, charts, renderPng, renderSvg, strategyStyles } from '../../src/render/index.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';
import { countDifferent, decodePng, type Rectangle } from './decodePng.ts';

const strategies = ['random', 'least-confidence', 'margin', 'ratio', 'entropy'];
const trials = syntheticSweep({ strategies, seeds: [1, 2, 3] }, { numRounds: 6 });
const [chart] = charts['learning-curves'].build(chartInput(trials));
let svg = '';

beforeAll(async () => {
  if (chart !== undefined) svg = await renderSvg(chart.spec);
});

test('the SVG names every strategy, both axes with their units, title and interval', () => {
  for (const strategy of strategies) expect(svg).toContain(`>${strategy}</text>`);
  expect(svg).toContain('>labels (initial pool included)</text>');
  expect(svg).toContain('>test accuracy, mean over 3 seeds</text>');
  expect(svg).toContain('>digits, mlp, initial pool 20</text>');
  expect(svg).toContain('95 % interval');
  for (const { color } of strategyStyles(strategies).values()) {
    expect(svg).toContain(`stroke="${color}"`); // the line
    expect(svg).toContain(`fill="${color}"`); // its band and marks
  }
});

test('the same spec gives the same SVG', async () => {
  expect(chart).toBeDefined();
  if (chart !== undefined) expect(await renderSvg(structuredClone(chart.spec))).toBe(svg);
});

test('text is really drawn in the PNG, at twice the size of the SVG', async () => {
  const size = /width="(\d+)" height="(\d+)"/.exec(svg);
  const drawn = decodePng(await renderPng(svg));
  expect([drawn.width, drawn.height]).toEqual([2 * Number(size?.[1]), 2 * Number(size?.[2])]);
  const textless = decodePng(await renderPng(svg.replaceAll(/<text[^>]*>[^<]*<\/text>/g, '')));
  const title: Rectangle = [0.05, 0, 0.6, 0.12];
  const legend: Rectangle = [0.76, 0.1, 1, 0.5];
  const axisTitle: Rectangle = [0, 0.2, 0.03, 0.8];
  for (const region of [title, legend, axisTitle]) {
    expect(countDifferent(drawn, textless, region)).toBeGreaterThan(500);
  }
});

test('only the bundled font is used: a font that this machine may have changes nothing', async () => {
  const text = (family: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="28" font-size="24" ` +
    `font-family="${family}">Entropy 95 %</text></svg>`;
  const bundled = decodePng(await renderPng(text('DejaVu Sans')));
  for (const family of ['Liberation Serif', 'Times New Roman', 'monospace', 'no such font']) {
    expect(countDifferent(bundled, decodePng(await renderPng(text(family))))).toBe(0);
  }
  expect(
    countDifferent(bundled, decodePng(await renderPng(text('DejaVu Sans').replace('Entropy', 'Margin')))),
  ).toBeGreaterThan(100);
});

test('a name that is cut takes no more room than it has', async () => {
  const widthWith = async (name: string) => {
    const [long] = charts['time-breakdown'].build(
      chartInput(syntheticSweep({ strategies: ['random', name], seeds: [1, 2] })),
    );
    const drawn = long === undefined ? '' : await renderSvg(long.spec);
    return { width: Number(/width="(\d+)"/.exec(drawn)?.[1]), isCut: drawn.includes('…</text>') };
  };
  const [long, longer] = [await widthWith('x'.repeat(80)), await widthWith('x'.repeat(160))];
  expect(long.isCut).toBe(true);
  expect(longer.width).toBe(long.width);
  expect(long.width).toBeLessThan((await widthWith('margin')).width + 280);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChartDrawer, chartInput, charts, renderSvg } from '../../src/render/index.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';
import { decodePng } from './decodePng.ts';

// The thread runs what is built.
const built = new URL('../../dist/render/index.js', import.meta.url).href;
const { startChartDrawer }: typeof import('../../src/render/index.ts') = await import(built);

let drawer: ChartDrawer;
beforeAll(() => {
  drawer = startChartDrawer();
});
afterAll(() => drawer.close());

const input = chartInput(syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2] }));

test('a chart drawn on the thread is the chart drawn here', async () => {
  const [chart] = charts['learning-curves'].build(input);
  if (chart === undefined) throw new Error('A chart is expected.');
  const { svg, png } = await drawer.draw('picture', { chart });
  expect(svg).toBe(await renderSvg(chart.spec));
  const width = Number(/width="(\d+)"/.exec(svg)?.[1]);
  expect(decodePng(png).width).toBe(2 * width);
});

test('what goes wrong on the thread is thrown here, and the next chart is drawn all the same', async () => {
  const [chart] = charts['learning-curves'].build(input);
  if (chart === undefined) throw new Error('A chart is expected.');
  const broken = { ...chart, spec: { layer: [{ mark: 'no mark' }] } as unknown as typeof chart.spec };
  const outcomes = await Promise.allSettled([
    drawer.draw('page', { chart: broken, id: 'a' }),
    drawer.draw('page', { chart, id: 'b' }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('a drawer that is closed with work left ends, and nobody hears of what was left', async () => {
  const other = startChartDrawer();
  const heard: string[] = [];
  const [chart] = charts['learning-curves'].build(input);
  if (chart === undefined) throw new Error('A chart is expected.');
  for (const id of ['a', 'b', 'c']) {
    other.draw('page', { chart, id }).then(
      () => heard.push(id),
      () => heard.push(id),
    );
  }
  await other.close();
  expect(heard).toEqual([]);
});

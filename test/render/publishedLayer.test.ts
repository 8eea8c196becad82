/** Published points over learning curves: whose curve they belong to, what is beyond ours, and that the picture has them. */
import { expect, test } from 'vitest';
import { chartInput, charts, type PublishedPoint, renderSvg } from '../../src/render/index.ts';
import { usualSweep } from './chartSamples.ts';

const point = (more: Partial<PublishedPoint>): PublishedPoint => ({
  ...{
    strategy: 'margin',
    numLabels: 40,
    accuracy: 0.5,
    source: 'a paper',
    note: 'a paper (table)',
    ...more,
  },
});
const built = (published: readonly PublishedPoint[], more: object = {}) =>
  charts['learning-curves'].build(chartInput(usualSweep(), { published, ...more }));
const textOf = (chart: { readonly spec: unknown } | undefined) => JSON.stringify(chart?.spec);

test('a point goes to the group that it names, and to none where no strategy has its curve', () => {
  const [twenty, fifty] = built([point({ where: { initialPoolSize: 20 } }), point({ strategy: 'bald' })]);
  expect(textOf(twenty)).toContain('Not ours: ◇ a paper.');
  expect(textOf(twenty)).not.toContain('more lie');
  expect(textOf(fifty)).not.toContain('Not ours');
});

test('ranges and points beyond our labels are told; without points a chart is what it was', () => {
  const [chart] = built([point({ from: 30, to: 9000 }), point({ numLabels: 9000, source: 'another' })]);
  expect(textOf(chart)).toContain(
    'lines through them: quartiles or spread. 1 more lies where ours has no labels.',
  );
  expect(built([])).toEqual(charts['learning-curves'].build(chartInput(usualSweep())));
  const other = built([point({})], { metric: 'nll' });
  expect(textOf(other[0])).not.toContain('Not ours');
});

test('the axis reaches the points, in both schemes', async () => {
  const low = point({ accuracy: 0.02, low: 0.01, high: 0.03 });
  for (const scheme of ['light', 'dark']) {
    const [without, with_] = [built([], { scheme })[0], built([low], { scheme })[0]];
    const marks = async (chart: typeof without) =>
      chart === undefined ? 0 : ((await renderSvg(chart.spec)).match(/<path/g)?.length ?? 0);
    expect(await marks(with_)).toBeGreaterThan(await marks(without));
    expect(textOf(with_)).toMatch(/"domain":\[0\.02,/);
  }
});

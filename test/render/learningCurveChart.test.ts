import { expect, test } from 'vitest';
import { type CellCurve, cellCurve, cells, groups } from '../../src/analysis/index.ts';
import { learningCurveChart } from '../../src/render/charts/learningCurveChart.ts';
import { valueDomain } from '../../src/render/charts/valueDomain.ts';
import { chartInput, charts, groupCurves, strategyStyles } from '../../src/render/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';

function curvesOf(trials: readonly StoredTrial[]): CellCurve[] {
  return groups(cells(trials)).flatMap((group) => groupCurves(group));
}

const curves = curvesOf(syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2, 3] }));
const styles = strategyStyles(['random', 'margin']);
const { build } = charts['learning-curves'];

/** The rows of means; those of single seeds are with their layer. */
function valuesOf(spec: unknown): Record<string, unknown>[] {
  return (spec as { data: { values: Record<string, unknown>[] } }).data.values;
}

test('the spec carries its data: a row per strategy and label count, with the interval', () => {
  const { spec } = learningCurveChart({ name: 'digits', title: 'digits', curves, styles });
  expect(spec).toMatchObject({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json' });
  const values = valuesOf(spec);
  expect(values).toHaveLength(10);
  const margin = curves.find((curve) => curve.strategy === 'margin');
  const last = margin?.points.at(-1);
  expect(values).toContainEqual(
    expect.objectContaining({
      strategy: 'margin',
      num_labels: 60,
      mean: expect.closeTo(last?.mean ?? Number.NaN, 5),
      lower: expect.closeTo(last?.interval?.lower ?? Number.NaN, 5),
      upper: expect.closeTo(last?.interval?.upper ?? Number.NaN, 5),
      seeds: 3,
    }),
  );
  expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
});

test('there is one chart per group, and its title tells which', () => {
  const trials = syntheticSweep({ strategies: ['random'], seeds: [1, 2], initialPoolSizes: [20, 50] });
  const unfinished = syntheticTrial({ initialPoolSize: 100, status: 'unfinished' });
  const charts = build(chartInput([...trials, unfinished]));
  expect(charts.map((chart) => chart.title)).toEqual([
    'digits, mlp, initial pool 20',
    'digits, mlp, initial pool 50',
  ]);
});

test('a strategy without a finished trial has no line but is named in the subtitle', () => {
  const failed = syntheticTrial({ strategy: 'bald', status: 'failed' });
  const trials = [...syntheticSweep({ strategies: ['random'], seeds: [1, 2] }), failed];
  const [chart] = build(chartInput(trials));
  expect(JSON.stringify(chart?.spec)).toContain('No finished trial: bald');
  expect(JSON.stringify(chart?.spec)).not.toContain('"strategy":"bald"');
});

test('the axis title says how many seeds, and of one seed that it is one', () => {
  const title = (trials: readonly StoredTrial[]) =>
    JSON.stringify(learningCurveChart({ name: 'x', title: '', curves: curvesOf(trials), styles }));
  expect(title(syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2, 3] }))).toContain(
    'mean over 3 seeds',
  );
  expect(title([syntheticTrial()])).toContain('test accuracy, one seed');
  const uneven = [
    ...syntheticSweep({ strategies: ['random'], seeds: [1, 2] }),
    syntheticTrial({ strategy: 'margin' }),
  ];
  expect(title(uneven)).toContain('mean over 1 to 2 seeds');
});

test('the value axis does not start at zero, holds all means and is not stretched by a huge interval', () => {
  const [low, high] = valueDomain(curves, { range: [0, 1] });
  const means = curves.flatMap((curve) => curve.points.map((point) => point.mean));
  expect(low).toBeGreaterThan(0.4);
  expect(low).toBeLessThan(Math.min(...means));
  expect(high).toBeGreaterThan(Math.max(...means));
  const wild = [0.7, 0.9].map((end, seed) => syntheticTrial({ seed, accuracies: [0.6, end] }));
  const [cell] = cells(wild);
  expect(cell).toBeDefined();
  if (cell === undefined) return;
  const curve = cellCurve(cell);
  expect(curve.points[1]?.interval?.upper).toBeGreaterThan(1);
  const [bottom, top] = valueDomain([curve], { range: [0, 1] });
  expect(bottom).toBeGreaterThan(0.5);
  expect(top).toBeLessThan(0.9);
  expect(valueDomain(curvesOf([syntheticTrial({ accuracies: [1, 1] })]), { range: [0, 1] })[1]).toBe(1);
});

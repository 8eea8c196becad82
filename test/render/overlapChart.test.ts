import { expect, test } from 'vitest';
import { cells, groups, selectionOverlap } from '../../src/analysis/index.ts';
import { overlapChart } from '../../src/render/charts/overlapChart.ts';
import { chartInput, charts, renderOverlapCsv, renderSvg } from '../../src/render/index.ts';
import { syntheticTrial } from '../analysis/syntheticTrials.ts';

const trials = [
  syntheticTrial({ strategy: 'a', queries: [[1, 2], [3], []], numRounds: 3 }),
  syntheticTrial({ strategy: 'b', queries: [[2, 1], [4], []], numRounds: 3 }),
];
const allGroups = groups(cells(trials));

test('a pair has all its queries above the diagonal and the first below', async () => {
  const [group] = allGroups;
  const overlap = selectionOverlap(group as NonNullable<typeof group>);
  const { spec } = overlapChart({ name: 'digits', title: 'digits', overlap, order: ['b', 'a'] });
  const { values } = (spec as { data: { values: Record<string, unknown>[] } }).data;
  expect(values).toEqual([
    { row: 'b', column: 'a', queries: 'all', overlap: 0.5, seeds: 1, identical_seeds: 0 },
    { row: 'a', column: 'b', queries: 'first', overlap: 1, seeds: 1, identical_seeds: 0 },
  ]);
  expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  const svg = await renderSvg(spec);
  for (const text of ['0.50', '1.00', 'digits']) expect(svg).toContain(`>${text}<`);
});

test('there is a matrix per group, and none of one strategy alone', () => {
  const { build } = charts['selection-overlap'];
  expect(build(chartInput(trials)).map(({ title }) => title)).toEqual(['digits, mlp, initial pool 20']);
  expect(build(chartInput(trials.slice(1)))).toEqual([]);
});

test('the table has a row per pair and query', () => {
  expect(renderOverlapCsv(allGroups).trimEnd().split('\n').slice(1)).toEqual([
    'digits,mlp,perfect,20,10,a,b,1,0,1,1',
    'digits,mlp,perfect,20,10,a,b,1,0,2,0.5',
  ]);
});

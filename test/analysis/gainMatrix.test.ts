/** Which comparisons a gain matrix is made of, and under which conditions. */
import { expect, test } from 'vitest';
import {
  type BaselineOptions,
  cells,
  compareWithBaseline,
  curveAxis,
  gainMatrices,
  groups,
} from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { usualSweep } from '../render/chartSamples.ts';
import { type SyntheticTrial, syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

const matricesOf = (trials: readonly StoredTrial[], options: BaselineOptions = {}) =>
  gainMatrices(groups(cells(trials)), options);

/** Accuracies that stand still, so that areas can be read off. */
function flat(value: number, wanted: SyntheticTrial): StoredTrial[] {
  return [1, 2].map((seed) => syntheticTrial({ ...wanted, seed, accuracies: [value, value, value] }));
}

function gainsOf([matrix, ...more]: ReturnType<typeof matricesOf>) {
  expect(more).toEqual([]);
  return matrix?.conditions.map(({ group, comparisons }) => ({
    where: matrix.axes.map(({ text }) => text(group)).join(' '),
    gains: comparisons.map(({ strategy, difference }) => [strategy, Number(difference.mean.toFixed(6))]),
  }));
}

test('a condition is a group that has the baseline, named by what tells it from the others', () => {
  const matrices = matricesOf([
    ...flat(0.5, { initialPoolSize: 20 }),
    ...flat(0.4, { initialPoolSize: 20, strategy: 'entropy' }),
    ...flat(0.6, { initialPoolSize: 20, strategy: 'margin' }),
    ...flat(0.7, { initialPoolSize: 100 }),
    ...flat(0.9, { initialPoolSize: 100, strategy: 'entropy' }),
    ...flat(0.75, { initialPoolSize: 100, strategy: 'margin' }),
    // Nothing to hold it against.
    ...flat(0.9, { initialPoolSize: 500, strategy: 'margin' }),
  ]);
  expect(gainsOf(matrices)).toEqual([
    { where: '20', gains: [['entropy', -0.1], ['margin', 0.1]] }, // biome-ignore format: pairs
    { where: '100', gains: [['entropy', 0.2], ['margin', 0.05]] }, // biome-ignore format: pairs
  ]);
  expect(matrices[0]?.axes.map(({ name }) => name)).toEqual(['initial pool']);
  // By mean gain: .075 and .05.
  expect(matrices[0]?.strategies).toEqual(['margin', 'entropy']);
});

test('a lower loss is a gain, and bounds come last', () => {
  const [byAccuracy] = matricesOf(usualSweep());
  expect(byAccuracy?.strategies.at(-1)).toBe('oracle-greedy (bound)');
  const [byLoss] = matricesOf(usualSweep(), { metric: 'nll' });
  const mean = (strategy: string) => {
    const all = byLoss?.conditions.flatMap(({ comparisons }) => comparisons) ?? [];
    const own = all.filter((each) => each.strategy === strategy).map(({ difference }) => difference.mean);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  };
  const means = byLoss?.strategies.slice(0, -1).map(mean) ?? [];
  expect(means).toHaveLength(3);
  expect(means).toEqual(means.toSorted((a, b) => a - b));
});

test('comparisons are those of each group, with the baseline that was asked for', () => {
  const all = groups(cells(usualSweep()));
  const [matrix] = gainMatrices(all, { baseline: 'margin', over: 'queries' });
  expect(matrix?.baseline).toBe('margin');
  expect(matrix?.conditions.map(({ comparisons }) => comparisons)).toEqual(
    all.map((group) =>
      compareWithBaseline(group, { baseline: 'margin', axis: curveAxis(group.cells, 'queries') }),
    ),
  );
});

test('more conditions than fit are split by data set, then by model', () => {
  const [strategies, seeds] = [
    ['random', 'margin'],
    [1, 2],
  ];
  const initialPoolSizes = [10, 20, 30, 40, 50, 60, 70];
  const of = (model: string) => syntheticSweep({ strategies, seeds, initialPoolSizes }, { model });
  expect(matricesOf(of('mlp'))).toHaveLength(1);
  const both = matricesOf([...of('mlp'), ...of('logistic')]);
  expect(both.map(({ conditions }) => conditions.map(({ group }) => group.model))).toEqual([
    Array(7).fill('logistic'),
    Array(7).fill('mlp'),
  ]);
  expect(both.map(({ axes }) => axes.map(({ name }) => name))).toEqual([['initial pool'], ['initial pool']]);
  const twelve = { strategies, seeds, initialPoolSizes: initialPoolSizes.slice(0, 6) };
  const [one, ...more] = matricesOf([
    ...syntheticSweep(twelve, { model: 'mlp' }),
    ...syntheticSweep(twelve, { model: 'logistic' }),
  ]);
  expect(more).toEqual([]);
  expect(one?.axes.map(({ name }) => name)).toEqual(['model', 'initial pool']);
});

test('one condition, or no baseline, is no matrix', () => {
  expect(matricesOf(syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2] }))).toEqual([]);
  const noBaseline = { strategies: ['margin', 'entropy'], seeds: [1, 2], initialPoolSizes: [20, 50] };
  expect(matricesOf(syntheticSweep(noBaseline))).toEqual([]);
});

/** Which comparisons a transfer matrix is made of. */
import { expect, test } from 'vitest';
import { cells, compareWithBaseline, groups, transferMatrices } from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { transferSweep } from '../render/chartSamples.ts';
import { type SyntheticTrial, syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

const matricesOf = (trials: readonly StoredTrial[], options = {}) =>
  transferMatrices(groups(cells(trials)), options);

/** Accuracies that stand still, so that areas can be read off. */
function flat(value: number, wanted: SyntheticTrial): StoredTrial[] {
  return [1, 2].map((seed) => syntheticTrial({ ...wanted, seed, accuracies: [value, value, value] }));
}

test('a cell is the paired difference to random on the model that was trained', () => {
  const [matrix, ...more] = matricesOf([
    ...flat(0.5, { model: 'mlp' }),
    ...flat(0.8, { model: 'logistic' }),
    ...flat(0.6, { model: 'mlp', strategy: 'margin' }),
    ...flat(0.7, { model: 'mlp', strategy: 'margin', queryModel: 'logistic' }),
    ...flat(0.85, { model: 'logistic', strategy: 'margin' }),
    ...flat(0.65, { model: 'logistic', strategy: 'margin', queryModel: 'mlp' }),
  ]);
  expect(more).toEqual([]);
  expect(matrix).toMatchObject({ strategy: 'margin', baseline: 'random', dataset: 'digits' });
  expect([matrix?.models, matrix?.queryModels]).toEqual([
    ['logistic', 'mlp'],
    ['logistic', 'mlp'],
  ]);
  const rows = matrix?.cells.map(({ model, queryModel, againstBaseline, againstOwn }) => [
    `${model} by ${queryModel}`,
    Number(againstBaseline.difference.mean.toFixed(6)),
    againstOwn && Number(againstOwn.difference.mean.toFixed(6)),
  ]);
  expect(rows).toEqual([
    ['logistic by logistic', 0.05, undefined],
    ['logistic by mlp', -0.15, -0.2],
    ['mlp by mlp', 0.1, undefined],
    ['mlp by logistic', 0.2, 0.1],
  ]);
});

test('comparisons are those of the group, corrected for all that it compares', () => {
  const all = groups(cells(transferSweep()));
  const mlp = all.find(({ model }) => model === 'mlp') ?? expect.fail();
  const [entropy] = transferMatrices(all);
  for (const cell of entropy?.cells.filter(({ model }) => model === 'mlp') ?? []) {
    const name = cell.queryModel === 'mlp' ? 'entropy' : `entropy by ${cell.queryModel}`;
    const expected = compareWithBaseline(mlp).find(({ strategy }) => strategy === name);
    expect(cell.againstBaseline).toEqual(expected);
  }
  expect(transferMatrices(all).map(({ strategy, cells }) => [strategy, cells.length])).toEqual([
    ['entropy', 9],
    ['margin', 9],
  ]);
});

test('without query models, or without the baseline, there is none', () => {
  expect(matricesOf(syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2] }))).toEqual([]);
  const noRandom = transferSweep().filter(({ header }) => header.trial.labels.strategy !== 'random');
  expect(matricesOf(noRandom)).toEqual([]);
  expect(matricesOf([])).toEqual([]);
});

test('a model that has not queried for itself has a row without a diagonal', () => {
  const [matrix] = matricesOf([
    ...flat(0.5, { model: 'mlp' }),
    ...flat(0.7, { model: 'mlp', strategy: 'margin', queryModel: 'logistic' }),
  ]);
  expect([matrix?.models, matrix?.queryModels]).toEqual([['mlp'], ['logistic']]);
  expect(matrix?.cells[0]?.againstOwn).toBeUndefined();
});

test('settings have matrices of their own; unfinished and failed trials have no cell', () => {
  const two = [20, 50].flatMap((initialPoolSize) => [
    ...flat(0.5, { model: 'mlp', initialPoolSize }),
    ...flat(0.7, { model: 'mlp', strategy: 'margin', queryModel: 'logistic', initialPoolSize }),
  ]);
  const failed = syntheticTrial({
    model: 'mlp',
    strategy: 'entropy',
    queryModel: 'logistic',
    status: 'failed',
  });
  const found = matricesOf([...two, failed]);
  expect(found.map(({ initialPoolSize, strategy }) => [initialPoolSize, strategy])).toEqual([
    [20, 'margin'],
    [50, 'margin'],
  ]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExperimentPlan, planExperiment } from '../../src/experiment/plan.ts';
import { type Changes, parse, refusal, sampleContext, specText } from './sampleSpec.ts';

function plan(changes: Changes = {}): ExperimentPlan {
  return planExperiment(parse(specText(changes)), sampleContext);
}

/** The identity that every trial of the plan has in common. */
function identity(changes: Changes = {}) {
  const [trial, ...others] = plan(changes).trials;
  if (trial === undefined || others.length > 0) throw new Error('one trial expected');
  return trial.identity;
}

test('the plan is the product of the axes, cohorts together, ids unique and stable', () => {
  const changes = {
    dataset: '[digits, mnist]',
    model: '[mlp, logistic]',
    strategy: '[random, margin, entropy]',
    oracle: '[perfect, {name: noisy, rate: 0.1}]',
    initialPoolSize: '[20, 50]',
    queryBatchSize: '[5, 10]',
    seed: '0-1',
  };
  const { trials } = plan(changes);
  expect(trials).toHaveLength(2 * 2 * 3 * 2 * 2 * 2 * 2);
  expect(new Set(trials.map(({ id }) => id)).size).toBe(trials.length);
  for (const { id, cohort } of trials) expect(`${id} ${cohort}`).toMatch(/^[0-9a-f]{16} [0-9a-f]{16}$/);
  const cohorts = trials.map(({ cohort }) => cohort);
  const changesOfCohort = cohorts.filter((cohort, i) => cohort !== cohorts[i - 1]);
  expect(changesOfCohort).toHaveLength(new Set(cohorts).size);
  expect(trials.slice(0, 3).map(({ labels }) => labels.strategy)).toEqual(['random', 'margin', 'entropy']);
  expect(new Set(cohorts.slice(0, 3)).size).toBe(1);
  expect(plan(changes)).toEqual(plan(changes));
});

const quiet: Changes = {
  description: 'Words',
  engine: 'reference',
  target: '[0.5, 0.9]',
  name: 'another-name',
  dataset: '{label: The digits, normalization: unit, name: digits}',
  model: '{label: The net, preset: mlp}',
  strategy: '{label: The strategy, metric: cosine, name: density, beta: 1}',
  oracle: '{label: The oracle, name: perfect}',
  training: '{batchSize: 32, optimizer: {name: adam}}',
};

test.each(Object.entries(quiet))('%s: %s does not change a trial’s id', (key, value) => {
  const base = { strategy: 'density' };
  const [before] = plan(base).trials;
  const [after] = plan({ ...base, [key]: value }).trials;
  expect([after?.id, after?.cohort]).toEqual([before?.id, before?.cohort]);
});

test('neither does the order of keys, nor the other entries of an axis', () => {
  const lines = specText({ training: '{batchSize: 8, l2: {strength: 1, dividedBy: one}}' })
    .trimEnd()
    .split('\n');
  const id = planExperiment(parse(lines.join('\n')), sampleContext).trials[0]?.id;
  fc.assert(
    fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
      expect(planExperiment(parse(shuffled.join('\n')), sampleContext).trials[0]?.id).toBe(id);
    }),
  );
  const swapped = specText({ training: '{l2: {dividedBy: one, strength: 1}, batchSize: 8}', seed: '[3, 0]' });
  expect(planExperiment(parse(swapped), sampleContext).trials.map((trial) => trial.id)).toContain(id);
});

test('rounds and the budget that they come to are the same', () => {
  expect(plan({ rounds: '5' }).trials).toEqual(plan({ rounds: null, budget: '70' }).trials);
  expect(identity({ rounds: null, budget: 'all' }).budget).toBe(1348);
});

const loud: readonly Changes[] = [
  { dataset: 'mnist' },
  { dataset: '{name: digits, normalization: standard}' },
  { dataset: '{name: digits, initialPool: balanced}' },
  { dataset: '{name: digits, split: {test: 0.3}}' },
  { dataset: '{name: digits, split: {seed: 0}}' },
  { model: 'logistic' },
  { model: '{preset: mlp, initializer: zeros}' },
  { model: '{preset: mlp, training: {start: warm}}' },
  { training: '{optimizer: {epsilon: 1.0e-7}}' },
  { strategy: 'margin' },
  { oracle: '{name: noisy, rate: 0}' },
  { initialPoolSize: '21', rounds: null, budget: '70' },
  { queryBatchSize: '11', rounds: null, budget: '70' },
  { rounds: '6' },
  { seed: '1' },
];

test.each(loud)('%j changes a trial’s id, and its cohort unless it is the strategy', (changes) => {
  const [before] = plan().trials;
  const [after] = plan(changes).trials;
  expect(after?.id).not.toBe(before?.id);
  expect(after?.cohort === before?.cohort).toBe('strategy' in changes);
});

test('a strategy’s version is part of the id', () => {
  const spec = parse(specText({ strategy: 'density' }));
  const density = { ...sampleContext.strategies.density, version: 4 };
  const strategies = { ...sampleContext.strategies, density };
  const [before] = planExperiment(spec, sampleContext).trials;
  const [after] = planExperiment(spec, { ...sampleContext, strategies }).trials;
  expect(after?.id).not.toBe(before?.id);
  expect(after?.identity.strategy).toEqual({
    name: 'density',
    version: 4,
    options: { beta: 1, metric: 'cosine' },
  });
});

test.each([
  ['digits', { rows: 'all', test: 0.25, validation: 0, pool: 'rest', stratified: true }],
  ['mnist', { rows: 'all', test: 'test-file', validation: 0, pool: 'rest', stratified: false }],
  [
    '{name: mnist, split: {rows: test-file, test: 2000, seed: 7}}',
    { rows: 'test-file', test: 2000, validation: 0, pool: 'rest', stratified: false, seed: 7 },
  ],
])('the split of %s is completed', (dataset, split) => {
  expect(identity({ dataset }).dataset).toMatchObject({ normalization: 'unit', initialPool: 'random' });
  expect(identity({ dataset }).dataset.split).toEqual(split);
});

const sgd = { name: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false };
const adam = { name: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

test.each([
  ['mlp', '{optimizer: {learningRate: 0.5}}', { optimizer: { ...adam, learningRate: 0.5 } }],
  ['mlp', '{optimizer: {beta1: 0}}', { optimizer: { ...adam, beta1: 0 } }],
  ['mlp', '{optimizer: {name: sgd, momentum: 0.9}}', { optimizer: sgd }],
  ['mlp', '{optimizer: {name: adamw}}', { optimizer: { ...adam, name: 'adamw', weightDecay: 0.01 } }],
  [
    'mlp-sklearn',
    '{stop: {patience: 3}}',
    { stop: { rule: 'training-loss', tolerance: 1e-4, patience: 3, maximumEpochs: 200 } },
  ],
  ['mlp-sklearn', '{stop: {rule: epochs, epochs: 7}}', { stop: { rule: 'epochs', epochs: 7 } }],
  ['mlp-sklearn', '{l2: {strength: 0}}', { l2: { strength: 0, dividedBy: 'minibatch' } }],
  ['{preset: mlp, training: {batchSize: 4}}', '{batchSize: 8, start: warm}', { batchSize: 4, start: 'warm' }],
])('training of %s with %s', (model, training, expected) => {
  expect(identity({ model, training }).model.training).toMatchObject(expected);
});

test('layers may stand outside the L2 penalty, and not all of them', () => {
  const layers = (first: string, last: string) =>
    `{label: own, layers: [{conv2d: {filters: 2, kernelSize: 3}${first}}, relu, {dense: 10${last}}], training: {l2: {strength: 1}}}`;
  const outside = ', l2: false';
  expect(identity({ model: layers(outside, '') }).model.layers[0]).toMatchObject({ filters: 2, l2: false });
  expect(identity({ model: layers('', outside) }).model.layers[2]).toMatchObject({ units: 10, l2: false });
  expect(() => plan({ model: layers(outside, outside) })).toThrow(
    refusal('bad-training', /every layer of the model "own" says "l2: false"\. Take that from one/),
  );
});

test('a model of layers alone has the default training', () => {
  const model = '{label: own, layers: [{dense: 8}, relu, {dense: 10}, {dropout: 0.1}]}';
  const { layers, initializer, training } = identity({ model }).model;
  expect(layers).toHaveLength(4);
  expect(initializer).toBe('he');
  expect(training).toEqual(identity().model.training);
});

test('the resolved spec is plain JSON and says everything', () => {
  const { spec, name, engine, device } = plan({ strategy: '[random, {name: density, label: d}]' });
  expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  expect({ name, engine, device }).toEqual({ name: 'sample', engine: 'onnx', device: 'cpu' });
  expect(spec.strategy[1]).toEqual({
    label: 'd',
    config: { name: 'density', version: 3, options: { beta: 1, metric: 'cosine' } },
  });
  expect(spec.model).toEqual([{ label: 'mlp', config: identity().model }]);
});

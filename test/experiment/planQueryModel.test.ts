/** Which trials a spec with query models stands for, and what of it is refused. */
import { expect, test } from 'vitest';
import { datasetInfo } from '../../src/datasets/index.ts';
import { packTrials } from '../../src/experiment/packs.ts';
import { planExperiment } from '../../src/experiment/plan.ts';
import { trialId } from '../../src/experiment/planIds.ts';
import { acquiringIdentity } from '../../src/experiment/planQueryModel.ts';
import { longestFirst } from '../../src/experiment/schedule.ts';
import { type Changes, parse, problems, refusal, sampleContext, specText } from './sampleSpec.ts';

const plan = (changes: Changes) => planExperiment(parse(specText(changes)), sampleContext);
const matrix = { model: '[logistic, mlp]', queryModel: '[logistic, mlp]', strategy: '[random, margin]' };

test('every strategy that looks at a model is asked by each, and random once', () => {
  const { trials } = plan(matrix);
  const names = trials.map(({ labels }) => `${labels.model}: ${labels.strategy}`);
  expect(names).toEqual([
    ...['logistic: random', 'logistic: margin', 'logistic: margin by mlp'],
    ...['mlp: random', 'mlp: margin by logistic', 'mlp: margin'],
  ]);
  expect(trials[2]?.labels.queriedBy).toEqual({ model: 'mlp', strategy: 'margin' });
  expect(trials[2]?.identity.queryModel).toEqual(trials[5]?.identity.model);
  expect(new Set(trials.map(({ id }) => id)).size).toBe(6);
});

test('a trial whose own model queries is the one that it is without query models', () => {
  const ids = new Set(plan({ ...matrix, queryModel: null }).trials.map(({ id }) => id));
  const own = plan(matrix).trials.filter(({ labels }) => labels.queriedBy === undefined);
  expect(own.map(({ id }) => ids.has(id))).toEqual([true, true, true, true]);
  expect(own.every(({ identity }) => !('queryModel' in identity))).toBe(true);
});

test('what chooses is known by its content, whatever it is called', () => {
  const queried = (queryModel: string) => plan({ queryModel, strategy: 'margin' }).trials[0];
  const [mlp, renamed, longer] = [
    queried('logistic'),
    queried('{preset: logistic, label: other}'),
    queried('{preset: logistic, training: {l2: {strength: 2}}}'),
  ];
  expect(renamed?.id).toBe(mlp?.id);
  expect(renamed?.labels.strategy).toBe('margin by other');
  expect(longer?.id).not.toBe(mlp?.id);
  expect(longer?.cohort).not.toBe(mlp?.cohort);
});

test('the trial that a query model stands for is the one in which it is the model', () => {
  const { trials } = plan(matrix);
  const acquirer = acquiringIdentity(trials[2]?.identity ?? expect.fail());
  expect(trialId(acquirer ?? expect.fail())).toBe(trials[5]?.id);
  expect(acquiringIdentity(trials[5]?.identity ?? expect.fail())).toBeUndefined();
});

test('a mixture and a bound look at the model, a mixture of random alone does not', () => {
  const strategy =
    '[{mixture: [random, margin], label: m}, {mixture: [random, random], label: r}, oracle-greedy]';
  const labels = plan({ queryModel: 'logistic', strategy }).trials.map(({ labels }) => labels.strategy);
  expect(labels).toEqual(['m by logistic', 'r', 'oracle-greedy (bound) by logistic']);
});

test('they run one by one, after those whose own model queries', () => {
  const ordered = longestFirst(plan({ ...matrix, initialPoolSize: '[20, 50]' }).trials);
  const isQueried = ordered.map(({ identity }) => identity.queryModel !== undefined);
  expect(isQueried).toEqual([...Array(8).fill(false), ...Array(4).fill(true)]);
  const packing = { mostReplicas: 16, memoryBytes: 2 ** 40, rowsPerRun: 4096 };
  const packs = packTrials(ordered, { packing, infoOf: datasetInfo, numWorkers: 1, packSize: 8 });
  expect(packs.map(({ length }) => length).sort()).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
});

test.each<[string, Changes, string, RegExp]>([
  ['two of one kind', { queryModel: '[mlp, mlp]' }, 'duplicate-entry', /entries of "queryModel" must differ/],
  [
    'a label that two models share',
    { queryModel: '{preset: logistic, label: mlp}' },
    'ambiguous-label',
    /"mlp" of "model" and "mlp" of "queryModel" are different models/,
  ],
  [
    'a label that stands for two strategies',
    { queryModel: 'logistic', strategy: '[margin, {name: entropy, label: margin by logistic}]' },
    'ambiguous-label',
    /"margin by logistic" is a strategy's label/,
  ],
  [
    'a strategy that needs samples of it',
    { model: '{preset: mlp, samples: {kind: ensemble, count: 3}}', queryModel: 'logistic', strategy: 'bald' },
    'unmet-need',
    /"bald" needs several samples.*"logistic" gives one/,
  ],
  [
    'validation rows that are not there',
    { queryModel: '{preset: mlp, label: patient, training: {stop: {rule: validation-accuracy}}}' },
    'no-validation',
    /validation-accuracy of "patient" needs validation rows/,
  ],
  [
    'layers that do not fit',
    { queryModel: '{label: five, layers: [{dense: 5}]}' },
    'bad-layers',
    /the last layer of "five" is dense with 5 units/,
  ],
])('refused: %s', (_, changes, code, message) => {
  expect(() => plan(changes)).toThrow(refusal(code, message));
});

test('the model that trains need not have samples where the one that queries has', () => {
  const queryModel = '{preset: mlp, label: ensemble, samples: {kind: ensemble, count: 3}}';
  expect(plan({ queryModel, strategy: 'bald' }).trials[0]?.labels.strategy).toBe('bald by ensemble');
});

test('a misspelt query model is answered with the nearest', () => {
  expect(problems(specText({ queryModel: 'logistc' }))[0]).toMatch(/queryModel: .*did you mean "logistic"\?/);
});

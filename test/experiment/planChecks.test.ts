import { expect, test } from 'vitest';
import { planExperiment } from '../../src/experiment/plan.ts';
import { type Changes, parse, refusal, sampleContext, specText } from './sampleSpec.ts';

function plan(changes: Changes) {
  return planExperiment(parse(specText(changes)), sampleContext);
}

test.each<[changes: Changes, code: string, message: RegExp]>([
  [
    { rounds: '200' },
    'bad-budget',
    /it is 2020 labels \(initial pool 20 \+ 200 rounds of 10\), and the pool of "digits" has 1348 rows\. Lower it/,
  ],
  [
    { rounds: null, budget: '1349' },
    'bad-budget',
    /it is 1349 labels, and the pool of "digits" has 1348 rows/,
  ],
  [
    { rounds: null, budget: '20' },
    'bad-budget',
    /must exceed the initial pool: it is 20, and the initial pool has 20\. Raise/,
  ],
  [
    { rounds: null, budget: 'all', initialPoolSize: '1348' },
    'bad-budget',
    /it is 1348, and the initial pool has 1348/,
  ],
  [
    { initialPoolSize: '[20, 1400]' },
    'bad-initial-pool',
    /The pool has 1348 rows, and an initial pool of 1400/,
  ],
  [
    { dataset: '{name: digits, initialPool: stratified}', initialPoolSize: '9' },
    'bad-initial-pool',
    /each of the 10 classes, and 9 rows/,
  ],
  [
    { dataset: '{name: digits, initialPool: balanced}', initialPoolSize: '9' },
    'bad-initial-pool',
    /each of the 10 classes, and 9 rows/,
  ],
  [{ dataset: '{name: digits, split: {rows: test-file}}' }, 'bad-split', /needs a data set with a test file/],
  [{ dataset: '{name: digits, split: {test: 1700, validation: 200}}' }, 'bad-split', /need 1900 rows/],
  [
    { training: '{stop: {rule: validation-accuracy}}' },
    'no-validation',
    /of "mlp" needs validation rows, and the split of "digits" has none/,
  ],
  [
    { strategy: '[margin, margin]' },
    'duplicate-entry',
    /The entries of "strategy" must differ, and it has "margin" twice\. Leave one out/,
  ],
  [
    { strategy: '[margin, {name: margin, label: m}]' },
    'duplicate-entry',
    /has "margin" and "m", which come to the same/,
  ],
  [{ dataset: '[digits, {name: digits, split: {test: 0.25}}]' }, 'duplicate-entry', /"dataset" must differ/],
  [{ model: '[mlp, {preset: mlp, training: {batchSize: 32}}]' }, 'duplicate-entry', /"model" must differ/],
  [
    { model: '[mlp, {preset: mlp, training: {batchSize: 8}}]' },
    'ambiguous-label',
    /two are called "mlp"\. Give one of them a "label"/,
  ],
  [
    { oracle: '[{name: noisy, rate: 0}, {name: noisy, rate: 1}]' },
    'ambiguous-label',
    /"oracle".* two are called "noisy"/,
  ],
  [
    { training: '{optimizer: {momentum: 0.9}}' },
    'bad-training',
    /"momentum" is no option of the optimizer of "mlp", adam; known here: name, learning.*name the optimizer/,
  ],
  [
    { training: '{stop: {patience: 3}}' },
    'bad-training',
    /"patience" is no option of the stop rule of "mlp", epochs/,
  ],
  [
    { model: '{label: m, layers: [{dense: 10}, relu]}' },
    'bad-layers',
    /the last layer of "m" is relu where digits has 10 classes/,
  ],
  [
    { model: '{label: m, layers: [{dense: 8}]}' },
    'bad-layers',
    /is dense with 8 units where .* End its layers with "dense: numClasses"/,
  ],
  [
    { model: '{label: m, layers: [{conv2d: {filters: 2, kernelSize: 9}}, {dense: 10}]}' },
    'layer-shape',
    /"m" does not fit digits. Layer 1 \(conv2d\) gets the shape \[8, 8\] and needs at least 9 × 9 pixels/,
  ],
  [{ model: '{label: m, layers: [{dropout: 0.5}]}' }, 'bad-layers', /the last layer of "m" is missing/],
])('%j: %s', (changes, code, message) => {
  expect(() => plan(changes)).toThrow(refusal(code, message));
});

test('validation rows make the stop rule on validation accuracy possible', () => {
  const changes = {
    training: '{stop: {rule: validation-accuracy}}',
    dataset: '{name: digits, split: {validation: 0.1}}',
  };
  expect(plan(changes).trials[0]?.identity.model.training.stop).toEqual({
    rule: 'validation-accuracy',
    patience: 10,
    maximumEpochs: 200,
  });
});

import { expect, test } from 'vitest';
import { parse, specText } from './sampleSpec.ts';

test.each<[text: string, assignments: readonly string[], expected: object]>([
  [specText(), ['training.stop.epochs=5'], { training: { stop: { epochs: 5 } } }],
  [specText(), ['seed=0-2'], { seed: [0, 1, 2] }],
  [specText(), ['seed=[4, 0-1]', 'queryBatchSize=3'], { seed: [4, 0, 1], queryBatchSize: [3] }],
  [specText(), ['strategy=[random,margin]'], { strategy: [{ name: 'random' }, { name: 'margin' }] }],
  [specText(), ['dataset={name: mnist, label: m}'], { dataset: [{ name: 'mnist', label: 'm' }] }],
  [
    specText({ model: '[mlp, logistic]' }),
    ['model.1=mlp-sklearn'],
    { model: [{ preset: 'mlp' }, { preset: 'mlp-sklearn' }] },
  ],
  [
    specText({ training: '{stop: {epochs: 5}}' }),
    ['training.batchSize=8'],
    { training: { stop: { epochs: 5 }, batchSize: 8 } },
  ],
  [specText({ training: '' }), ['training.batchSize=8'], { training: { batchSize: 8 } }],
  [specText({ training: '{batchSize: 8}' }), ['training.batchSize='], { training: {} }],
  [specText(), ['rounds=', 'budget=all'], { length: { budget: 'all' } }],
  [specText(), ['description=a = b'], { description: 'a = b' }],
  [specText(), ['training.batchSize=8', 'training.batchSize=9'], { training: { batchSize: 9 } }],
  [specText(), ['training.l2.strength='], { training: {} }],
])('%#: --set %j', (text, assignments, expected) => {
  expect(parse(text, assignments)).toMatchObject(expected);
  if ('training' in expected) expect(parse(text, assignments).training).toEqual(expected.training);
});

test('what an anchor stands for elsewhere is not changed', () => {
  const models =
    '[{preset: mlp, label: a, training: &t {batchSize: 8}}, {preset: mlp, label: b, training: *t}]';
  expect(parse(specText({ model: models }), ['model.1.training.batchSize=9']).model).toMatchObject([
    { training: { batchSize: 8 } },
    { training: { batchSize: 9 } },
  ]);
});

test.each([
  ['trainin.batchSize=3', '--set trainin.batchSize=3: trainin: is unknown; did you mean "training"?'],
  [
    'training.stop.epoch=3',
    '--set training.stop.epoch=3: training.stop.epoch: is unknown; did you mean "epochs"?',
  ],
  ['seed=5-2', '--set seed=5-2: seed: must ascend; met "5-2"; write 2-5'],
  [
    'strategy=[random, margn]',
    /^--set strategy=\[random, margn\]: strategy\[1\]: must be one of .*"margin"\?$/,
  ],
  ['seed=[1', /^--set seed=\[1: the value is not YAML: /],
  ['seed', '--set seed: must be path=value, for example --set training.batchSize=64'],
  ['=3', /^--set =3: must be path=value/],
  ['training..stop=3', /must be path=value/],
  [
    'dataset.label=x',
    '--set dataset.label=x: dataset must be a mapping or a list to set "label" in it; it is a plain value; set it whole, as in --set dataset="{name: ...}"',
  ],
])('--set %s is refused', (assignment, message) => {
  expect(() => parse(specText(), [assignment])).toThrow(
    expect.objectContaining({
      code: 'invalid-spec',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    }),
  );
});

test('problems of the file come first, each in its place', () => {
  expect(() => parse(specText({ seed: '-1' }), ['rounds=0'])).toThrow(
    'lab/sample.yaml:7:7: seed: must be at least 0; met -1\n--set rounds=0: rounds: must be at least 1; met 0',
  );
});

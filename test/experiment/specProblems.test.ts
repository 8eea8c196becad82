import { expect, test } from 'vitest';
import { parse, problems, sampleVocabulary, specText } from './sampleSpec.ts';

const presetNames = sampleVocabulary.models.join(', ');

test.each<[key: string, value: string | null, location: string, problem: string]>([
  [
    'dataset',
    'digts',
    '1:10',
    'dataset: must be one of digits, mnist, fashion-mnist; met "digts"; did you mean "digits"?',
  ],
  [
    'dataset',
    '[digits, 7]',
    '1:19',
    'dataset[1]: must be one of digits, mnist, fashion-mnist or a mapping of keys to values; met 7',
  ],
  [
    'dataset',
    '7',
    '1:10',
    'dataset: must be one of digits, mnist, fashion-mnist or a mapping of keys to values or a list; met 7',
  ],
  ['dataset', '[]', '1:10', 'dataset: must not be empty'],
  [
    'dataset',
    '',
    '1:10',
    'dataset: must be one of digits, mnist, fashion-mnist or a mapping of keys to values or a list; met nothing',
  ],
  ['dataset', null, '1:1', 'dataset: is required'],
  ['dataset', '{name: digits, lable: x}', '1:25', 'dataset.lable: is unknown; did you mean "label"?'],
  [
    'dataset',
    '{name: digits, split: {test: 1.5}}',
    '1:39',
    'dataset.split.test: must be a fraction below 1 or a whole number of rows; met 1.5',
  ],
  ['dataset', '{name: digits, split: {test: 0}}', '1:39', 'dataset.split.test: must be above 0; met 0'],
  [
    'dataset',
    '{name: digits, split: {test: tset-file}}',
    '1:39',
    'dataset.split.test: must be "test-file"; met "tset-file"; did you mean "test-file"?',
  ],
  [
    'dataset',
    '{name: digits, split: {masks: m.json, test: 9}}',
    '1:48',
    'dataset.split.test: must be left out, because "masks" divides the rows; met 9',
  ],
  ['model', 'mpl', '2:8', `model: must be one of ${presetNames}; met "mpl"; did you mean "mlp"?`],
  ['model', '{label: x}', '2:8', 'model: must have a "preset" or "layers"; met neither'],
  ['model', '{layers: [relu]}', '2:8', 'model: must have a "label", being made of layers alone; met none'],
  [
    'model',
    '{preset: mlp, layers: [rleu]}',
    '2:31',
    'model.layers[0]: must be one of relu, tanh, gelu, flatten, batchNorm, globalAveragePool; met "rleu"; did you mean "relu"?',
  ],
  [
    'model',
    '{preset: mlp, layers: [{maxPool: {size: 3, stride: 2}}]}',
    '2:51',
    'model.layers[0].maxPool.stride: must be at least the size, 3: windows may not overlap; met 2',
  ],
  [
    'model',
    '{preset: mlp, layers: [{residual: {layers: [{conv2d: {filters: 3}}]}}]}',
    '2:61',
    'model.layers[0].residual.layers[0].conv2d.kernelSize: is required',
  ],
  [
    'model',
    '{preset: mlp, layers: [{dens: 3}]}',
    '2:32',
    'model.layers[0].dens: is unknown; did you mean "dense"?',
  ],
  [
    'model',
    '{preset: mlp, layers: [{dense: 3, dropout: 0.1}]}',
    '2:31',
    'model.layers[0]: must be one layer; met 2 (dense, dropout); give each its own "-"',
  ],
  [
    'model',
    '{preset: mlp, layers: [{maxPool: {size: 2}, l2: false}]}',
    '2:52',
    'model.layers[0].l2: is of layers with weights, dense and conv2d; met with maxPool',
  ],
  [
    'model',
    '{preset: mlp, layers: [{dense: 3, l2: true}]}',
    '2:46',
    'model.layers[0].l2: must be false; met true',
  ],
  [
    'model',
    '{preset: mlp, layers: [{dropout: 1}]}',
    '2:41',
    'model.layers[0].dropout: must be below 1; met 1',
  ],
  [
    'model',
    '{preset: mlp, layers: [{dropout: -0.1}]}',
    '2:41',
    'model.layers[0].dropout: must be at least 0; met -0.1',
  ],
  [
    'model',
    '{preset: mlp, layers: [{dense: 0}]}',
    '2:39',
    'model.layers[0].dense: must be at least 1; met 0',
  ],
  [
    'initialPoolSize',
    '[20, 50, 20]',
    '4:27',
    'initialPoolSize[2]: must not repeat; met 20 again; leave one out',
  ],
  ['initialPoolSize', '2.5', '4:18', 'initialPoolSize: must be a whole number; met 2.5'],
  ['queryBatchSize', '0', '5:17', 'queryBatchSize: must be at least 1; met 0'],
  ['queryBatchSize', 'many', '5:17', 'queryBatchSize: must be a number or a list; met "many"'],
  ['rounds', '0', '6:9', 'rounds: must be at least 1; met 0'],
  [
    'rounds',
    null,
    '1:1',
    'must have "rounds" or "budget"; met neither; "budget: all" goes on until the pool is empty',
  ],
  ['budget', '100', '8:1', 'budget: must not stand beside "rounds"; met 100; leave one of the two out'],
  ['seed', '[0-4, 3]', '7:13', 'seed[1]: must not repeat; met 3 again; leave one out'],
  ['seed', '[1, 2, 1]', '7:14', 'seed[2]: must not repeat; met 1 again; leave one out'],
  ['seed', '4-0', '7:7', 'seed: must ascend; met "4-0"; write 0-4'],
  ['seed', '0-999999999999', '7:7', 'seed: must hold at most 100000 seeds; met "0-999999999999"'],
  ['seed', '0..4', '7:7', 'seed: must be a whole number or a range such as 0-4; met "0..4"'],
  ['seed', '-1', '7:7', 'seed: must be at least 0; met -1'],
  ['oracle', 'noisy', '8:9', 'oracle.rate: is required'],
  ['target', '[0.9, 90]', '8:15', 'target[1]: must be at most 1; met 90'],
  ['training', '{batchsize: 3}', '8:12', 'training.batchsize: is unknown; did you mean "batchSize"?'],
  ['training', '{batchSize: "3"}', '8:23', 'training.batchSize: must be a number; met "3"'],
  [
    'training',
    '{optimizer: {name: adam, momentum: 0.9}}',
    '8:36',
    'training.optimizer.momentum: is no option of the optimizer "adam"; known here: name, learningRate, beta1, beta2, epsilon',
  ],
  [
    'training',
    '{stop: {rule: steps, epochs: 3}}',
    '8:32',
    'training.stop.epochs: is no option of the stop rule "steps"; known here: rule, steps',
  ],
  [
    'training',
    '{optimizer: {learningRate: .inf}}',
    '8:38',
    'training.optimizer.learningRate: must be a number; met Infinity',
  ],
  ['engine', 'onxx', '8:9', 'engine: must be one of onnx, reference; met "onxx"; did you mean "onnx"?'],
  ['device', 'cup', '8:9', 'device: must be one of cpu, webgpu; met "cup"; did you mean "cpu"?'],
  ['name', 'My Results', '8:7', 'name: must be lower-case words and digits joined by "-"; met "My Results"'],
  ['name', '../up', '8:7', 'name: must be lower-case words and digits joined by "-"; met "../up"'],
  ['stratgy', 'random', '8:1', 'stratgy: is unknown; did you mean "strategy"?'],
  ['__proto__', '{}', '8:1', expect.stringMatching(/^__proto__: is unknown; known here: /)],
])('%s: %s', (key, value, location, problem) => {
  const [line = '', ...others] = problems(specText({ [key]: value }));
  expect(others).toEqual([]);
  expect(line.slice(0, line.indexOf(': '))).toBe(`lab/sample.yaml:${location}`);
  expect(line.slice(line.indexOf(': ') + 2)).toEqual(problem);
});

test('a device that the engine does not have', () => {
  expect(problems(specText({ engine: 'reference', device: 'webgpu' }))).toEqual([
    'lab/sample.yaml:9:1: device: must be one the engine reference has: cpu; met "webgpu"',
  ]);
});

test.each([
  ['seed: 1\nseed: 2\n', ['2:1: a key must stand only once in its mapping; leave one out']],
  ['training:\n\tbatchSize: 3\n', ['2:1: YAML indents with spaces, never with tabs; replace the tab']],
  ['name: a\n---\nname: b\n', ['2:1: a spec must be one document; leave out what begins at this "---"']],
  ['model: *mlp\n', ['1:8: no anchor &mlp before *mlp']],
  ['seed: !range 0-4\n', ['1:7: Unresolved tag: !range']],
  [
    '{"seed": 1,\n "seed": 2,\n "seed": 3}',
    ['2:2', '3:2'].map((at) => `${at}: a key must stand only once in its mapping; leave one out`),
  ],
  ['- digits\n', ['1:1: must be a mapping of keys to values; met ["digits"]']],
  ['', ['1:1: must be a mapping of keys to values; met nothing']],
  ['# nothing yet\n', ['1:1: must be a mapping of keys to values; met nothing']],
])('syntax: %j', (text, expected) => {
  expect(problems(text)).toEqual(expected.map((line) => `lab/sample.yaml:${line}`));
});

test('all problems are told, in the order of the file', () => {
  const text = specText({ dataset: 'digts', model: 'mpl', seed: '[x, -1, 1.5, 2, 2]', extra: '1' });
  expect(problems(text).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'lab/sample.yaml:1:10: dataset:',
    'lab/sample.yaml:2:8: model:',
    'lab/sample.yaml:7:8: seed[0]:',
    'lab/sample.yaml:7:11: seed[1]:',
    'lab/sample.yaml:7:15: seed[2]:',
    'lab/sample.yaml:7:23: seed[4]:',
    'lab/sample.yaml:8:1: extra:',
  ]);
});

test('a value is located where it stands, after its anchor, and an alias where it is used', () => {
  const text = specText({ dataset: '{name: digits, split: {seed: &s -1}}', seed: '*s' });
  expect(problems(text)).toEqual([
    'lab/sample.yaml:1:42: dataset.split.seed: must be at least 0; met -1',
    'lab/sample.yaml:7:7: seed: must be at least 0; met -1',
  ]);
});

test('aliases that multiply beyond reason are refused', () => {
  const bomb = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`).join(
    '\n',
  );
  expect(() => parse(`a0: &a0 [x]\n${bomb}\n`)).toThrow(/^lab\/sample\.yaml: Excessive alias count/);
});

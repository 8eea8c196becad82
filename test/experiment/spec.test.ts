import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSpec, readSpec } from '../../src/experiment/spec.ts';
import type { SpecOverride } from '../../src/experiment/specOverrides.ts';
import { UserError } from '../../src/foundation/userError.ts';
import { temporaryFolder } from '../folders.ts';
import { parse, sampleVocabulary, specText } from './sampleSpec.ts';

const complete = `# yaml-language-server: $schema=./querybench.schema.json
name: complete
description: Everything that can be said
dataset:
  - digits
  - { name: mnist, label: mnist-test, normalization: standard, initialPool: stratified, split: { rows: test-file, test: 2000, validation: 0.1, pool: rest, stratified: false, seed: 7 } }
  - { name: digits, label: masked, split: { masks: masks.json } }
model:
  - mlp
  - { preset: mlp, label: quick, training: { stop: { epochs: 5 } } }
  - { label: own, initializer: pytorch, layers: [ { dense: 128 }, relu, { dropout: 0.2 }, { dense: numClasses } ] }
strategy: [random, { name: density, label: dense, beta: 2 }]
oracle: { name: noisy, rate: 0.1 }
initialPoolSize: [20, 50, 100]
queryBatchSize: 10
budget: all
seed: [0-3, 9]
target: 0.9
training: { optimizer: { name: sgd, momentum: 0.9 }, batchSize: 64, l2: { strength: 0.1 }, start: warm }
engine: reference
`;

test('a complete spec: axes become lists, names become mappings, options are completed', () => {
  expect(parse(complete)).toEqual({
    name: 'complete',
    description: 'Everything that can be said',
    dataset: [
      { name: 'digits' },
      {
        name: 'mnist',
        label: 'mnist-test',
        normalization: 'standard',
        initialPool: 'stratified',
        split: { rows: 'test-file', test: 2000, validation: 0.1, pool: 'rest', stratified: false, seed: 7 },
      },
      { name: 'digits', label: 'masked', split: { masks: join('lab', 'masks.json') } },
    ],
    model: [
      { preset: 'mlp' },
      { preset: 'mlp', label: 'quick', training: { stop: { epochs: 5 } } },
      {
        label: 'own',
        initializer: 'pytorch',
        layers: [
          { type: 'dense', units: 128 },
          { type: 'relu' },
          { type: 'dropout', rate: 0.2 },
          { type: 'dense', units: 'numClasses' },
        ],
      },
    ],
    strategy: [
      { kind: 'named', name: 'random', label: 'random', options: {} },
      { kind: 'named', name: 'density', label: 'dense', options: { beta: 2, metric: 'cosine' } },
    ],
    oracle: [{ name: 'noisy', label: 'noisy', options: { rate: 0.1 } }],
    initialPoolSize: [20, 50, 100],
    queryBatchSize: [10],
    length: { budget: 'all' },
    seed: [0, 1, 2, 3, 9],
    target: [0.9],
    training: {
      optimizer: { name: 'sgd', momentum: 0.9 },
      batchSize: 64,
      l2: { strength: 0.1 },
      start: 'warm',
    },
    engine: 'reference',
    device: 'cpu',
  });
});

test('a minimal spec is named after its file and completed', () => {
  expect(parse(specText())).toEqual({
    name: 'sample',
    description: '',
    dataset: [{ name: 'digits' }],
    model: [{ preset: 'mlp' }],
    strategy: [{ kind: 'named', name: 'random', label: 'random', options: {} }],
    oracle: [{ name: 'perfect', label: 'perfect', options: {} }],
    initialPoolSize: [20],
    queryBatchSize: [10],
    length: { rounds: 5 },
    seed: [0],
    target: [],
    training: {},
    engine: 'onnx',
    device: 'cpu',
  });
});

test('JSON is read by the same parser, tabs and $schema included', () => {
  const fields = { $schema: './querybench.schema.json', ...JSON.parse(JSON.stringify(jsonFields)) };
  expect(parse(JSON.stringify(fields, undefined, '\t'))).toEqual(parse(specText()));
});

const jsonFields = {
  dataset: 'digits',
  model: 'mlp',
  strategy: 'random',
  initialPoolSize: 20,
  queryBatchSize: 10,
  rounds: 5,
  seed: '0-0',
};

test('a file name that is no experiment name asks for one', () => {
  expect(() => parseSpec(specText(), 'My Sweep.yaml', sampleVocabulary)).toThrow(
    'My Sweep.yaml:1:1: name: must be lower-case words and digits joined by "-"; met "My Sweep", the name of the file; add a "name"',
  );
  expect(parseSpec(specText({ name: 'mine' }), 'My Sweep.yaml', sampleVocabulary).name).toBe('mine');
});

test('whatever the text, a spec is parsed or refused as the user’s', () => {
  const fragments = [
    'dataset',
    'model',
    'seed',
    ': ',
    '- ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    'mlp',
    '0-4',
    '&a ',
    '*a',
    '1',
    '"',
    '!x ',
    '---\n',
  ];
  const text = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string()), { maxLength: 20 });
  fc.assert(
    fc.property(text, (parts) => {
      try {
        parse(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 300 },
  );
});

test('a spec is read from its file, its index masks beside it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'paired.json');
  writeFileSync(
    path,
    JSON.stringify({ ...jsonFields, dataset: { name: 'digits', split: { masks: 'm.json' } } }),
  );
  const spec = await readSpec(path, sampleVocabulary, ['seed=5']);
  expect(spec).toMatchObject({
    name: 'paired',
    seed: [5],
    dataset: [{ split: { masks: join(folder, 'm.json') } }],
  });
});

test('what is wrong with an override is said of what was typed', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'typed.json');
  writeFileSync(path, JSON.stringify(jsonFields));
  const refusal = (override: SpecOverride) => readSpec(path, sampleVocabulary, [override]).catch(String);
  expect(await refusal('engine=gpu')).toMatch(/--set engine=gpu: engine: must be one of .*met "gpu"/);
  const typed = { assignment: 'engine=gpu', typed: '--engine gpu' };
  expect(await refusal(typed)).toMatch(/: --engine gpu: engine: must be one of .*met "gpu"/);
});

test('a spec that cannot be read is told as such', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'spec.yaml'));
  for (const name of ['missing.yaml', 'spec.yaml']) {
    await expect(readSpec(join(folder, name), sampleVocabulary)).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringContaining(join(folder, name)),
    });
  }
});

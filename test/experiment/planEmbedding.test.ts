import { expect, test } from 'vitest';
import { planExperiment } from '../../src/experiment/plan.ts';
import { parse, refusal, sampleContext, specText } from './sampleSpec.ts';

const plan = (model: string) => planExperiment(parse(specText({ model })), sampleContext);
const layered = (layers: string, embedding = '') =>
  plan(`{preset: mlp, layers: [${layers}, dense: numClasses]${embedding && `, embedding: ${embedding}`}}`);

test('a name alone changes no id', () => {
  const plain = layered('dense: 8, relu').trials;
  expect(layered('{dense: 8, name: wide}, {layer: relu, name: hidden}').trials).toEqual(plain);
  expect(plain[0]?.identity.model.layers).toEqual([
    { type: 'dense', units: 8 },
    { type: 'relu' },
    { type: 'dense', units: 'numClasses' },
  ]);
  expect(plan('{preset: mlp, label: mlp}').trials[0]?.identity.model.layers[1]).toEqual({ type: 'relu' });
});

test('an embedding is part of the id where it is another than the default, under whatever name', () => {
  const layers = '{dense: 8, name: wide}, {layer: relu, name: hidden}, {dropout: 0.5, name: dropped}';
  const plain = layered('dense: 8, relu, dropout: 0.5').trials[0];
  for (const name of ['hidden', 'dropped']) expect(layered(layers, name).trials[0]).toEqual(plain);
  const wide = layered(layers, 'wide').trials[0];
  expect(wide?.identity.model.embedding).toBe('1');
  expect(wide?.id).not.toBe(plain?.id);
  expect(layered(layers.replace('wide', 'broad'), 'broad').trials[0]?.id).toBe(wide?.id);
  const within = 'dense: 8, residual: {layers: [relu, {layer: tanh, name: inner}]}'.replace(
    'residual: {layers',
    '{residual: {layers',
  );
  expect(layered(`${within}}`, 'inner').trials[0]?.identity.model.embedding).toBe('2.2');
});

test('a preset’s layers have names', () => {
  expect(plan('{preset: mlp, embedding: hidden-1}').trials[0]?.identity.model.embedding).toBe('2');
  expect(plan('{preset: mlp, embedding: hidden-2}').trials).toEqual(plan('mlp').trials);
});

test.each<[string, string, RegExp]>([
  [
    '{dense: 8, name: hidden}',
    'hiden',
    /Unknown layer of "mlp" "hiden"\. Did you mean "hidden"\? Known: hidden\./,
  ],
  ['dense: 8', 'hidden', /no layer of "mlp" has a name; met "hidden"\. Give one a name/],
  [
    '{dense: 8, name: a}, {layer: relu, name: a}',
    'a',
    /2 layers of "mlp" are called "a"\. Rename all but one/,
  ],
])('layers %s, embedding %s', (layers, embedding, message) => {
  const code = message.source.includes('called') ? 'duplicate-name' : 'unknown-name';
  expect(() => layered(layers, embedding)).toThrow(refusal(code, message));
});

test('a name needs a layer', () => {
  expect(() => layered('{name: alone}')).toThrow(/must name a layer, .* met a name alone/);
  expect(() => layered('{l2: false}')).toThrow(/must name a layer, .* met l2 alone/);
});

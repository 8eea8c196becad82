import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { specJsonSchema } from '../../src/experiment/specJsonSchema.ts';
import { sampleVocabulary, specText } from './sampleSpec.ts';

const schema = specJsonSchema(sampleVocabulary);
const validate = new Ajv({ strict: false }).compile(schema);

test.each<Readonly<Record<string, string | null>>>([
  {},
  { dataset: '[digits, {name: mnist, split: {test: 0.5}}]', seed: '[0-4, 7]', target: '0.9' },
  {
    model: '{label: own, layers: [{dense: 3}, relu, {dropout: 0.2}, {dense: numClasses}]}',
    budget: 'all',
    rounds: null,
  },
  {
    model:
      '{preset: mlp, layers: [{conv2d: {filters: 8, kernelSize: 3}}, {residual: {layers: [tanh, {residual: {layers: [gelu]}}]}}]}',
  },
  {
    strategy: '[random, {name: density, beta: 2, label: d}]',
    oracle: '{name: noisy, rate: 0.5}',
    $schema: './x.json',
  },
  { training: '{optimizer: {name: sgd, momentum: 0.9}, stop: {rule: training-loss, patience: 3}}' },
])('%# is accepted', (changes) => {
  validate(parseYaml(specText(changes)));
  expect(validate.errors).toBeNull();
});

test.each<Readonly<Record<string, string | null>>>([
  { dataset: 'digts' },
  { seed: '0..4' },
  { seed: '[]' },
  { strategy: '{name: margin, beta: 1}' },
  { strategy: null },
  { extra: '1' },
  { rounds: '1.5' },
  { model: '{preset: mlp, layers: [{dense: 3, dropout: 0.1}]}' },
  { model: '{preset: mlp, layers: [{residual: {layers: [rleu]}}]}' },
])('%# is refused', (changes) => {
  expect(validate(parseYaml(specText(changes)))).toBe(false);
});

test('every field is explained', () => {
  const unexplained = fieldsOf(schema).filter(([, field]) => typeof resolved(field).description !== 'string');
  expect(fieldsOf(schema).length).toBeGreaterThan(60);
  expect(unexplained.map(([path]) => path)).toEqual([]);
});

type JsonSchema = Readonly<Record<string, unknown>>;

/** What a field's reference to what is written once stands for. */
function resolved(field: JsonSchema): JsonSchema {
  const { $ref } = field;
  if (typeof $ref !== 'string') return field;
  const { definitions } = schema as { definitions: Readonly<Record<string, JsonSchema>> };
  return resolved({ ...definitions[$ref.slice('#/definitions/'.length)], ...{ ...field, $ref: undefined } });
}

/** Every member of a "properties" anywhere in `node`, with its path. */
function fieldsOf(node: unknown, path = ''): readonly (readonly [string, JsonSchema])[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => {
    const own =
      key === 'properties'
        ? Object.entries(child as Record<string, JsonSchema>).map(
            ([name, field]) => [`${path}.${name}`, field] as const,
          )
        : [];
    return [...own, ...fieldsOf(child, key === 'properties' ? path : `${path}.${key}`)];
  });
}

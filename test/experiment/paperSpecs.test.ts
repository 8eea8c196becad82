/** The specs of published experiments: at every scale they conform, plan, and stay the paper's protocol. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadPlan, vocabulary } from '../../src/experiment/loadPlan.ts';
import { roundSizes } from '../../src/experiment/roundSizes.ts';
import { specJsonSchema } from '../../src/experiment/specJsonSchema.ts';

const folder = fileURLToPath(new URL('../../experiments/papers/', import.meta.url));
const yamlIn = (path: string) => readdirSync(path).filter((name) => name.endsWith('.yaml'));
const names = yamlIn(folder).map((name) => basename(name, '.yaml'));
const validate = new Ajv({ strict: false }).compile(specJsonSchema(vocabulary));

type Overrides = Readonly<Record<string, unknown>>;
const scaleFolder = join(folder, 'scales');
const readScale = (name: string): Readonly<Record<string, Overrides>> =>
  parse(readFileSync(join(scaleFolder, name), 'utf8'));
const scaled = yamlIn(scaleFolder).flatMap((file) =>
  Object.entries(readScale(file)).map(([name, overrides]) => ({
    scale: basename(file, '.yaml'),
    name,
    overrides,
  })),
);
const planAt = (name: string, overrides: Overrides = {}) =>
  loadPlan(
    join(folder, `${name}.yaml`),
    Object.entries(overrides).map(([path, value]) => `${path}=${JSON.stringify(value)}`),
  );

test.each(names)('%s names the schema, conforms to it, and plans', async (name) => {
  const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/querybench\.schema\.json\n/);
  validate(parse(text));
  expect(validate.errors).toBeNull();
  const plan = await planAt(name);
  expect(plan.name).toBe(name);
  expect(new Set(plan.trials.map(({ id }) => id)).size).toBe(plan.trials.length);
});

/** What a smaller scale may have less of; where more than that differs, scales say so and are listed here. */
const amounts = [
  'seed',
  'rounds',
  'budget',
  'strategy',
  'oracle',
  'model',
  'queryModel',
  'initialPoolSize',
  'queryBatchSize',
];
const departures = ['model.samples.count', 'scoring.poolSubset'];

test.each(scaled)('$name at scale $scale is a part of its full scale', async ({ name, overrides }) => {
  const [full, smaller] = [await planAt(name), await planAt(name, overrides)];
  const isDeparture = name === 'batchbald';
  // Invariants judge what comes out, and change nothing of it.
  const changed = Object.keys(overrides).filter((path) => path !== 'check.invariants');
  expect([...amounts, ...(isDeparture ? departures : [])]).toEqual(expect.arrayContaining(changed));
  const settings = ({ trials }: typeof full) =>
    trials.map(({ identity: { budget, ...rest } }) => JSON.stringify(rest));
  if (!isDeparture) expect(settings(full)).toEqual(expect.arrayContaining(settings(smaller)));
  const numRounds = ({ trials }: typeof full) =>
    trials.reduce((sum, { identity }) => sum + roundSizes(identity).length, 0);
  expect(numRounds(smaller)).toBeLessThan(numRounds(full));
});

test('every reproduction has a scale for CI', () => {
  expect(
    scaled
      .filter(({ scale }) => scale === 'ci')
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...names].sort());
});

/** The experiments that ship, and the schema that editors check them by. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { starterSpec } from '../../src/cli/starterSpec.ts';
import { loadPlan, vocabulary } from '../../src/experiment/loadPlan.ts';
import { roundSizes } from '../../src/experiment/roundSizes.ts';
import { specJsonSchema } from '../../src/experiment/specJsonSchema.ts';

const folder = fileURLToPath(new URL('../../experiments/', import.meta.url));
const schemaFile = 'querybench.schema.json';
const schema = JSON.parse(readFileSync(join(folder, schemaFile), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);
const specs = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test('the schema is the one that `npm run schema` would write now', () => {
  expect(schema).toEqual(specJsonSchema(vocabulary));
});

/** How many trials an experiment has, and where their label counts begin and end. */
const plans: Readonly<
  Record<string, readonly [numTrials: number, from?: number, to?: number, numRounds?: number]>
> = {
  'ci.yaml': [240, 40, 160, 13],
  'digits-full.yaml': [25, 20, 1348, 68],
  'fashion-pyrelational.yaml': [25, 5000, 50_000, 6],
  'mnist-cff.yaml': [30, 100, 700, 61],
  'own-strategy.yaml': [35, 20, 120, 11],
  'quickstart.yaml': [75],
};

test('every experiment is known here', () => expect(specs).toEqual(Object.keys(plans)));

test.each(specs)('%s names the schema, conforms to it, and plans', async (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text).toMatch(
    new RegExp(`^# yaml-language-server: \\$schema=\\./${schemaFile.replaceAll('.', '\\.')}\n`),
  );
  validate(parse(text));
  expect(validate.errors).toBeNull();
  const { name: planned, trials } = await loadPlan(join(folder, name));
  expect(`${planned}.yaml`).toBe(name);
  expect(new Set(trials.map(({ id }) => id)).size).toBe(trials.length);
  const grid = trials[0] ? roundSizes(trials[0].identity) : [];
  const actual = [trials.length, grid[0], grid.at(-1), grid.length];
  expect(actual.slice(0, plans[name]?.length)).toEqual(plans[name]);
});

test("init's starter spec conforms, and the schema does refuse", () => {
  validate(parse(starterSpec));
  expect(validate.errors).toBeNull();
  expect(validate({ ...parse(starterSpec), stratgy: 'random' })).toBe(false);
});

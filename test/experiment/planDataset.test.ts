import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ExperimentPlan, planExperiment } from '../../src/experiment/plan.ts';
import { readSpecData } from '../../src/experiment/planDataset.ts';
import { parseSpec } from '../../src/experiment/spec.ts';
import { temporaryFolder } from '../folders.ts';
import { type Changes, refusal, sampleContext, sampleVocabulary, specText } from './sampleSpec.ts';

/** Plans with an index-mask file of `masks` in a new folder. */
async function planWithMasks(masks: object, changes: Changes = {}): Promise<ExperimentPlan> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'masks.json'), JSON.stringify(masks));
  const text = specText({
    dataset: '{name: digits, split: {masks: masks.json}}',
    seed: '[3, 4]',
    ...changes,
  });
  const spec = parseSpec(text, join(folder, 'sample.yaml'), sampleVocabulary);
  return planExperiment(spec, { ...sampleContext, data: await readSpecData(spec) });
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
const mask = { initial: range(0, 30), pool: range(30, 70), test: range(100, 50) };
const masks = { 3: mask, 4: { ...mask, pool: range(30, 60) } };

test('index masks decide by content, not by path, and set each seed’s pool', async () => {
  const one = await planWithMasks(masks, { rounds: null, budget: 'all' });
  const other = await planWithMasks(masks, { rounds: null, budget: 'all' });
  expect(one.trials.map(({ identity: { budget } }) => budget)).toEqual([100, 90]);
  expect(one.trials.map(({ id }) => id)).toEqual(other.trials.map(({ id }) => id));
  expect(one.trials[0]?.identity.dataset.split.masks).not.toEqual(
    other.trials[0]?.identity.dataset.split.masks,
  );
  const changed = await planWithMasks({ ...masks, 5: mask }, { rounds: null, budget: 'all' });
  expect(changed.trials[0]?.id).not.toBe(one.trials[0]?.id);
});

test.each<[changes: Changes, code: string, message: RegExp]>([
  [{ seed: '3-5' }, 'missing-mask', /no index mask for seed 5/],
  [{ rounds: '8' }, 'bad-budget', /it is 100 labels .* has 90 rows/],
  [{ initialPoolSize: '31' }, 'bad-initial-pool', /lists 30 rows as initial pool, and 31 were asked for/],
])('with index masks, %j: %s', async (changes, code, message) => {
  await expect(planWithMasks(masks, changes)).rejects.toThrow(refusal(code, message));
});

test('copies of an index-mask file are one entry twice', async () => {
  const folder = temporaryFolder();
  const entries = ['a', 'b'].map((label) => {
    writeFileSync(join(folder, `${label}.json`), JSON.stringify(masks));
    return `{name: digits, label: ${label}, split: {masks: ${label}.json}}`;
  });
  const spec = parseSpec(
    specText({ dataset: `[${entries}]`, seed: '3' }),
    join(folder, 's.yaml'),
    sampleVocabulary,
  );
  const context = { ...sampleContext, data: await readSpecData(spec) };
  expect(() => planExperiment(spec, context)).toThrow(
    refusal('duplicate-entry', /"a" and "b", which come to the same/),
  );
});

/** Sweeps on a user's own files: what a plan makes of them, and a whole run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfigured } from '../../src/datasets/index.ts';
import { type ExperimentPlan, planExperiment } from '../../src/experiment/plan.ts';
import { readSpecData } from '../../src/experiment/planDataset.ts';
import { parseSpec } from '../../src/experiment/spec.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { succeed } from '../cli/querybench.ts';
import { temporaryFolder } from '../folders.ts';
import { refusal, sampleContext, sampleVocabulary, specText } from './sampleSpec.ts';
import { comparableRecords, finishedTrials, writeSpec } from './sweeps.ts';

/** Three classes of five features on very different scales: learnable if they are standardised. */
function tableText(numRows = 150): string {
  const stream = deriveStream('split', { test: 'own data' });
  const rows = Array.from({ length: numRows }, (_, i) => {
    const features = [1, 1000, 0.01, 1, 1].map(
      (scale, f) => scale * ((f % 3 === i % 3 ? 2 : 0) + stream.normal()),
    );
    return [`${i}.jpg`, ...features.map((x) => x.toFixed(6)), ['cat', 'dog', 'eel'][i % 3]].join(',');
  });
  return `file,a,b,c,d,e,species\n${rows.join('\n')}\n`;
}

async function plan(
  folder: string,
  dataset: string,
  changes: Record<string, string> = {},
): Promise<ExperimentPlan> {
  const text = specText({ dataset, initialPoolSize: '10', queryBatchSize: '5', rounds: '2', ...changes });
  const spec = parseSpec(text, join(folder, 'spec.yaml'), sampleVocabulary);
  return planExperiment(spec, { ...sampleContext, data: await readSpecData(spec) });
}

const ids = ({ trials }: ExperimentPlan) => trials.map(({ id }) => id);

test('contents decide the trials’ ids, and names and places do not', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'd.csv'), tableText());
  writeFileSync(join(folder, 'below', 'e.csv'), tableText());
  writeFileSync(join(folder, 'f.csv'), tableText(151));
  const one = await plan(folder, '{path: d.csv, labels: species}');
  expect(one.trials[0]?.labels.dataset).toBe('d');
  expect(ids(await plan(folder, '{path: below/e.csv, labels: species}'))).toEqual(ids(one));
  expect(ids(await plan(folder, '{path: f.csv, labels: species}'))).not.toEqual(ids(one));
  await expect(
    plan(folder, '[{path: d.csv, labels: species}, {path: below/e.csv, labels: species}]'),
  ).rejects.toThrow(refusal('duplicate-entry', /"d" and "e", which come to the same/));
});

test('features are standardised by the rows outside a test set that is the same for all seeds', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'd.csv'), tableText());
  const { trials } = await plan(folder, '{path: d.csv, labels: species, test: 0.2}', { seed: '0-2' });
  const configs = trials.map(({ identity }) => identity.dataset);
  expect(configs[0]).toMatchObject({
    normalization: 'standard',
    split: { test: 0.2, seed: 0, stratified: true },
  });
  const varying = await plan(folder, '{path: d.csv, labels: species, normalization: none}');
  expect(varying.trials[0]?.identity.dataset.split.seed).toBeUndefined();
  const { features } = await loadConfigured(configs[0] as NonNullable<(typeof configs)[0]>);
  expect(Math.max(...features)).toBeLessThan(10);
});

test.each<readonly [what: string, dataset: string, code: string, says: RegExp]>([
  [
    'index masks that vary',
    '{path: d.csv, labels: species, split: {masks: m.json}}',
    'bad-normalization',
    /for each seed/,
  ],
  [
    'a test file without labels',
    '{path: d.csv, labels: y.csv, test: d.csv}',
    'no-test-labels',
    /d\.csv has none/,
  ],
  ['a split that leaves nothing', '{path: d.csv, labels: species, test: 150}', 'bad-split', /pool/],
  [
    'fewer rows than the initial pool',
    '{path: small.csv, labels: species}',
    'bad-initial-pool',
    /pool has 5 rows/,
  ],
])('refuses %s', async (_, dataset, code, says) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'd.csv'), tableText());
  writeFileSync(join(folder, 'small.csv'), tableText(7));
  writeFileSync(join(folder, 'y.csv'), 'label\n'.repeat(151));
  const mask = { pool: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], test: [20] };
  writeFileSync(join(folder, 'm.json'), JSON.stringify({ 3: mask, 4: mask }));
  const changes: Record<string, string> = dataset.includes('small')
    ? { initialPoolSize: '6', queryBatchSize: '1' }
    : { seed: '3' };
  await expect(plan(folder, dataset, changes)).rejects.toThrow(refusal(code, says));
});

test('files that change between plan and run are noticed', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'd.csv'), tableText());
  const { trials } = await plan(folder, '{path: d.csv, labels: species}');
  writeFileSync(join(folder, 'd.csv'), tableText(160));
  const config = trials[0]?.identity.dataset;
  await expect(loadConfigured(config as NonNullable<typeof config>)).rejects.toThrow(/has changed/);
});

test('a run on files learns, and again to the same bits, whatever the number of workers', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'd.csv'), tableText());
  const axes = { strategy: ['random', 'margin'], model: 'logistic', seed: '0-1' };
  const length = { initialPoolSize: 10, queryBatchSize: 10, rounds: 2 };
  const dataset = { path: 'd.csv', labels: 'species' };
  const spec = writeSpec(cwd, { name: 'own', dataset, ...axes, ...length, training: {} });
  for (const workers of ['1', '2'])
    await succeed(['run', spec, '--workers', workers, '--out', workers], { cwd });
  expect(comparableRecords(join(cwd, '1'))).toEqual(comparableRecords(join(cwd, '2')));
  const trials = finishedTrials(join(cwd, '1'));
  expect(trials).toHaveLength(4);
  for (const { rounds } of trials) expect(rounds.at(-1)?.metrics.accuracy).toBeGreaterThan(0.6);
}, 30_000);

/** Trials that another model queries for: they ask for what that model asks for by itself, stored or trained beside. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readStore } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { querybench } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { comparableRecords, writeSpec } from './sweeps.ts';

const cwd = sharedFolder();
const models = ['mlp', 'logistic'];
const common = {
  initialPoolSize: 20,
  queryBatchSize: 10,
  budget: 45,
  strategy: ['random', 'margin', 'badge'],
};

async function run(name: string, changes: object, numWorkers = 2): Promise<string> {
  const spec = writeSpec(cwd, { name, ...common, ...changes });
  const { code, stderr } = await querybench(['run', spec, '--out', name, '--workers', String(numWorkers)], {
    cwd,
  });
  expect(code, stderr).toBe(0);
  return join(cwd, name);
}

const byName = (directory: string): ReadonlyMap<string, StoredTrial> =>
  new Map(
    readStore(directory).trials.map((trial) => {
      const { model, strategy } = trial.header.trial.labels;
      return [`${model}: ${strategy}`, trial];
    }),
  );
const found = (directory: string, name: string): StoredTrial =>
  byName(directory).get(name) ?? expect.fail(`${directory} has no ${name}`);
const picks = (directory: string, name: string) =>
  found(directory, name).rounds.map(({ queriedRows }) => queriedRows);

let whole: string;
beforeAll(async () => {
  // One worker: an acquiring trial has then ended before one begins that asks for its queries.
  whole = await run('whole', { model: models, queryModel: models }, 1);
}, 120_000);

test('they ask for what the query model asks for in a trial of its own, and train their own on it', () => {
  for (const strategy of ['margin', 'badge']) {
    expect(picks(whole, `mlp: ${strategy} by logistic`)).toEqual(picks(whole, `logistic: ${strategy}`));
    expect(picks(whole, `mlp: ${strategy} by logistic`)).not.toEqual(picks(whole, `mlp: ${strategy}`));
    expect(picks(whole, `logistic: ${strategy} by mlp`)).toEqual(picks(whole, `mlp: ${strategy}`));
  }
  const accuracies = (name: string) => found(whole, name).rounds.map(({ metrics }) => metrics.accuracy);
  expect(accuracies('mlp: margin by logistic')[0]).toBe(accuracies('mlp: margin')[0]);
  expect(accuracies('mlp: margin by logistic')).not.toEqual(accuracies('logistic: margin'));
});

test('stored queries or a query model trained beside: the same to the last bit', async () => {
  const beside = await run('beside', { model: 'mlp', queryModel: 'logistic' });
  const records = comparableRecords(whole);
  const own = Object.entries(comparableRecords(beside));
  expect(own).toHaveLength(3);
  for (const [file, lines] of own) expect(lines, file).toEqual(records[file]);
  const seconds = (directory: string) => found(directory, 'mlp: margin by logistic').rounds[0]?.seconds;
  expect(seconds(beside)?.score).toBeGreaterThan(0);
  expect(seconds(whole)?.score).toBe(0);
});

test.each(['cold', 'warm'])('a %s run that was cut off goes on to the same bits', async (start) => {
  const changes = {
    model: 'mlp',
    queryModel: [{ preset: 'logistic', label: 'other', training: { start } }],
    strategy: 'margin',
  };
  const uncut = await run(`uncut-${start}`, changes);
  const cut = join(cwd, `cut-${start}`);
  cpSync(uncut, cut, { recursive: true });
  const [file = expect.fail()] = Object.keys(comparableRecords(cut));
  const path = join(cut, 'trials', file);
  writeFileSync(path, `${readFileSync(path, 'utf8').split('\n').slice(0, 3).join('\n')}\n`);
  const { code, stderr } = await querybench(['run', `uncut-${start}.yaml`, '--out', `cut-${start}`], { cwd });
  expect(code, stderr).toBe(0);
  expect(comparableRecords(cut)).toEqual(comparableRecords(uncut));
});

test('an acquiring trial that is unfinished or damaged is not relied on', async () => {
  const partial = join(cwd, 'partial');
  cpSync(whole, partial, { recursive: true });
  const idOf = (name: string) => found(whole, name).header.trial.id;
  const pathOf = (name: string) => join(partial, 'trials', `${idOf(name)}.jsonl`);
  const lines = readFileSync(pathOf('logistic: margin'), 'utf8').split('\n');
  writeFileSync(pathOf('logistic: margin'), `${lines.slice(0, 3).join('\n')}\n`);
  writeFileSync(pathOf('logistic: badge'), lines.map((line, i) => (i === 1 ? 'damaged' : line)).join('\n'));
  for (const strategy of ['margin', 'badge']) rmSync(pathOf(`mlp: ${strategy} by logistic`));
  const spec = writeSpec(cwd, { name: 'whole', ...common, model: 'mlp', queryModel: 'logistic' });
  const { code, stderr } = await querybench(['run', spec, '--out', 'partial'], { cwd });
  expect(code, stderr).toBe(0);
  for (const strategy of ['margin', 'badge']) {
    const name = `mlp: ${strategy} by logistic`;
    expect(found(partial, name).rounds.map(({ metrics }) => metrics)).toEqual(
      found(whole, name).rounds.map(({ metrics }) => metrics),
    );
  }
});

test('a query model that diverges fails its trial, with the reason', async () => {
  const training = { optimizer: { name: 'sgd', learningRate: 1e30 } };
  const spec = writeSpec(cwd, {
    ...{ name: 'diverging', ...common, strategy: 'margin', model: 'mlp' },
    queryModel: { preset: 'mlp', label: 'wild', training },
  });
  await querybench(['run', spec, '--out', 'diverging'], { cwd });
  const { footer } = found(join(cwd, 'diverging'), 'mlp: margin by wild');
  expect(footer).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^Round 0: The query model: /),
  });
});

test('a dry run names them and what is left', async () => {
  const spec = writeSpec(cwd, { name: 'whole', ...common, model: models, queryModel: models });
  const { stdout } = await querybench(['run', spec, '--out', 'new', '--dry-run'], { cwd });
  expect(stdout).toMatch(/queryModel +mlp, logistic/);
  expect(stdout).toMatch(/10 trials/);
});

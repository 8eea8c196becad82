/** A trial that fails is a result: recorded with its reason, shown in the report, and no harm to the others. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStore } from '../../src/store/readStore.ts';
import { querybench } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { comparableRecords, writeSpec } from './sweeps.ts';

const cwd = sharedFolder();
const sgd = (learningRate: number, training: object = {}) => ({
  optimizer: { name: 'sgd', learningRate },
  ...training,
});
/** The penalty multiplies the weights by 1 − 1e5 in each round's one step. */
const growing = { stop: { rule: 'steps', steps: 1 }, start: 'warm', l2: { strength: 1 } };
const oneStep = { stop: { rule: 'steps', steps: 1 } };

test('a diverging model fails where it diverges, the sweep goes on, and the report says so', async () => {
  const spec = writeSpec(cwd, {
    name: 'failure',
    ...{ strategy: ['random', 'margin'], initialPoolSize: 20, queryBatchSize: 20, budget: 100 },
    model: [
      { preset: 'mlp', label: 'at-once', training: sgd(1e30) },
      { preset: 'mlp', label: 'after-the-last-loss', training: sgd(1e30, oneStep) },
      { preset: 'mlp', label: 'in-a-later-round', training: sgd(1e5, growing) },
      'mlp',
    ],
  });
  const words = ['run', spec, '--workers', '2', '--out', 'out', '--report'];
  const { code, stdout, stderr } = await querybench(words, { cwd });
  expect(code, stderr).toBe(4);
  expect(stderr).toMatch(
    /at-once random, pool 20, seed 0: failed: Round 0: .* at step \d+: lower the learning rate/,
  );
  expect(stderr).toContain('6 of 8 trials failed; running again retries them.');
  const { trials } = readStore(join(cwd, 'out'));
  expect(trials).toHaveLength(8);
  for (const { header, rounds, footer } of trials) {
    const { model } = header.trial.labels;
    const outcome = { model, status: footer?.status, numRounds: footer?.numRounds, stored: rounds.length };
    if (model === 'mlp') expect(outcome).toEqual({ model, status: 'finished', numRounds: 5, stored: 5 });
    else {
      const failedIn = footer?.numRounds ?? -1;
      expect(outcome).toEqual({ model, status: 'failed', numRounds: rounds.length, stored: failedIn });
      if (model === 'in-a-later-round') expect(failedIn).toBeGreaterThan(0);
      else expect(failedIn).toBe(0);
      expect(footer?.reason).toMatch(
        new RegExp(`^Round ${failedIn}: .*(became|is) (NaN|Infinity) (at|after) step \\d+: lower`),
      );
      for (const { metrics, training } of rounds) {
        expect([...Object.values(metrics), training.finalLoss].every(Number.isFinite)).toBe(true);
      }
    }
  }
  const table = stdout.split('\n').filter((line) => line.startsWith('|'));
  const cells = (line: string | undefined) => (line ?? '').split('|').map((cell) => cell.trim());
  const column = cells(table[0]).indexOf('failed');
  expect(column).toBeGreaterThan(0);
  for (const name of ['at-once', 'after-the-last-loss', 'in-a-later-round', 'mlp']) {
    const rows = table.filter((line) => cells(line).includes(name)).map(cells);
    expect(rows.map((row) => row[column])).toEqual(name === 'mlp' ? ['0', '0'] : ['1', '1']);
  }
  const html = readFileSync(join(cwd, 'out', 'report.html'), 'utf8');
  expect(html).toMatch(/random failed in 1 of 1 trials \(first reason: Round 0: /);
  const again = await querybench(words.slice(0, -1), { cwd });
  expect(again.code).toBe(4);
  expect(again.stderr).toContain('6 of 8 trials to run, 2 finished earlier');
});

test('where every trial fails there is no report, and running again with another recipe begins anew', async () => {
  const model = { preset: 'mlp', training: sgd(1e30) };
  const spec = writeSpec(cwd, {
    name: 'hopeless',
    model,
    initialPoolSize: 20,
    queryBatchSize: 20,
    rounds: 1,
  });
  const { code, stdout, stderr } = await querybench(['run', spec, '--out', 'hopeless', '--report'], { cwd });
  expect({ code, stdout }, stderr).toEqual({ code: 4, stdout: '' });
  expect(existsSync(join(cwd, 'hopeless', 'report.html'))).toBe(false);
  const mended = await querybench(['run', spec, '--out', 'hopeless', '--set', 'model=mlp'], { cwd });
  expect(mended.code, mended.stderr).toBe(0);
  expect(Object.keys(comparableRecords(join(cwd, 'hopeless')))).toHaveLength(2);
});

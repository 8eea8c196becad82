/** Our logistic regression and MLP against scikit-learn's on the same rows, and the programs that lay them side by side. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { besideModels, besideRival } from '../../src/analysis/index.ts';
import { readStore } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../cli/sharedFolder.ts';
import { decodePng } from '../render/decodePng.ts';
import { repository, rivalRuns, runsPath, specPath } from './scikitLearnCurves.ts';

const folder = sharedFolder();
const results = join(folder, 'results');
const python = process.env.PYTHON ?? 'python3';
const hasScikitLearn = spawnSync(python, ['-c', 'import sklearn']).status === 0;

function script(name: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const path = join(repository, 'scripts', 'papers', name);
  const options = {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', ...env },
  } as const;
  return spawnSync(process.execPath, [path, ...words], options);
}

let trials: readonly StoredTrial[];
beforeAll(async () => {
  await succeed(['run', specPath, '--out', results], { cwd: folder });
  trials = readStore(results).trials;
}, 120_000);

test('every trial has scikit-learn’s run on its rows', () => {
  expect(rivalRuns.map(({ trial }) => trial).sort()).toEqual(
    trials.map(({ header }) => header.trial.id).sort(),
  );
});

test('logistic regression is one convex problem: the same answers but for where the solvers stop', () => {
  for (const metric of ['accuracy', 'nll'] as const) {
    const [cell] = besideRival(trials, rivalRuns, metric).filter(({ model }) => model === 'logistic');
    for (const place of cell?.places ?? expect.fail()) {
      expect(Math.abs(place.difference.mean)).toBeLessThan(metric === 'accuracy' ? 0.002 : 0.001);
    }
  }
});

test('MLPs have other weights: the curves’ means are within each other’s spread, and their difference near 0', () => {
  for (const metric of ['accuracy', 'nll'] as const) {
    const [mlp] = besideModels(besideRival(trials, rivalRuns, metric)).filter(
      ({ model }) => model === 'mlp-sklearn',
    );
    expect(mlp).toMatchObject({ numPlaces: 5, numWithinSpread: 5 });
    expect(Math.abs(mlp?.difference.mean ?? 1)).toBeLessThan(metric === 'accuracy' ? 0.01 : 0.04);
  }
});

test('beside.mjs writes tables, numbers and charts, and lets a torn last line go', () => {
  const runs = join(folder, 'runs.jsonl');
  copyFileSync(runsPath, runs);
  appendFileSync(runs, '{"trial":"0123');
  const out = join(folder, 'beside');
  const words = [results, '--runs', runs, '--rival', 'scikit-learn', '--out', out];
  const { status, stderr } = script('beside.mjs', words);
  expect(status, stderr).toBe(0);
  expect(readFileSync(runs, 'utf8')).toBe(readFileSync(runsPath, 'utf8'));
  const text = readFileSync(join(out, 'beside.md'), 'utf8');
  expect(text).toMatch(/Runs of scikit-learn 1\.5\.2/);
  expect(text.match(/^\| logistic +\| +1 \| +6 /gm)).toHaveLength(2);
  const header = /^dataset,/gm;
  expect(readFileSync(join(out, 'beside.csv'), 'utf8').match(header)).toHaveLength(1);
  const chart = 'beside-digits-logistic-initial-pool-20-batch-40-nll-dark.png';
  expect(decodePng(readFileSync(join(out, chart))).width).toBeGreaterThan(400);
}, 60_000);

test('what cannot be compared is refused', () => {
  const runs = join(folder, 'none.jsonl');
  writeFileSync(runs, '{"trial":"ffffffffffffffff","rounds":[]}\n');
  const none = script('beside.mjs', [results, '--runs', runs, '--rival', 'x', '--out', join(folder, 'none')]);
  expect(none.stderr).toMatch(/None of the 1 runs in .* is of a finished trial/);
  expect(script('beside.mjs', [results]).stderr).toMatch(/Usage: beside\.mjs/);
  expect(script('scikitLearn.mjs', []).stderr).toMatch(/Name the directories of results/);
  const rivals = join(folder, 'no-rivals');
  const missing = script('pyrelational.mjs', ['--out', join(folder, 'p.jsonl')], {
    QUERYBENCH_RIVALS: rivals,
  });
  expect(missing.stderr).toMatch(/PyRelational is not installed/);
  const words = ['experiments/quickstart.yaml', '--out', join(folder, 'p.jsonl')];
  expect(script('pyrelational.mjs', words).stderr).toMatch(
    /must be of one setting: fashion-mnist, mlp-dropout/,
  );
}, 60_000);

test('runs that are there are not run again', () => {
  const done = script('scikitLearn.mjs', [results, '--out', runsPath], { PYTHON: join(folder, 'no-python') });
  expect([done.status, done.stdout]).toEqual([0, '12 of 12 finished trials are there.\n']);
}, 30_000);

test('a program that cannot start is told of', () => {
  const words = [results, '--out', join(folder, 'new.jsonl')];
  const failed = script('scikitLearn.mjs', words, { PYTHON: join(folder, 'no-python') });
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/scikit-learn ended with .*ENOENT/);
}, 30_000);

const otherwise = { timeout: 120_000, skip: !hasScikitLearn };
test('scikit-learn on other data is refused; on ours it says what it said', otherwise, () => {
  const program = join(repository, 'scripts', 'papers', 'scikit_learn.py');
  const wanted = { pixelsSha256: '0'.repeat(64), labelsSha256: '0'.repeat(64), scale: 1 / 16, shift: 0 };
  const refused = spawnSync(python, [program], { encoding: 'utf8', input: `${JSON.stringify(wanted)}\n` });
  expect(refused.stderr).toMatch(
    /load_digits\(\) must have the data that the trials had: its pixelsSha256 is/,
  );
  const out = join(folder, 'again.jsonl');
  const { status, stderr } = script('scikitLearn.mjs', [results, '--out', out, '--seeds', '3']);
  expect(status, stderr).toBe(0);
  const again = readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(again).toHaveLength(2);
  for (const { trial, model, rounds } of again) {
    const golden = rivalRuns.find((run) => run.trial === trial)?.rounds;
    expect(rounds).toHaveLength(golden?.length ?? 0);
    if (model !== 'logistic') continue; // another build's rounding may lead an MLP elsewhere
    golden?.forEach(({ nll }, i) => {
      expect(rounds[i].nll).toBeCloseTo(nll, 3);
    });
  }
});

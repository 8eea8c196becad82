/** Our logistic regression and MLP against scikit-learn's on the same rows, and the programs that lay them side by side. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { besideModels, besideRival } from '../../src/analysis/index.ts';
import { writeRivalSection } from '../../src/papers/rivalSection.ts';
import { compareWithRivals, readRivals } from '../../src/papers/rivals.ts';
import { readStore } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
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

test('a page’s section has tables, numbers and charts; a run that is still being written is none yet', async () => {
  const rivals = join(folder, 'rivals');
  mkdirSync(rivals);
  copyFileSync(runsPath, join(rivals, 'scikit-learn.jsonl'));
  appendFileSync(join(rivals, 'scikit-learn.jsonl'), '{"trial":"0123');
  const [comparison = expect.fail(), ...more] = compareWithRivals(readRivals(rivals), trials);
  expect(more).toEqual([]);
  const { program, versions, tables, charts, file } = await writeRivalSection(comparison, folder);
  expect(program).toBe('scikit-learn 1.5.2');
  expect(versions).toMatch(/^numpy [\d.]+, python [\d.]+$/);
  expect(tables.match(/^\| logistic +\| +1 \| +6 /gm)).toHaveLength(2);
  const numbers = gunzipSync(readFileSync(join(folder, file))).toString();
  expect(numbers.match(/^dataset,/gm)).toHaveLength(1);
  expect(numbers.match(/,nll,/g)?.length).toBe(numbers.match(/,accuracy,/g)?.length);
  expect(charts).toHaveLength(4);
  const svg = readFileSync(join(folder, charts[0]?.dark ?? 'none'), 'utf8');
  expect(svg).toContain('scikit-learn 1.5.2');
}, 60_000);

test('runs of other trials are nothing to compare', () => {
  const runs = [{ trial: 'ffffffffffffffff', rounds: [{ numLabels: 20, accuracy: 0.5, nll: 1 }] }];
  expect(compareWithRivals([{ program: 'x', versions: '', runs }], trials)).toEqual([]);
});

test('what cannot be run is refused', () => {
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

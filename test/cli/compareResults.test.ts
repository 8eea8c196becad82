/** Stored results: `querybench compare` as a user runs it. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readStore } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { comparedJson, refuseToCompare } from './compareHere.ts';
import { querybench, refuse, succeed } from './querybench.ts';

const cwd = sharedFolder();
let trials: readonly StoredTrial[];

const compare = (...words: string[]) => succeed(['compare', ...words], { cwd });

beforeAll(async () => {
  const spec = writeSpec(cwd, {
    name: 'two-models',
    ...{ model: ['logistic', 'mlp'], seed: '0-2', initialPoolSize: 20, queryBatchSize: 40, rounds: 2 },
  });
  await succeed(['run', spec, '--workers', '1', '--out', 'out'], { cwd });
  const other = writeSpec(cwd, {
    name: 'other-seeds',
    ...{ model: 'mlp', seed: 7, initialPoolSize: 20, queryBatchSize: 40, rounds: 2 },
  });
  await succeed(['run', other, '--workers', '1', '--out', 'other'], { cwd });
  trials = readStore(join(cwd, 'out')).trials;
}, 60_000);

it('answers bad input with exit code 2 and one message', async () => {
  await refuse(['compare', 'out'], ['Both sides are all of out', '--old model=mlp'], { cwd });
});

it('compares two models of a sweep by seed, with an exit code where that is asked for', async () => {
  const words = ['out', '--old', 'model=logistic', '--new', 'model=mlp', '--metric', 'accuracy'];
  const found = await comparedJson([...words, '--same-config'], cwd);
  const last = (model: string) =>
    [0, 1, 2].map(
      (seed) =>
        trials
          .find(({ header: { trial } }) => trial.labels.model === model && trial.identity.seed === seed)
          ?.rounds.at(-1)?.metrics.accuracy,
    );
  expect(found.seeds.map((each: { old: number }) => each.old)).toEqual(last('logistic'));
  expect(found.seeds.map((each: { new: number }) => each.new)).toEqual(last('mlp'));
  expect(found.kind).toBe('results');
  const code = async (bar: string) =>
    (await querybench(['compare', ...words, '--min-delta', bar, '--exit-code'], { cwd })).code;
  expect(await code('0.9')).toBe(1);
  const { stdout, stderr } = await compare(...words, '--min-delta', '0.9');
  expect(stdout).toMatch(/^final test accuracy, 3 seeds on digits \(higher is better\)/);
  expect(stdout).toMatch(/\ndiscard: /);
  expect(stderr).toBe('');
  const [better, worse] = found.gain > 0 ? ['logistic', 'mlp'] : ['mlp', 'logistic'];
  const sides = ['--old', `model=${better}`, '--new', `model=${worse}`, '--metric', 'accuracy'];
  const up = await querybench(['compare', 'out', ...sides, '--exit-code'], { cwd });
  expect([up.code, up.stdout.includes('\nupdate_model: ')]).toEqual([0, true]);
});

it.each<[string, string[], (string | RegExp)[]]>([
  [
    'no seeds in common',
    ['out', 'other', '--old', 'model=mlp'],
    ['has finished 0-2', '; other 7. Run the seeds'],
  ],
  ['no results', ['out', 'nowhere'], ['has an experiment.json, and nowhere has none']],
  [
    'an unknown model',
    ['out', '--old', 'model=mpl', '--new', 'model=mlp'],
    ['Unknown model "mpl"', 'Did you mean "mlp"'],
  ],
  ['a property that is none', ['out', '--old', 'modle=mlp'], ['Unknown property of --old "modle"']],
  [
    'an unknown metric',
    ['out', 'other', '--metric', 'acuracy'],
    ['Unknown --metric "acuracy"', 'Did you mean "accuracy"'],
  ],
  [
    'a metric of predictions',
    ['out', 'other', '--metric', 'auc-pr'],
    ['needs predictions', '--save-models', '--data'],
  ],
  [
    'a class',
    ['out', 'other', '--sub-metric', '3'],
    ['--sub-metric is for models and files of boxes', 'taken for results'],
  ],
  ['a picture', ['out', 'other', '--curves', 'x.png'], ['--curves is for models and files of boxes']],
  ['three directories', ['out', 'other', 'out'], ['two directories at a time']],
  [
    'a negative bar',
    ['out', '--old', 'model=mlp', '--new', 'model=logistic', '--min-delta', '-0.1'],
    ['--min-delta must be a difference of 0 or more'],
  ],
  ['an unknown format', ['out', 'other', '--format', 'xml'], ['Unknown --format "xml"', 'json, text']],
])('refuses %s', async (_, words, says) => {
  await refuseToCompare(words, says, cwd);
});

/** Checks that cannot be made: refused with the rule, the value and the remedy, before anything is run or written. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeBaseline, renderBaseline } from '../../../src/verdict/index.ts';
import { finishedTrials } from '../../experiment/sweeps.ts';
import { sharedFolder } from '../../folders.ts';
import { refuse, succeed } from '../querybench.ts';

const folder = sharedFolder();
/** Where the good files lie, and where nothing is ever written. */
const cwd = join(folder, 'check');

const spec = `name: tiny
dataset: digits
model: logistic
strategy: [random, margin]
initialPoolSize: 20
queryBatchSize: 10
budget: 30
seed: 0-2
`;

beforeAll(async () => {
  mkdirSync(cwd);
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  write('tiny.yaml', spec);
  await succeed(['run', 'tiny.yaml', '--out', 'whole'], { cwd });
  await succeed(['run', 'tiny.yaml', '--out', 'part', '--seeds', '2'], { cwd });
  // As a run that was ended leaves it: planned are three seeds, there are two.
  write('part/experiment.json', readFileSync(join(cwd, 'whole', 'experiment.json'), 'utf8'));
  const good = renderBaseline(makeBaseline(finishedTrials(join(cwd, 'whole')), 'tiny'));
  write('good.json', good);
  write('half.json', good.slice(0, good.length / 2));
  write('conflict.json', `<<<<<<< HEAD\n${good}`);
}, 60_000);

const check = 'check tiny.yaml --baseline good.json';

test.concurrent.each<[words: string, ...says: (string | RegExp)[]]>([
  ['check', '"check" needs a target, and there is none'],
  ['check tiny.yaml', 'there is neither --baseline nor --against', '--update the first time'],
  ['check missing.yaml --baseline good.json', 'The spec missing.yaml must be a file that can be read'],
  ['check tiny.yaml --baseline nowhere.json', 'there is no nowhere.json', '--update'],
  ['check tiny.yaml --baseline half.json', 'half.json must be a whole baseline', 'Restore it'],
  ['check tiny.yaml --baseline conflict.json', 'two baselines cannot be merged'],
  [`${check} --set budget=40`, 'this one is of another:', /budget: 30 → 40, in all 2 cells/, '--update'],
  [
    `${check} --set strategy=[random,entropy]`,
    'What is checked lacks\n  margin',
    'The baseline good.json lacks\n  entropy',
    '--allow-missing',
  ],
  [`${check} --seeds 2`, 'What is checked lacks\n  margin', ', seed 2', 'as many seeds as the baseline has'],
  [`${check} --seeds 5`, 'The baseline good.json lacks', ', seeds 3-4', 'accept it with --update'],
  [`${check} --seeds 7-9 --adaptive`, 'have the seeds 0-2, where the spec has 7-9'],
  [`${check} --out whole`, 'those in whole were made by another build or another', 'in place of the spec'],
  [`${check} --set check.invariants=["margn>random"]`, 'margn'],
  [
    'check part --baseline good.json',
    '2 of 6 trials in part have not finished: random on digits, logistic, initial pool 20, seed 2; margin on',
    'Finish them with:\n  npx querybench run tiny.yaml --out whole',
    '--allow-missing',
  ],
])('querybench %s', async (words, ...says) => {
  await refuse(words.split(' ').filter(Boolean), says, { cwd });
});

test('what is there is compared where that is allowed', async () => {
  const { stdout, stderr } = await succeed(['check', 'part', '--baseline', 'good.json', '--allow-missing'], {
    cwd,
  });
  expect(stderr).toContain('2 of 6 trials in part have not finished');
  expect(stdout).toContain('Holds');
});

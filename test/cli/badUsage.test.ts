/** Words and specs that cannot be meant: refused with the rule, the value and the remedy, before anything is written. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sharedFolder } from '../folders.ts';
import { refuse } from './querybench.ts';

const folder = sharedFolder();
/** Where the good spec lies, and where nothing is ever written. */
const cwd = join(folder, 'usage');

const good = `name: sweep
dataset: digits
model: mlp
strategy: [random, margin]
initialPoolSize: 20
queryBatchSize: 10
budget: 50
seed: 0-1
`;

beforeAll(() => {
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'good.yaml'), good);
});

test.concurrent.each<[words: string, ...says: (string | RegExp)[]]>([
  ['', 'Name a command', 'querybench --help'],
  ['rnu good.yaml', 'Unknown command "rnu". Did you mean "run"? Known: check, compare, data'],
  ['--verison', 'Did you mean --version?'],
  ['run', '"run" needs a spec, and there is none. Write: querybench run <spec>'],
  ['plot --chart learning-curves', '"plot" needs a directory, and there is none'],
  ['plot results', 'chart', 'querybench plot --help'],
  ['plot results --chart lerning-curves', 'Unknown chart "lerning-curves". Did you mean "learning-curves"?'],
  [
    'plot results --chart learning-curves --out a.gif',
    '--out must end in .svg, .png or .json, and is "a.gif"',
  ],
  [
    'plot results --chart learning-curves --metric acuracy',
    'Unknown --metric "acuracy". Did you mean "accuracy"?',
  ],
  ['plot results --chart learning-curves --over labls', 'Unknown --over "labls". Did you mean "labels"?'],
  ['plot results --chart learning-curves --scheme drak', 'Unknown --scheme "drak". Did you mean "dark"?'],
  ['plot results --chart learning-curves --rope -1', '--rope must be a difference of 0 or more'],
  ['plot results --chart critical-difference --pair-test nemeny', 'Did you mean "nemenyi"?'],
  [
    'plot results --chart learning-curves --filter strategy',
    '--filter must be property=value, and is "strategy"',
  ],
  ['plot results --chart learning-curves --filter stategy=a', 'Did you mean "strategy"?'],
  [
    'plot results --chart learning-curves',
    'results has none. Name a directory that `querybench run` has written',
  ],
  ['run good.yaml --wrokers 2', 'wrokers. Did you mean --workers?', 'querybench run --help'],
  ['run good.yaml --workers 0', '--workers must be a whole number of at least 1, and is "0". Leave it out'],
  ['run good.yaml --workers two', 'at least 1, and is "two"'],
  ['run good.yaml --workers', '--workers needs a value'],
  [
    'report results --over labls',
    'Unknown --over "labls". Did you mean "labels"? Known: cost, labels, queries',
  ],
  [
    'run good.yaml --out a --out b',
    '--out may be given once, and is given 2 times (a, b). Leave all but one out',
  ],
  [
    'run good.yaml --seeds abc',
    '--seeds must be a count (10), a range (0-9) or a list (0,3,7), and is "abc"',
  ],
  ['run good.yaml --seeds 3,4,3', /must not repeat; met 3 again; leave one out/],
  ['run good.yaml --set budget', '--set budget: must be path=value, for example'],
  ['run good.yaml --set strategy=margn', /--set strategy=margn: .*met "margn"; did you mean "margin"\?/],
  ['run good.yaml --set training.stop.epohcs=5', /epohcs.*did you mean "epochs"\?/],
  ['run good.yaml --set budget=5000', 'it is 5000 labels, and the pool of "digits" has 1348 rows. Lower it'],
  ['run good.yaml --set budget= --set rounds=200', 'it is 2020 labels (initial pool 20 + 200 rounds of 10)'],
  [
    'run good.yaml --set budget=20',
    'must exceed the initial pool: it is 20, and the initial pool has 20. Raise',
  ],
  [
    'run good.yaml --set dataset.name=mnist',
    'dataset must be a mapping or a list to set "name" in it',
    'set it whole',
  ],
  [
    'run missing.yaml',
    'The spec missing.yaml must be a file that can be read, and is not',
    'Correct the path',
  ],
  ['list strategy', 'Unknown kind "strategy". Did you mean "strategies"?'],
  ['report nowhere', 'has an experiment.json, and nowhere has none. Name a directory that'],
  ['export .', 'has an experiment.json, and . has none'],
  ['export . --format cvs', 'Unknown format "cvs". Did you mean "csv"? Known: csv, selections.'],
  ['report . --target 90', '--target must be an accuracy above 0 and at most 1, and is "90". Write it as'],
  ['data minst', 'Unknown data set "minst". Did you mean "mnist"?'],
  ['init good.yaml', 'good.yaml', 'Choose another name; nothing is ever overwritten'],
  ['init nowhere/spec.yaml', 'nowhere/spec.yaml must be writable, and is not', 'Choose another place'],
])('querybench %s', async (words, ...says) => {
  await refuse(words.split(' ').filter(Boolean), says, { cwd });
});

/** A folder with `spec.yaml`: the good spec with `changes` in place of its lines of the same keys. */
function folderOf(name: string, ...changes: readonly string[]): string {
  const own = join(folder, name);
  mkdirSync(own);
  const keyOf = (line: string) => line.split(':')[0];
  const kept = good.split('\n').filter((line) => !changes.some((change) => keyOf(change) === keyOf(line)));
  writeFileSync(join(own, 'spec.yaml'), [...kept.filter((line) => line !== ''), ...changes, ''].join('\n'));
  return own;
}

test.concurrent('all that is wrong with a spec, each with line and column', async () => {
  const own = folderOf(
    'wrong',
    'modle: mlp',
    'strategy: [random, entrpy]',
    'initialPoolSize: twenty',
    'queryBatchSize: 0',
    'budget: 12.5',
    'seed: [0-3, 2]',
    'training: { batchSize: -1, optimizer: { name: adam, momentum: 0.9 } }',
    'dataset: { name: digits, split: { test: 1.5 } }',
  );
  const message = await refuse(
    ['run', 'spec.yaml'],
    [
      /spec\.yaml:3:1: modle: is unknown; did you mean "model"\?/,
      /spec\.yaml:4:20: strategy\[1\]: must be one of random, .*; met "entrpy"; did you mean "entropy"\?/,
      /spec\.yaml:5:18: initialPoolSize: must be a number or a list; met "twenty"/,
      /spec\.yaml:6:17: queryBatchSize: must be at least 1; met 0/,
      /spec\.yaml:7:9: budget: must be a whole number; met 12\.5/,
      /spec\.yaml:8:13: seed\[1\]: must not repeat; met 2 again; leave one out/,
      /spec\.yaml:9:24: training\.batchSize: must be at least 1; met -1/,
      /spec\.yaml:9:53: training\.optimizer\.momentum: is no option of the optimizer "adam"/,
      /spec\.yaml:10:41: dataset\.split\.test: must be a fraction below 1 or a whole number of rows; met 1\.5/,
    ],
    { cwd: own },
  );
  expect(message.trimEnd().split('\n')).toHaveLength(9);
});

test.concurrent.each<readonly [problem: string, change: string, says: string | RegExp]>([
  ['no YAML', 'target: [0.9', /spec\.yaml:\d+:\d+: /],
  [
    'fewer initial labels than classes where stratified',
    'dataset: { name: digits, initialPool: stratified, split: { stratified: true } }',
    'A stratified initial pool needs a row of each of the 10 classes, and 9 rows were asked for. Ask for more',
  ],
  [
    'nothing to stop early by',
    'training: { stop: { rule: validation-accuracy } }',
    /needs validation rows, and the split of "digits" has none\. Set "validation"/,
  ],
])('a spec with %s', async (problem, change, says) => {
  await refuse(['run', 'spec.yaml'], [says], { cwd: folderOf(problem, change, 'initialPoolSize: [20, 9]') });
});

test.concurrent.each<readonly [name: string, masks: string, says: string | RegExp]>([
  [
    'overlap',
    '{"0": {"pool": [1, 2, 3], "test": [3, 4]}}',
    'seed 0: row 3 is in both "pool" and "test". Correct',
  ],
  [
    'out of range',
    '{"0": {"pool": [1, 1797], "test": [4]}}',
    'whole numbers from 0 to 1796, and "pool" has 1797',
  ],
  [
    'no seed 1',
    '{"0": {"pool": [1, 2], "test": [4]}}',
    'has no index mask for seed 1; it has 0. Use these seeds',
  ],
])('index masks: %s', async (name, masks, says) => {
  const own = folderOf(
    name,
    'dataset: { name: digits, split: { masks: masks.json } }',
    'initialPoolSize: 1',
    'budget: 2',
  );
  writeFileSync(join(own, 'masks.json'), masks);
  await refuse(['run', 'spec.yaml'], ['masks.json', says], { cwd: own });
});

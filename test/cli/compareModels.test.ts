/** Saved models on labelled rows: `querybench compare` as a user runs it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { loadDataset } from '../../src/datasets/index.ts';
import { writeNpy } from '../../src/datasets/tables/index.ts';
import { cpuKernels } from '../../src/engines/onnx/kernelSet.ts';
import { lowerProgram } from '../../src/engines/onnx/lowerProgram.ts';
import { writeOnnxModel } from '../../src/engines/onnx/onnxModel.ts';
import { readStore } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { input, mul, scalar } from '../../src/tensor/ops.ts';
import { program } from '../../src/tensor/program.ts';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { comparedJson, refuseToCompare } from './compareHere.ts';
import { succeed } from './querybench.ts';

const cwd = sharedFolder();
let trials: readonly StoredTrial[];

/** The model of a trial. */
function modelOf(model: string, seed: number): string {
  const found = trials.find(
    ({ header: { trial } }) => trial.labels.model === model && trial.identity.seed === seed,
  );
  return `out/models/${found?.header.trial.id}.onnx`;
}

const compare = (...words: string[]) => succeed(['compare', ...words], { cwd });

beforeAll(async () => {
  const spec = writeSpec(cwd, {
    name: 'two-models',
    ...{ model: ['logistic', 'mlp'], seed: '0-1', initialPoolSize: 20, queryBatchSize: 40, rounds: 2 },
  });
  await succeed(['run', spec, '--workers', '1', '--out', 'out', '--save-models'], { cwd });
  trials = readStore(join(cwd, 'out')).trials;
  const digits = await loadDataset('digits');
  writeNpy(join(cwd, 'digits.npy'), (digits.features as Uint8Array).slice(0, 200 * 64), [200, 8, 8]);
  writeNpy(join(cwd, 'labels.npy'), Int32Array.from(digits.labels).slice(0, 200), [200]);
  writeNpy(join(cwd, 'short.npy'), Int32Array.from(digits.labels).slice(0, 199), [199]);
  writeFileSync(join(cwd, 'wide.csv'), 'a,b,label\n1,2,x\n3,4,y\n');
  const x = input('x', 'float32', ['n', 64]);
  const foreign = lowerProgram(program({ y: mul(x, scalar(1)) }), cpuKernels);
  writeFileSync(join(cwd, 'foreign.onnx'), writeOnnxModel(foreign, 'someone'));
}, 60_000);

it('measures on the test rows of a data set what the trial’s last record says', async () => {
  const found = await comparedJson(
    [modelOf('logistic', 1), modelOf('mlp', 1), '--data', 'digits', '--same-config'],
    cwd,
  );
  const recorded = (model: string) =>
    trials
      .find(({ header: { trial } }) => trial.labels.model === model && trial.identity.seed === 1)
      ?.rounds.at(-1)?.metrics.accuracy ?? Number.NaN;
  expect(found.old.value).toBeCloseTo(recorded('logistic'), 12);
  expect(found.new.value).toBeCloseTo(recorded('mlp'), 12);
  expect(found.subject).toBe('449 test rows of digits');
  expect(found.warnings).toEqual([]);
  expect(found.classes).toHaveLength(10);
});

it('of different seeds, on the rows that neither was trained on', async () => {
  const words = [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digits'];
  const { stderr, stdout } = await compare(...words);
  expect(stderr).toMatch(/warning: Not the same configuration: they differ in .*seed: 0 → 1/);
  expect(stderr).toMatch(/own splits have \d+ test rows in common/);
  expect(Number(/(\d+) test rows of digits/.exec(stdout)?.[1])).toBeLessThan(200);
});

it('on a user’s file, any metric, one class, with curves', async () => {
  const sides = [modelOf('logistic', 0), modelOf('mlp', 0)];
  const data = ['--data', 'digits.npy', '--labels', 'labels.npy'];
  for (const metric of ['nll', 'macro-f1', 'auc-roc']) {
    const { old, metric: told } = await comparedJson([...sides, ...data, '--metric', metric], cwd);
    expect([told.name, old.value > 0]).toEqual([metric, true]);
  }
  const words = [
    ...sides,
    ...data,
    '--metric',
    'auc-pr',
    '--sub-metric',
    '7',
    '--curves',
    'curves.json',
    '--scheme',
    'dark',
  ];
  const found = await comparedJson([...words], cwd);
  expect(found.metric.className).toBe('7');
  const spec = JSON.parse(readFileSync(join(cwd, 'curves.json'), 'utf8'));
  expect(JSON.stringify(spec.facet)).toContain('all together (micro)');
  expect(spec.config.background).toBe('#16181d');
  const micro = await comparedJson([...sides, ...data, '--metric', 'auc-pr', '--average', 'micro'], cwd);
  expect(micro.metric.title).toBe('average precision (micro)');
});

it.each<[string, () => string[], (string | RegExp)[]]>([
  ['no data', () => [modelOf('mlp', 0), modelOf('mlp', 1)], ['labelled rows', '--data']],
  ['one model', () => [modelOf('mlp', 0), '--data', 'digits'], ['two at a time', '1 is named']],
  [
    'unknown data',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digts'],
    ['Unknown data set "digts"', 'Did you mean "digits"'],
  ],
  [
    'no labels',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digits.npy'],
    ['must have labels', '--labels'],
  ],
  [
    'labels of other rows',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digits.npy', '--labels', 'short.npy'],
    ['a label for each of the 200 rows', 'and has 199'],
  ],
  [
    'rows of another shape',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'wide.csv', '--labels', 'label'],
    ['64 values', '8 × 8', 'and has 2'],
  ],
  [
    'another number of classes',
    () => [modelOf('mlp', 0), 'foreign.onnx', '--data', 'digits'],
    [/same classes apart; .* has 10, and foreign\.onnx 64/],
  ],
  [
    'a class that is none',
    () => [modelOf('mlp', 0), modelOf('mlp', 0), '--data', 'digits', '--sub-metric', '12'],
    ['Unknown class of --sub-metric "12"'],
  ],
  [
    'the metric of curves',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digits', '--metric', 'aubc'],
    ['learning curves, which models do not have'],
  ],
  [
    'an average of accuracy',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digits', '--average', 'micro'],
    ['--average is of auc-pr and auc-roc'],
  ],
  [
    'other configurations where they must be the same',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digits', '--same-config'],
    ['--same-config', 'seed: 0 → 1'],
  ],
  [
    'no configuration',
    () => ['foreign.onnx', 'foreign.onnx', '--data', 'digits', '--same-config'],
    ['say how they were trained'],
  ],
  [
    'a picture of no kind',
    () => [modelOf('mlp', 0), modelOf('mlp', 1), '--data', 'digits', '--curves', 'c.gif'],
    ['--curves must end in .svg'],
  ],
])('refuses %s', async (_, words, says) => {
  await refuseToCompare(words(), says, cwd);
});

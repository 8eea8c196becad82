/** From a sweep to models in files, and from those to classes. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDataset, splitDataset } from '../../src/datasets/index.ts';
import { readMatrix, writeNpy } from '../../src/datasets/tables/index.ts';
import { cpuKernels } from '../../src/engines/onnx/kernelSet.ts';
import { lowerProgram } from '../../src/engines/onnx/lowerProgram.ts';
import { writeOnnxModel } from '../../src/engines/onnx/onnxModel.ts';
import { readStore } from '../../src/store/readStore.ts';
import { input, mul, scalar } from '../../src/tensor/ops.ts';
import { program } from '../../src/tensor/program.ts';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';
import { querybench } from './querybench.ts';

const cwd = sharedFolder();
let digits: Awaited<ReturnType<typeof loadDataset>>;
let model = '';

beforeAll(async () => {
  digits = await loadDataset('digits');
  const spec = writeSpec(cwd, {
    name: 'kept',
    ...{ initialPoolSize: 20, queryBatchSize: 20, rounds: 1 },
    model: [
      'mlp',
      { preset: 'mlp', label: 'mean', samples: { kind: 'ensemble', count: 2, evaluate: true } },
      { preset: 'cnn-gal', label: 'first', samples: { kind: 'ensemble', count: 2 } },
    ],
  });
  const words = ['run', spec, '--workers', '1', '--out', 'out', '--save-models'];
  const { code, stderr } = await querybench(words, { cwd });
  expect(code, stderr).toBe(0);
  expect(stderr).not.toContain('have no model');
  const packed = writeSpec(cwd, {
    name: 'packed',
    ...{ initialPoolSize: 20, queryBatchSize: 20, rounds: 1, strategy: ['random', 'margin'] },
  });
  const pack = await querybench(['run', packed, '--out', 'packed', '--pack', '2', '--save-models'], { cwd });
  expect(pack.code, pack.stderr).toBe(0);
  const trial = readStore(join(cwd, 'out')).trials.find(({ header }) => header.trial.labels.model === 'mlp');
  model = `out/models/${trial?.header.trial.id}.onnx`;
  writeNpy(join(cwd, 'digits.npy'), digits.features as Uint8Array, [1797, 8, 8]);
}, 60_000);

const predict = (...words: string[]) => querybench(['predict', ...words], { cwd });

describe('querybench predict', () => {
  it.each(['out', 'packed'])(
    'has of every trial’s test rows right what its last record says: %s',
    async (folder) => {
      const { trials } = readStore(join(cwd, folder));
      expect(readdirSync(join(cwd, folder, 'models')).sort()).toEqual(
        trials.map(({ header }) => `${header.trial.id}.onnx`).sort(),
      );
      for (const { header, rounds } of trials) {
        const { identity, id, labels } = header.trial;
        const { config, seed } = { config: identity.dataset.split, seed: identity.seed };
        const { test } = splitDataset({ info: digits.info, labels: digits.labels, config, seed });
        const { code, stderr } = await predict(
          `${folder}/models/${id}.onnx`,
          'digits.npy',
          '--out',
          'classes.npy',
        );
        expect(code, stderr).toBe(0);
        const { values } = await readMatrix(join(cwd, 'classes.npy'));
        const right = [...test].filter((row) => values[row] === digits.labels[row]).length;
        expect(right / test.length, labels.model).toBeCloseTo(rounds.at(-1)?.metrics.accuracy ?? -1, 12);
      }
    },
  );

  it('prints CSV: the class with its name and probability, or all of them', async () => {
    const { stdout } = await predict(model, 'digits.npy', '--probabilities');
    const [header, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const classes = Array.from({ length: 10 }, (_, c) => `p(${c})`);
    expect(header).toEqual(['row', 'class', 'name', 'probability', ...classes]);
    expect(lines).toHaveLength(1797);
    lines.slice(0, 50).forEach(([row, best, name, probability, ...all], i) => {
      expect([row, name]).toEqual([String(i), digits.info.classNames[Number(best)]]);
      expect(Number(probability)).toBe(Math.max(...all.map(Number)));
      expect(all.map(Number).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    });
    const short = await predict(model, 'digits.npy');
    expect(short.stdout.split('\n')[1]).toBe(lines[0]?.slice(0, 4).join(','));
  });

  it('reads CSV as it reads NumPy', async () => {
    const rows = Array.from({ length: 3 }, (_, i) => [...digits.features.subarray(i * 64, i * 64 + 64), 9]);
    const names = Array.from({ length: 64 }, (_, f) => `x${f}`);
    writeFileSync(
      join(cwd, 'three.csv'),
      [[...names, 'label'], ...rows].map((line) => line.join()).join('\n'),
    );
    const { stdout, stderr } = await predict(model, 'three.csv', '--drop', 'label');
    const all = (await predict(model, 'digits.npy')).stdout.split('\n');
    expect(stdout, stderr).toBe(`${all.slice(0, 4).join('\n')}\n`);
  });

  it('takes a model of another’s that has one input and one output, logits or not', async () => {
    const x = input('x', 'float32', ['n', 3]);
    const graph = lowerProgram(program({ y: mul(x, scalar(1)) }), cpuKernels);
    writeFileSync(join(cwd, 'foreign.onnx'), writeOnnxModel(graph, 'someone'));
    writeFileSync(join(cwd, 'rows.csv'), 'a,b,c\n0.25,0.5,0.25\n0,0,0.6931472\n');
    const { stdout, stderr } = await predict('foreign.onnx', 'rows.csv', '--probabilities');
    expect(stderr).toBe('');
    const [, certain, logits] = stdout.split('\n').map((line) => line.split(',').slice(1).map(Number));
    expect(certain).toEqual([1, 1, 0.5, 0.25, 0.5, 0.25]);
    for (const [i, value] of [2, 2, 0.5, 0.25, 0.25, 0.5].entries())
      expect(logits?.[i]).toBeCloseTo(value, 5);
  });

  it.each<[string, () => string[], RegExp]>([
    ['no such model', () => ['none.onnx', 'digits.npy'], /none\.onnx must be a file that can be read/],
    [
      'not a model',
      () => ['digits.npy', 'digits.npy'],
      /digits\.npy must be an ONNX model, and cannot be read/,
    ],
    [
      'too many columns',
      () => [model, 'wide.csv'],
      /row of wide\.csv must have the 64 values that .* takes \(8 × 8\), and has 2 \(a, b\)\. Leave columns out/,
    ],
    ['no number', () => [model, 'bad.csv'], /bad\.csv, line 3, column "b": a value must be a finite number/],
    ['unknown column', () => [model, 'wide.csv', '--drop', 'c'], /must have the column "c" .* has a, b\./],
    ['unknown ending', () => [model, 'kept.yaml'], /kept\.yaml must end in/],
    ['two inputs', () => ['two.onnx', 'wide.csv'], /one input of float32.*, and has p float32, q float32/],
  ])('refuses %s', async (_, words, message) => {
    writeFileSync(join(cwd, 'wide.csv'), 'a,b\n1,2\n');
    writeFileSync(join(cwd, 'bad.csv'), 'a,b\n1,2\n3,x\n');
    const [p, q] = [input('p', 'float32', ['n', 2]), input('q', 'float32', ['n', 2])];
    writeFileSync(
      join(cwd, 'two.onnx'),
      writeOnnxModel(lowerProgram(program({ y: mul(p, q) }), cpuKernels), 'someone'),
    );
    const { code, stdout, stderr } = await predict(...words());
    expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

/** Batch normalisation as PyTorch has it: losses, gradients, parameters and running statistics of three steps. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Engine, HostTensor } from '../../src/engines/engine.ts';
import { createEngine } from '../../src/engines/index.ts';
import {
  coefficientName,
  predictionProgram,
  stateName,
  trainingProgram,
} from '../../src/learner/programs.ts';
import { trainedParameters } from '../../src/learner/trainingState.ts';
import { isStatistic } from '../../src/models/layer.ts';
import { withoutNames } from '../../src/models/layerNames.ts';
import type { LayerConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { buildOptimizer } from '../../src/models/optimizer.ts';
import { presets } from '../../src/models/presets.ts';
import { numElements } from '../../src/tensor/shape.ts';
import { largestDifference } from './collectSamples.ts';

/** What scripts/fixtures/torch_batch_norm.py wrote, from the formulas below. */
interface Fixture {
  readonly learningRate: number;
  readonly momentum: number;
  readonly cases: readonly {
    readonly name: string;
    readonly layers: readonly LayerConfig[];
    readonly sampleShape: readonly number[];
    readonly features: readonly number[];
    readonly minibatches: readonly (readonly number[])[];
    readonly losses: readonly number[];
    readonly statistics: readonly (readonly number[])[];
    readonly gradients?: readonly (readonly number[])[];
    readonly parameters?: readonly (readonly number[])[];
    readonly logProbabilities: readonly number[];
  }[];
}

const path = fileURLToPath(new URL('../fixtures/torch-batch-norm.json', import.meta.url));
const { learningRate, momentum, cases } = JSON.parse(readFileSync(path, 'utf8')) as Fixture;
const [numClasses, batchSize] = [3, 5];

const formula = (length: number, offset: number): number[] =>
  Array.from({ length }, (_, k) => (((7919 * k + 131 * offset) % 2003) - 1001) / 1001);

/** Runs the first `numSteps` minibatches, padded to five rows, and predicts all rows by the result. */
async function train(engine: Engine, which: Fixture['cases'][number], numSteps: number) {
  const { layers, sampleShape, features, minibatches } = which;
  const numSamples = features.length / numElements(sampleShape);
  const network = buildNetwork(layers, { sampleShape, numClasses });
  const definition = {
    ...{ network, numReplicas: 1, numSamples, sampleShape },
    normalization: { scale: 1 / 255, shift: -0.5 },
  };
  const optimizer = buildOptimizer({ name: 'sgd', learningRate, momentum, nesterov: false });
  const trainer = await engine.compile(
    trainingProgram(definition, optimizer, { l2: { strength: 0, dividedBy: 'one' } }),
  );
  const steps = minibatches.slice(0, numSteps);
  const perRow = [numSteps, 1, batchSize];
  const rows = steps.flatMap((step) => [...step, ...Array(batchSize - step.length).fill(4)]);
  const weights = steps.flatMap((step) =>
    Array.from({ length: batchSize }, (_, i) => (i < step.length ? 1 / step.length : 0)),
  );
  const floats = (shape: number[], data: number[]): HostTensor => ({
    ...{ dtype: 'float32', shape },
    data: Float32Array.from(data),
  });
  let trainedSoFar = 0;
  const state = [
    ...network.parameters.map((spec) => {
      const length = numElements(spec.shape);
      if (isStatistic(spec)) return Array(length).fill(spec.role === 'runningVariance' ? 1 : 0);
      const bound = spec.role === 'weight' ? 1 / Math.sqrt(spec.fanIn) : 0.5;
      return formula(length, trainedSoFar++).map((value) => bound * value);
    }),
    ...trainedParameters(network).map(({ shape }) => Array(numElements(shape)).fill(0)),
  ];
  const shapes = [...network.parameters, ...trainedParameters(network)].map(({ shape }) => [1, ...shape]);
  const all = { dtype: 'uint8', shape: [numSamples, numElements(sampleShape)] } as const;
  const inputs: Record<string, HostTensor> = {
    features: { ...all, data: Uint8Array.from(features) },
    indices: { dtype: 'int32', shape: perRow, data: Int32Array.from(rows) },
    targets: { dtype: 'int32', shape: perRow, data: Int32Array.from(rows, (row) => row % numClasses) },
    weights: floats(perRow, weights),
    [coefficientName(0)]: floats([numSteps, 1, 1, 1], Array(numSteps).fill(learningRate)),
    ...Object.fromEntries(state.map((data, i) => [stateName(i), floats(shapes[i] as number[], data)])),
  };
  const upload = (tensors: Record<string, HostTensor>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, engine.upload(tensor)]));
  const { losses, ...next } = await trainer.run(upload(inputs));
  const predictor = await engine.compile(predictionProgram(definition));
  const everyRow = Int32Array.from({ length: numSamples }, (_, row) => row);
  const { logProbabilities } = await predictor.run({
    ...upload({ indices: { dtype: 'int32', shape: [1, numSamples], data: everyRow } }),
    ...upload({ features: inputs.features as HostTensor }),
    ...next,
  });
  const read = async (index: number) => [...((await next[stateName(index)]?.read())?.data ?? [])];
  const after = await Promise.all(network.parameters.map((_, i) => read(i)));
  const isTrained = network.parameters.map((spec) => !isStatistic(spec));
  return {
    losses: [...((await losses?.read())?.data ?? [])],
    before: state.filter((_, i) => isTrained[i]),
    parameters: after.filter((_, i) => isTrained[i]),
    statistics: after.filter((_, i) => !isTrained[i]),
    logProbabilities: [...((await logProbabilities?.read())?.data ?? [])],
  };
}

describe.each(['reference', 'onnx'])('%s', (name) => {
  it.each(cases.map((which) => [which.name, which] as const))('%s: three steps', async (_, which) => {
    const actual = await train(await createEngine(name), which, 3);
    expect(largestDifference(actual.losses, which.losses)).toBeLessThan(5e-6);
    expect(actual.statistics.length).toBe(which.statistics.length);
    which.statistics.forEach((expected, i) => {
      expect(largestDifference(actual.statistics[i] ?? [], expected), `statistic ${i}`).toBeLessThan(5e-6);
    });
    which.parameters?.forEach((expected, i) => {
      expect(largestDifference(actual.parameters[i] ?? [], expected), `parameter ${i}`).toBeLessThan(5e-6);
    });
    expect(largestDifference(actual.logProbabilities, which.logProbabilities)).toBeLessThan(2e-5);
  });

  it.each(cases.flatMap((which) => (which.gradients ? [[which.name, which] as const] : [])))(
    '%s: gradients',
    async (_, which) => {
      const { before, parameters } = await train(await createEngine(name), which, 1);
      expect(parameters.length).toBe(which.gradients?.length);
      which.gradients?.forEach((expected, i) => {
        const step = parameters[i]?.map((value, j) => ((before[i]?.[j] ?? 0) - value) / learningRate);
        expect(largestDifference(step ?? [], expected), `gradient ${i}`).toBeLessThan(1e-5);
      });
    },
  );
});

it('the network compared is the preset', () => {
  expect(cases.find(({ name }) => name === 'resnet-small')?.layers).toEqual(
    withoutNames(presets['resnet-small']?.config.layers ?? []),
  );
});

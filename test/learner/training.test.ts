import { beforeAll, describe, expect, it } from 'vitest';
import type { DeviceTensor, Engine, HostTensor } from '../../src/engines/engine.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { augmentationNames, numSelections } from '../../src/learner/augmentation.ts';
import { coefficientName, maskName, stateName, trainingProgram } from '../../src/learner/programs.ts';
import type { LayerConfig, OptimizerConfig, TrainingConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { buildOptimizer } from '../../src/models/optimizer.ts';
import { numElements } from '../../src/tensor/shape.ts';
import { optimizers } from '../models/optimizers.ts';
import { tinyDataset, tinyLayers } from './tinyDataset.ts';

const dataset = tinyDataset();
const { numSamples, sampleShape, numClasses } = dataset.info;
const [numReplicas, numSteps, batchSize] = [2, 4, 7];

interface Setup {
  readonly engine: Engine;
  readonly config: OptimizerConfig;
  readonly l2?: number;
  readonly training?: Partial<TrainingConfig>;
  readonly layers?: readonly LayerConfig[];
}

/** Trains two replicas for a few steps on fixed inputs; returns losses and all state. */
async function trainSteps({
  engine,
  config,
  l2 = 0.01,
  training = {},
  layers = tinyLayers,
}: Setup): Promise<Record<string, Float32Array>> {
  const network = buildNetwork(layers, { sampleShape, numClasses });
  const optimizer = buildOptimizer(config);
  const normalization = dataset.info.normalizations.standard;
  const definition = { network, numReplicas, numSamples, sampleShape, normalization };
  const executable = await engine.compile(
    trainingProgram(definition, optimizer, { l2: { strength: 1, dividedBy: 'one' }, ...training }),
  );
  const stream = deriveStream('weights', { test: 'training' });
  const inputs: Record<string, DeviceTensor> = {};
  const give = (name: string, tensor: HostTensor) => {
    inputs[name] = engine.upload(tensor);
  };
  const floats = (name: string, shape: number[], value: (i: number) => number) =>
    give(name, {
      dtype: 'float32',
      shape,
      data: Float32Array.from({ length: numElements(shape) }, (_, i) => value(i)),
    });
  give('features', { dtype: 'uint8', shape: [numSamples, 6], data: dataset.features });
  const perRow = [numSteps, numReplicas, batchSize];
  const data = Int32Array.from({ length: numElements(perRow) }, () => stream.integer(numSamples));
  give('indices', { dtype: 'int32', shape: perRow, data });
  const targets = data.map((row) => dataset.labels[row] as number);
  give('targets', { dtype: 'int32', shape: perRow, data: targets });
  // The last row of every minibatch is padding.
  floats('weights', perRow, (i) => (i % batchSize === batchSize - 1 ? 0 : 1 / (batchSize - 1)));
  floats('l2', [numSteps, numReplicas, 1, 1], () => l2);
  for (let c = 0; c < optimizer.numCoefficients; c++) {
    const value = (i: number) => optimizer.schedule(Math.floor(i / numReplicas))[c] as number;
    floats(coefficientName(c), [numSteps, numReplicas, 1, 1], value);
  }
  network.masks.forEach(({ shape, rate }, i) => {
    const full = [...perRow, ...shape];
    const mask = Uint8Array.from({ length: numElements(full) }, () => Number(stream.uniform() >= rate));
    give(maskName(i), { dtype: 'uint8', shape: full, data: mask });
  });
  const { augmentation } = training;
  if (augmentation) {
    augmentationNames.forEach((name, axis) => {
      const count = numSelections(augmentation)[axis] as number;
      const chosen = Int32Array.from({ length: numElements(perRow) }, () => stream.integer(count));
      give(name, { dtype: 'int32', shape: perRow, data: chosen });
    });
  }
  const numParameters = network.parameters.length;
  for (let i = 0; i < numParameters * (1 + optimizer.numSlots); i++) {
    const shape = [numReplicas, ...(network.parameters[i % numParameters]?.shape ?? [])];
    floats(stateName(i), shape, () => (i < numParameters ? stream.uniform() - 0.5 : 0));
  }
  const results: Record<string, Float32Array> = {};
  for (const [name, tensor] of Object.entries(await executable.run(inputs))) {
    results[name] = Float32Array.from((await tensor.read()).data);
  }
  return results;
}

describe('whole training steps', () => {
  let onnx: Engine;
  beforeAll(async () => {
    onnx = await createOnnxEngine();
  });

  it.each(Object.entries(optimizers))('onnx equals reference: %s', async (_, config) => {
    const expected = await trainSteps({ engine: referenceEngine, config });
    const actual = await trainSteps({ engine: onnx, config });
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    for (const [name, values] of Object.entries(expected)) {
      values.forEach((value, i) => {
        expect(Math.abs((actual[name]?.[i] as number) - value), `${name}[${i}]`).toBeLessThan(2e-5);
      });
    }
  });

  it.each<[string, Partial<TrainingConfig>]>([
    ['label smoothing', { loss: { name: 'cross-entropy', labelSmoothing: 0.1 } }],
    ['focal loss', { loss: { name: 'focal', gamma: 2 } }],
    ['clipped gradients', { clipNorm: 0.05 }],
    ['augmentation', { augmentation: { cropPadding: 1, horizontalFlip: true } }],
  ])('onnx equals reference: %s', async (_, training) => {
    const config = optimizers.momentum as OptimizerConfig;
    const plain = await trainSteps({ engine: referenceEngine, config });
    const expected = await trainSteps({ engine: referenceEngine, config, training });
    const actual = await trainSteps({ engine: onnx, config, training });
    expect(expected.state0).not.toEqual(plain.state0);
    for (const [name, values] of Object.entries(expected)) {
      values.forEach((value, i) => {
        expect(Math.abs((actual[name]?.[i] as number) - value), `${name}[${i}]`).toBeLessThan(2e-5);
      });
    }
  });

  it('rows that were right as they were trained on are counted, by their weight in the loss', async () => {
    const config = optimizers.sgd as OptimizerConfig;
    const training = { stop: { rule: 'running-accuracy', accuracy: 1, maximumEpochs: 1 } } as const;
    const expected = await trainSteps({ engine: referenceEngine, config, training });
    const actual = await trainSteps({ engine: onnx, config, training });
    const accuracies = [...(expected.accuracies ?? [])];
    expect(accuracies).toHaveLength(numSteps * numReplicas);
    for (const [i, value] of accuracies.entries()) {
      // Six rows count, the seventh is padding.
      expect(Math.abs(value * 6 - Math.round(value * 6))).toBeLessThan(1e-5);
      expect(actual.accuracies?.[i]).toBeCloseTo(value, 5);
    }
    expect(new Set(accuracies.map((value) => Math.round(value * 6))).size).toBeGreaterThan(2);
    expect(expected.state0).toEqual((await trainSteps({ engine: referenceEngine, config })).state0);
  });

  it.each([true, false])(
    'the loss carries the L2 penalty of the weights, biases left out: of all layers: %s',
    async (all) => {
      const config = optimizers.sgd as OptimizerConfig;
      // Of two dense layers the first, or both.
      const layers = tinyLayers.map((layer, i) =>
        layer.type === 'dense' && i > 0 && !all ? { ...layer, l2: false as const } : layer,
      );
      const [plain, penalised] = [
        await trainSteps({ engine: referenceEngine, config, layers, l2: 1e-9 }),
        await trainSteps({ engine: referenceEngine, config, layers, l2: 0.5 }),
      ];
      // One step's loss is computed before its update: at step 0 both runs have the same weights.
      const stream = deriveStream('weights', { test: 'training' });
      for (let i = 0; i < numSteps * numReplicas * batchSize; i++) stream.integer(numSamples);
      const maskLength = numSteps * numReplicas * batchSize * (5 + numClasses);
      for (let i = 0; i < maskLength; i++) stream.uniform();
      const draw = (length: number) => Array.from({ length }, () => stream.uniform() - 0.5);
      const [first, , second] = [draw(2 * 6 * 5), draw(2 * 5), draw(2 * 5 * 3)];
      const replicaZero = [
        ...(first as number[]).slice(0, 30),
        ...(all ? (second as number[]).slice(0, 15) : []),
      ];
      const sumOfSquares = replicaZero.reduce((sum, w) => sum + w * w, 0);
      const rise = (penalised.losses?.[0] as number) - (plain.losses?.[0] as number);
      expect(rise).toBeCloseTo(0.25 * sumOfSquares, 4);
    },
  );
});

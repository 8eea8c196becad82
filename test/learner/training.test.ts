import { beforeAll, describe, expect, it } from 'vitest';
import type { DeviceTensor, Engine, HostTensor } from '../../src/engines/engine.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { augmentationNames, numSelections } from '../../src/learner/augmentation.ts';
import { coefficientName, maskName, stateName, trainingProgram } from '../../src/learner/programs.ts';
import type { OptimizerConfig, TrainingConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { buildOptimizer } from '../../src/models/optimizer.ts';
import { numElements } from '../../src/tensor/shape.ts';
import { tinyLayers as layers, tinyDataset } from './tinyDataset.ts';

const dataset = tinyDataset();
const { numSamples, sampleShape, numClasses } = dataset.info;
const optimizers: Record<string, OptimizerConfig> = {
  sgd: { name: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false },
  momentum: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
  nesterov: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true },
  adam: { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  adamw: { name: 'adamw', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 },
};
const [numReplicas, numSteps, batchSize] = [2, 4, 7];

interface Setup {
  readonly engine: Engine;
  readonly config: OptimizerConfig;
  readonly l2?: number;
  readonly training?: Partial<TrainingConfig>;
}

/** Trains two replicas for a few steps on fixed inputs; returns losses and all state. */
async function trainSteps({
  engine,
  config,
  l2 = 0.01,
  training = {},
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

  it('the loss carries the L2 penalty of the weights, biases left out', async () => {
    const config = optimizers.sgd as OptimizerConfig;
    const [plain, penalised] = [
      await trainSteps({ engine: referenceEngine, config, l2: 1e-9 }),
      await trainSteps({ engine: referenceEngine, config, l2: 0.5 }),
    ];
    // One step's loss is computed before its update: at step 0 both runs have the same weights.
    const stream = deriveStream('weights', { test: 'training' });
    for (let i = 0; i < numSteps * numReplicas * batchSize; i++) stream.integer(numSamples);
    const maskLength = numSteps * numReplicas * batchSize * (5 + numClasses);
    for (let i = 0; i < maskLength; i++) stream.uniform();
    const draw = (length: number) => Array.from({ length }, () => stream.uniform() - 0.5);
    const [first, , second] = [draw(2 * 6 * 5), draw(2 * 5), draw(2 * 5 * 3)];
    const replicaZero = [...(first as number[]).slice(0, 30), ...(second as number[]).slice(0, 15)];
    const sumOfSquares = replicaZero.reduce((sum, w) => sum + w * w, 0);
    const rise = (penalised.losses?.[0] as number) - (plain.losses?.[0] as number);
    expect(rise).toBeCloseTo(0.25 * sumOfSquares, 4);
  });
});

/** The optimisers' textbook formulas, in double precision, on f(x) = Σ (i + 1)·x_i² / 2. */
describe('optimisers against their formulas', () => {
  const start = [1, -2, 0.5];
  const gradient = (x: number[]) => x.map((value, i) => (i + 1) * value);
  const adam = (decay: number, l: number) => {
    let [x, m, v] = [start, [0, 0, 0], [0, 0, 0]];
    for (let t = 1; t <= 5; t++) {
      const g = gradient(x);
      m = m.map((value, i) => 0.9 * value + 0.1 * (g[i] as number));
      v = v.map((value, i) => 0.999 * value + 0.001 * (g[i] as number) ** 2);
      x = x.map((value, i) => {
        const mHat = (m[i] as number) / (1 - 0.9 ** t);
        const vHat = (v[i] as number) / (1 - 0.999 ** t);
        return value * (1 - l * decay) - (l * mHat) / (Math.sqrt(vHat) + 1e-8);
      });
    }
    return x;
  };
  const sgd = (mu: number, nesterov: boolean, l: number) => {
    let [x, velocity] = [start, [0, 0, 0]];
    for (let t = 1; t <= 5; t++) {
      const g = gradient(x);
      velocity = velocity.map((value, i) => mu * value + (g[i] as number));
      x = x.map((value, i) => {
        const direction = nesterov
          ? (g[i] as number) + mu * (velocity[i] as number)
          : (velocity[i] as number);
        return value - l * direction;
      });
    }
    return x;
  };
  const expected: Record<string, number[]> = {
    sgd: sgd(0, false, 0.1),
    momentum: sgd(0.9, false, 0.1),
    nesterov: sgd(0.9, true, 0.1),
    adam: adam(0, 0.01),
    adamw: adam(0.1, 0.01),
  };

  it.each(Object.entries(optimizers))('%s', async (name, config) => {
    const optimizer = buildOptimizer(config);
    const { input, mul, constant } = await import('../../src/tensor/ops.ts');
    const { program } = await import('../../src/tensor/program.ts');
    const x = input('x', 'float32', [3]);
    const slots = Array.from({ length: optimizer.numSlots }, (_, i) => input(`slot${i}`, 'float32', [3]));
    const coefficients = Array.from({ length: optimizer.numCoefficients }, (_, i) =>
      input(`c${i}`, 'float32', []),
    );
    const slope = mul(x, constant(Float32Array.of(1, 2, 3), [3]));
    const next = optimizer.update(x, slope, slots, coefficients);
    const outputs = Object.fromEntries(next.map((node, i) => [i === 0 ? 'x' : `slot${i - 1}`, node]));
    const executable = await referenceEngine.compile(program(outputs));
    const vector = (data: number[]): DeviceTensor =>
      referenceEngine.upload({
        dtype: 'float32',
        shape: data.length === 1 ? [] : [3],
        data: Float32Array.from(data),
      });
    let state: Record<string, DeviceTensor> = {
      x: vector(start),
      slot0: vector([0, 0, 0]),
      slot1: vector([0, 0, 0]),
    };
    for (let step = 0; step < 5; step++) {
      const scalars = optimizer.schedule(step).map((value, i) => [`c${i}`, vector([value])] as const);
      state = await executable.run({ ...state, ...Object.fromEntries(scalars) });
    }
    const result = (await (state.x as DeviceTensor).read()).data;
    expected[name]?.forEach((value, i) => {
      expect(result[i]).toBeCloseTo(value, 5);
    });
  });
});

/** Three steps of training on every preset's network, and on the layers that no preset has: for every engine. */
import { expect } from 'vitest';
import type { Engine, HostTensor } from '../../src/engines/engine.ts';
import * as kernels from '../../src/engines/reference/kernels.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { coefficientName, maskName, stateName, trainingProgram } from '../../src/learner/programs.ts';
import { trainedParameters } from '../../src/learner/trainingState.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { LayerConfig, OptimizerConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { buildOptimizer } from '../../src/models/optimizer.ts';
import { presets } from '../../src/models/presets.ts';
import { numElements } from '../../src/tensor/shape.ts';

/** Adam is chaotic where gradients vanish; SGD shows a wrong gradient and nothing else. */
const sgd: OptimizerConfig = { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: false };
const [numSamples, numClasses, numSteps, batchSize] = [6, 3, 3, 2];
export const numReplicas = 2;
const conv = { type: 'conv2d', filters: 4, kernelSize: 3, stride: 1, padding: 'same' } as const;

export const models: Readonly<Record<string, readonly LayerConfig[]>> = {
  ...Object.fromEntries(Object.entries(presets).map(([name, { config }]) => [name, config.layers])),
  'residual blocks, gelu, stride 2': [
    { type: 'residual', layers: [conv, { type: 'gelu' }, { ...conv, stride: 2 }] },
    { type: 'residual', layers: [conv, { type: 'dropout2d', rate: 0.2 }] },
    { type: 'averagePool', size: 3, stride: 2 },
    { type: 'dense', units: 'numClasses' },
  ],
  'batch norm of channels and features, dropout': [
    { type: 'residual', layers: [conv, { type: 'batchNorm' }, { type: 'dropout2d', rate: 0.2 }] },
    { type: 'globalAveragePool' },
    { type: 'batchNorm' },
    { type: 'dense', units: 'numClasses' },
  ],
};

/** Normalising two values magnifies the rounding of their difference. */
export const toleranceOf = (name: string): number => (name.startsWith('batch norm') ? 1e-4 : 2e-5);

/** The smallest images that fit: the reference engine is slow. */
const sideOf = (name: string): number => ({ lenet: 12, 'cnn-batchbald': 16 })[name] ?? 10;

interface Inputs {
  /** The same for every replica. */
  readonly shared: Readonly<Record<string, HostTensor>>;
  /** [numSteps, numReplicas, …] */
  readonly perStep: Readonly<Record<string, HostTensor>>;
  /** [numReplicas, …] */
  readonly state: Readonly<Record<string, HostTensor>>;
}

export function drawInputs(name: string): Inputs {
  const side = sideOf(name);
  const network = buildNetwork(models[name] ?? [], { sampleShape: [side, side], numClasses });
  const stream = deriveStream('weights', { test: 'presets', name });
  const ints = (dtype: 'uint8' | 'int32', shape: number[], end: number): HostTensor => {
    const values = Array.from({ length: numElements(shape) }, () => stream.integer(end));
    return { dtype, shape, data: dtype === 'uint8' ? Uint8Array.from(values) : Int32Array.from(values) };
  };
  const filled = (shape: number[], value: number): HostTensor => ({
    ...{ dtype: 'float32', shape },
    data: new Float32Array(numElements(shape)).fill(value),
  });
  const perReplica = [numSteps, numReplicas];
  const masks = network.masks.map(
    ({ shape }, i) => [maskName(i), ints('uint8', [...perReplica, batchSize, ...shape], 2)] as const,
  );
  const replicas = Array.from({ length: numReplicas }, () =>
    initialize('pytorch', network.parameters, stream),
  );
  const state = network.parameters.map(({ shape }, i): HostTensor => {
    const full = [numReplicas, ...shape];
    const weights = new Float32Array(numElements(full));
    for (const [r, parameters] of replicas.entries())
      weights.set(parameters[i] ?? [], r * numElements(shape));
    return { dtype: 'float32', shape: full, data: weights };
  });
  const slots = trainedParameters(network).map(({ shape }) => filled([numReplicas, ...shape], 0));
  // The last minibatch has one row, and padding.
  const rowWeights = filled([...perReplica, batchSize], 1 / batchSize);
  for (let replica = 0; replica < numReplicas; replica++) {
    rowWeights.data.set([1, 0], ((numSteps - 1) * numReplicas + replica) * batchSize);
  }
  return {
    shared: {
      features: ints('uint8', [numSamples, side * side], 256),
    },
    perStep: {
      indices: ints('int32', [...perReplica, batchSize], numSamples),
      targets: ints('int32', [...perReplica, batchSize], numClasses),
      weights: rowWeights,
      l2: filled([...perReplica, 1, 1], 0.01),
      [coefficientName(0)]: filled([...perReplica, 1, 1], sgd.learningRate),
      ...Object.fromEntries(masks),
    },
    state: Object.fromEntries([...state, ...slots].map((tensor, i) => [stateName(i), tensor])),
  };
}

/** The inputs of one replica by itself. */
export function inputsOf({ shared, perStep, state }: Inputs, replica: number): Inputs {
  const cut = (axis: number) => (entry: [string, HostTensor]) =>
    [entry[0], kernels.slice(entry[1], axis, replica, replica + 1)] as const;
  return {
    shared,
    perStep: Object.fromEntries(Object.entries(perStep).map(cut(1))),
    state: Object.fromEntries(Object.entries(state).map(cut(0))),
  };
}

export async function train(engine: Engine, name: string, { shared, perStep, state }: Inputs) {
  const side = sideOf(name);
  const sampleShape = [side, side];
  const program = trainingProgram(
    {
      network: buildNetwork(models[name] ?? [], { sampleShape, numClasses }),
      numReplicas: perStep.indices?.shape[1] ?? 1,
      ...{ numSamples, sampleShape, normalization: { scale: 1 / 255, shift: -0.5 } },
    },
    buildOptimizer(sgd),
    { l2: { strength: 0.01, dividedBy: 'one' } },
  );
  const executable = await engine.compile(program);
  const given = Object.entries({ ...shared, ...perStep, ...state });
  const uploaded = Object.fromEntries(given.map(([key, tensor]) => [key, engine.upload(tensor)]));
  const results: Record<string, HostTensor> = {};
  for (const [key, tensor] of Object.entries(await executable.run(uploaded))) {
    const { dtype, shape, data } = await tensor.read();
    results[key] = { dtype, shape, data: data.slice() };
  }
  await executable.dispose();
  return results;
}

export function expectClose(
  actual: Readonly<Record<string, HostTensor>>,
  expected: Readonly<Record<string, HostTensor>>,
  tolerance: number,
): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, { data, shape }] of Object.entries(expected)) {
    expect(actual[name]?.shape, name).toEqual(shape);
    let largest = 0;
    data.forEach((value, i) => {
      largest = Math.max(largest, Math.abs((actual[name]?.data[i] ?? Number.NaN) - value));
    });
    expect(largest, name).toBeLessThan(tolerance);
  }
}

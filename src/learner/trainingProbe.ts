/** How fast an engine trains a network here: real steps of the real program, on data that nobody needs. */
import type { DeviceTensor, Engine } from '../engines/engine.ts';
import { deriveStream } from '../foundation/randomStream.ts';
import { initialize } from '../models/initialize.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import { buildNetwork } from '../models/network.ts';
import { buildOptimizer } from '../models/optimizer.ts';
import { numElements } from '../tensor/shape.ts';
import { augmentationNames, numSelections } from './augmentation.ts';
import { coefficientName, maskName, trainingProgram } from './programs.ts';
import { stateName, trainedParameters } from './trainingState.ts';

export interface ProbeSetting {
  readonly config: ModelConfig;
  readonly sampleShape: readonly number[];
  /** Trained side by side in one program. */
  readonly numReplicas: number;
  /** Default: the model's. */
  readonly batchSize?: number;
}

export interface TrainingProbe {
  /** Trains for `numSteps` from the initial weights and reads the losses, so that nothing is left to do; returns seconds. */
  run(numSteps: number): Promise<number>;
  dispose(): Promise<void>;
}

const [NUM_SAMPLES, NUM_CLASSES] = [1024, 10];

export async function createTrainingProbe(
  engine: Engine,
  { config, sampleShape, numReplicas, batchSize = config.training.batchSize }: ProbeSetting,
): Promise<TrainingProbe> {
  const network = buildNetwork(config.layers, { sampleShape, numClasses: NUM_CLASSES });
  const optimizer = buildOptimizer(config.training.optimizer);
  const normalization = { scale: 1 / 255, shift: 0 };
  const definition = { network, numReplicas, numSamples: NUM_SAMPLES, sampleShape, normalization };
  const executable = await engine.compile(trainingProgram(definition, optimizer, config.training));
  const stream = deriveStream('weights', { probe: config.layers });
  const bytes = (shape: readonly number[], end: number): DeviceTensor =>
    engine.upload({
      ...{ dtype: 'uint8', shape },
      data: Uint8Array.from({ length: numElements(shape) }, () => stream.integer(end)),
    });
  const numbers = (shape: readonly number[], data: Float32Array): DeviceTensor =>
    engine.upload({ dtype: 'float32', shape, data });
  const constant = (shape: readonly number[], value: number): DeviceTensor =>
    numbers(shape, new Float32Array(numElements(shape)).fill(value));
  const resident: Record<string, DeviceTensor> = {
    features: bytes([NUM_SAMPLES, numElements(sampleShape)], 256),
  };
  for (const [i, data] of initialize(config.initializer, network.parameters, stream).entries()) {
    const shape = [numReplicas, ...(network.parameters[i]?.shape ?? [])];
    const copies = new Float32Array(data.length * numReplicas);
    for (let replica = 0; replica < numReplicas; replica++) copies.set(data, replica * data.length);
    resident[stateName(i)] = numbers(shape, copies);
  }
  const slots = Array.from({ length: optimizer.numSlots }).flatMap(() => trainedParameters(network));
  for (const [i, { shape }] of slots.entries()) {
    resident[stateName(network.parameters.length + i)] = constant([numReplicas, ...shape], 0);
  }

  function stepInputs(numSteps: number): Record<string, DeviceTensor> {
    const perRow = [numSteps, numReplicas, batchSize];
    const integers = (end: number): DeviceTensor => {
      const data = Int32Array.from({ length: numElements(perRow) }, () => stream.integer(end));
      return engine.upload({ dtype: 'int32', shape: perRow, data });
    };
    const inputs: Record<string, DeviceTensor> = {
      ...{ indices: integers(NUM_SAMPLES), targets: integers(NUM_CLASSES) },
      weights: constant(perRow, 1 / batchSize),
    };
    const perStep = [numSteps, numReplicas, 1, 1];
    const coefficients = optimizer.schedule(0, 1);
    for (const [i, value] of coefficients.entries()) inputs[coefficientName(i)] = constant(perStep, value);
    if (config.training.l2.strength > 0) inputs.l2 = constant(perStep, config.training.l2.strength);
    const { augmentation } = config.training;
    if (augmentation) {
      const counts = numSelections(augmentation);
      augmentationNames.forEach((name, axis) => {
        inputs[name] = integers(counts[axis] as number);
      });
    }
    for (const [i, { shape }] of network.masks.entries()) {
      inputs[maskName(i)] = bytes([...perRow, ...shape], 2);
    }
    return inputs;
  }

  return {
    async run(numSteps) {
      const inputs = stepInputs(numSteps);
      const start = performance.now();
      const results = await executable.run({ ...resident, ...inputs });
      await results.losses?.read();
      const seconds = (performance.now() - start) / 1000;
      for (const tensor of [...Object.values(results), ...Object.values(inputs)]) tensor.dispose();
      return seconds;
    },
    async dispose() {
      for (const tensor of Object.values(resident)) tensor.dispose();
      await executable.dispose();
    },
  };
}

/**
 * Steps per second over about `seconds`, the first steps, which compile and allocate, left out. A run holds at most
 * `mostSteps`, for the memory of its minibatches and masks.
 */
export async function stepsPerSecond(
  probe: TrainingProbe,
  { seconds, mostSteps = 256 }: { readonly seconds: number; readonly mostSteps?: number },
): Promise<number> {
  await probe.run(1);
  let numSteps = 1;
  let taken = await probe.run(numSteps);
  while (taken < seconds / 8 && numSteps < mostSteps) {
    numSteps = Math.min(mostSteps, numSteps * 4);
    await probe.run(numSteps);
    taken = await probe.run(numSteps);
  }
  let [totalSteps, totalSeconds] = [numSteps, taken];
  while (totalSeconds < seconds) {
    totalSeconds += await probe.run(numSteps);
    totalSteps += numSteps;
  }
  return totalSteps / totalSeconds;
}

/** What the training program reads anew at every step, computed by the host for a run of steps. */
import type { DeviceTensor, Engine, TypedArray } from '../engines/engine.ts';
import { learningRateFactor } from '../models/learningRateFactor.ts';
import type { TrainingConfig } from '../models/modelConfig.ts';
import type { Network } from '../models/network.ts';
import type { Optimizer } from '../models/optimizer.ts';
import { augmentationNames, drawAugmentation } from './augmentation.ts';
import { drawDropoutMasks } from './dropoutMasks.ts';
import type { FitRequest } from './fit.ts';
import { type MinibatchSchedule, stepsPerEpoch } from './minibatches.ts';
import { coefficientName, maskName } from './programs.ts';
import { anyOf, interleave, mapSlots, type Slots } from './slots.ts';
import type { StopRule } from './stopRule.ts';

export interface StepInputsRequest {
  readonly engine: Engine;
  readonly network: Network;
  readonly optimizer: Optimizer;
  readonly training: TrainingConfig;
  readonly limits: Pick<StopRule, 'maximumEpochs' | 'maximumSteps'>;
}

/** A network in training and its part of the run. */
export interface ScheduledReplica {
  readonly request: FitRequest;
  readonly schedule: MinibatchSchedule;
}

/**
 * The training program's sequences. An empty slot imitates a full one at a learning rate of 0, which leaves its weights
 * exactly as they are. `firstStep` is where the optimiser's schedule stands.
 */
export function stepInputs(
  { engine, network, optimizer, training, limits }: StepInputsRequest,
  replicas: Slots<ScheduledReplica>,
  firstStep: number,
): Record<string, DeviceTensor> {
  const { request, schedule } = anyOf(replicas);
  const { numSteps, batchSize, minibatchSizes } = schedule;
  const numReplicas = replicas.length;
  const perRow = [numSteps, numReplicas, batchSize];
  const all = <T extends TypedArray>(of: (replica: ScheduledReplica) => T): T =>
    interleave(replicas, of, numSteps);
  const int32 = (data: Int32Array): DeviceTensor => engine.upload({ dtype: 'int32', shape: perRow, data });
  const perStep = (value: (step: number, slot: number) => number): DeviceTensor => {
    const data = new Float32Array(numSteps * numReplicas);
    for (let i = 0; i < data.length; i++) data[i] = value(Math.floor(i / numReplicas), i % numReplicas);
    return engine.upload({ dtype: 'float32', shape: [numSteps, numReplicas, 1, 1], data });
  };
  const inputs: Record<string, DeviceTensor> = {
    indices: int32(all((replica) => replica.schedule.indices)),
    targets: int32(
      all((replica) => replica.schedule.indices.map((row) => replica.request.labels[row] as number)),
    ),
    weights: engine.upload({
      ...{ dtype: 'float32', shape: perRow },
      data: all((replica) => replica.schedule.weights),
    }),
  };
  const epochSteps = stepsPerEpoch(request.rows.length, training);
  const totalSteps = Math.min(limits.maximumSteps, limits.maximumEpochs * epochSteps);
  const coefficients = Array.from({ length: numSteps }, (_, i) => {
    const step = firstStep + i;
    return optimizer.schedule(
      step,
      learningRateFactor(training.schedule, { step, totalSteps, stepsPerEpoch: epochSteps }),
    );
  });
  const idle = Array.from({ length: numSteps }, (_, i) => optimizer.schedule(firstStep + i, 0));
  for (let c = 0; c < optimizer.numCoefficients; c++) {
    inputs[coefficientName(c)] = perStep(
      (step, slot) => (replicas[slot] === undefined ? idle : coefficients)[step]?.[c] as number,
    );
  }
  const { strength, dividedBy } = training.l2;
  if (strength > 0) {
    const divisors = {
      one: () => 1,
      labelled: () => request.rows.length,
      minibatch: (step: number) => minibatchSizes[step] as number,
    };
    inputs.l2 = perStep((step) => strength / divisors[dividedBy](step));
  }
  const { augmentation } = training;
  if (augmentation !== undefined) {
    const drawn = mapSlots(replicas, ({ request: { streams }, schedule: own }) =>
      drawAugmentation(augmentation, own, streams.augmentation),
    );
    augmentationNames.forEach((name, axis) => {
      inputs[name] = int32(interleave(drawn, (own) => own[axis] as Int32Array, numSteps));
    });
  }
  const masks = mapSlots(replicas, (replica) =>
    drawDropoutMasks(network.masks, schedule, replica.request.streams.dropout),
  );
  network.masks.forEach(({ shape }, layer) => {
    const data = interleave(masks, (own) => own[layer] as Uint8Array, numSteps);
    inputs[maskName(layer)] = engine.upload({ dtype: 'uint8', shape: [...perRow, ...shape], data });
  });
  return inputs;
}

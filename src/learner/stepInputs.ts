/** What the training program reads anew at every step, computed by the host for a run of steps. */
import type { DeviceTensor, Engine } from '../engines/engine.ts';
import { learningRateFactor } from '../models/learningRateFactor.ts';
import type { TrainingConfig } from '../models/modelConfig.ts';
import type { Network } from '../models/network.ts';
import type { Optimizer } from '../models/optimizer.ts';
import { drawDropoutMasks } from './dropoutMasks.ts';
import type { FitRequest } from './fit.ts';
import { type MinibatchSchedule, stepsPerEpoch } from './minibatches.ts';
import { coefficientName, maskName } from './programs.ts';
import type { StopRule } from './stopRule.ts';

export interface StepInputsRequest {
  readonly engine: Engine;
  readonly network: Network;
  readonly optimizer: Optimizer;
  readonly training: TrainingConfig;
  readonly request: FitRequest;
  readonly stopRule: Pick<StopRule, 'maximumEpochs' | 'maximumSteps'>;
}

/** The training program's sequences (one replica). `firstStep` is where the optimiser's schedule stands. */
export function stepInputs(
  { engine, network, optimizer, training, request, stopRule }: StepInputsRequest,
  schedule: MinibatchSchedule,
  firstStep: number,
): Record<string, DeviceTensor> {
  const { numSteps, batchSize, minibatchSizes } = schedule;
  const perRow = [numSteps, 1, batchSize];
  const perStep = (value: (step: number) => number): DeviceTensor => {
    const data = Float32Array.from({ length: numSteps }, (_, step) => value(step));
    return engine.upload({ dtype: 'float32', shape: [numSteps, 1, 1, 1], data });
  };
  const inputs: Record<string, DeviceTensor> = {
    indices: engine.upload({ dtype: 'int32', shape: perRow, data: schedule.indices }),
    targets: engine.upload({
      ...{ dtype: 'int32', shape: perRow },
      data: schedule.indices.map((row) => request.labels[row] as number),
    }),
    weights: engine.upload({ dtype: 'float32', shape: perRow, data: schedule.weights }),
  };
  const epochSteps = stepsPerEpoch(request.rows.length, training);
  const totalSteps = Math.min(stopRule.maximumSteps, stopRule.maximumEpochs * epochSteps);
  const coefficients = Array.from({ length: numSteps }, (_, i) => {
    const step = firstStep + i;
    return optimizer.schedule(
      step,
      learningRateFactor(training.schedule, { step, totalSteps, stepsPerEpoch: epochSteps }),
    );
  });
  for (let i = 0; i < optimizer.numCoefficients; i++) {
    inputs[coefficientName(i)] = perStep((step) => coefficients[step]?.[i] as number);
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
  drawDropoutMasks(network.masks, schedule, request.streams.dropout).forEach((data, i) => {
    const shape = [...perRow, ...(network.masks[i]?.shape ?? [])];
    inputs[maskName(i)] = engine.upload({ dtype: 'uint8', shape, data });
  });
  return inputs;
}

/** Which epochs go to the compiled program at once. */
import type { TrainingConfig } from '../models/modelConfig.ts';
import type { Network } from '../models/network.ts';
import { numElements } from '../tensor/shape.ts';
import type { FitRequest } from './fit.ts';
import { epochLength, epochRows, stepsPerEpoch } from './minibatches.ts';
import type { StopRule } from './stopRule.ts';

/** Bounds on the memory of indices and masks. */
const ROWS_PER_RUN = 2 ** 17;
const MASK_BYTES_PER_RUN = 2 ** 25;

export interface EpochPlan {
  readonly training: TrainingConfig;
  readonly network: Network;
  readonly numReplicas: number;
  readonly limits: Pick<StopRule, 'maximumEpochs' | 'maximumSteps' | 'afterEpoch'>;
}

export interface Progress {
  readonly epochs: number;
  readonly steps: number;
  /** How many steps to hand over at once, within the bounds on memory. */
  readonly stepsPerRun: number;
}

/**
 * The rows of a network's next epochs that may run without being looked at, at least one; with a limit on steps, the
 * last one is cut short. How many there are is the same for every network with as many labelled rows.
 */
export function drawEpochs(
  { training, network, numReplicas, limits }: EpochPlan,
  { rows, streams }: FitRequest,
  done: Progress,
): Int32Array[] {
  const length = epochLength(rows.length, training.minimumSamplesPerEpoch);
  const batchSize = Math.min(training.batchSize, length);
  const epochSteps = stepsPerEpoch(rows.length, training);
  const rowsPerStep = batchSize * numReplicas;
  const maskBytes = rowsPerStep * network.masks.reduce((sum, { shape }) => sum + numElements(shape), 0);
  const stepsPerRun = Math.min(
    done.stepsPerRun,
    Math.floor(ROWS_PER_RUN / rowsPerStep),
    Math.floor(MASK_BYTES_PER_RUN / Math.max(1, maskBytes)),
  );
  const wanted = limits.afterEpoch ? 1 : Math.max(1, Math.floor(stepsPerRun / epochSteps));
  const drawn: Int32Array[] = [];
  let stepsLeft = limits.maximumSteps - done.steps;
  while (drawn.length < Math.min(wanted, limits.maximumEpochs - done.epochs) && stepsLeft > 0) {
    const epoch = epochRows(rows, training.minimumSamplesPerEpoch, streams.minibatches);
    drawn.push(epoch.subarray(0, Math.min(epoch.length, stepsLeft * batchSize)));
    stepsLeft -= epochSteps;
  }
  return drawn;
}

/** Which rows each training step sees. The order depends on the stream alone, never on the strategy. */
import type { RandomStream } from '../foundation/randomStream.ts';
import type { TrainingConfig } from '../models/modelConfig.ts';

/** Some training steps, as the training program takes them (one replica). */
export interface MinibatchSchedule {
  readonly numSteps: number;
  /** Rows per step, padding included. */
  readonly batchSize: number;
  /** [numSteps, batchSize], rows of the data set. */
  readonly indices: Int32Array;
  /** [numSteps, batchSize]: 1 / rows in the minibatch, or 0 for padding. */
  readonly weights: Float32Array;
  /** [numSteps], rows in each minibatch, padding left out. */
  readonly minibatchSizes: Int32Array;
}

/** Rows in one epoch: the labelled set, repeated until there are at least `minimumSamples`. */
export function epochLength(numLabelled: number, minimumSamples: number): number {
  return Math.max(numLabelled, minimumSamples);
}

/** Minibatches of one epoch, the last of which may not be full. */
export function stepsPerEpoch(
  numLabelled: number,
  { minimumSamplesPerEpoch, batchSize }: Pick<TrainingConfig, 'minimumSamplesPerEpoch' | 'batchSize'>,
): number {
  const length = epochLength(numLabelled, minimumSamplesPerEpoch);
  return Math.ceil(length / Math.min(batchSize, length));
}

/**
 * One epoch's rows in random order. Where `minimumSamples` exceeds the labelled set, every row comes equally often
 * but for one: a random order of 0 … length − 1, modulo the set's size (BatchBALD's RandomFixedLengthSampler).
 */
export function epochRows(labelled: Int32Array, minimumSamples: number, stream: RandomStream): Int32Array {
  const order = stream.permutation(epochLength(labelled.length, minimumSamples));
  return order.map((position) => labelled[position % labelled.length] as number);
}

/**
 * Cuts epochs into minibatches. An epoch's last minibatch holds what is left and is padded with rows of weight 0; a
 * `batchSize` above the epoch's length means the whole epoch.
 */
export function scheduleMinibatches(
  epochs: readonly Int32Array[],
  requestedBatchSize: number,
): MinibatchSchedule {
  const batchSize = Math.min(requestedBatchSize, Math.max(...epochs.map((rows) => rows.length)));
  const numSteps = epochs.reduce((sum, rows) => sum + Math.ceil(rows.length / batchSize), 0);
  const indices = new Int32Array(numSteps * batchSize);
  const weights = new Float32Array(numSteps * batchSize);
  const minibatchSizes = new Int32Array(numSteps);
  let step = 0;
  for (const rows of epochs) {
    for (let start = 0; start < rows.length; start += batchSize, step++) {
      const minibatch = rows.subarray(start, start + batchSize);
      const offset = step * batchSize;
      // Padding repeats a row that is there anyway: its weight of 0 takes it out of the loss.
      indices.fill(minibatch[0] as number, offset, offset + batchSize);
      indices.set(minibatch, offset);
      weights.fill(1 / minibatch.length, offset, offset + minibatch.length);
      minibatchSizes[step] = minibatch.length;
    }
  }
  return { numSteps, batchSize, indices, weights, minibatchSizes };
}

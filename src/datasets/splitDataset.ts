/**
 * Divides a data set's rows into test, validation and pool. The parts are carved in this order from one random
 * permutation, so that a change of the pool's size leaves test and validation as they were.
 */
import { deriveStream } from '../foundation/randomStream.ts';
import { UserError } from '../foundation/userError.ts';
import { apportion } from './apportion.ts';
import type { ClassLabels, DatasetInfo, Split, SplitConfig } from './dataset.ts';
import { type IndexMasks, maskOf } from './indexMasks.ts';
import { candidateRows, splitSizes } from './splitSizes.ts';

export interface SplitRequest {
  readonly info: DatasetInfo;
  /** [numSamples], class indices; looked at only where `config.stratified`. */
  readonly labels: ClassLabels;
  readonly config: SplitConfig;
  /** The trial's seed: it decides where `config.seed` does not. */
  readonly seed: number;
  /** Needed if and only if `config.masks`. */
  readonly masks?: IndexMasks;
}

/**
 * Splits. Stratified, each part follows the class proportions of the rows that it is carved from to within one row.
 * Throws `UserError` "bad-split", "masks-changed" (since the configuration was resolved), and what `maskOf` throws.
 */
export function splitDataset({ info, labels, config, seed, masks }: SplitRequest): Split {
  const splitSeed = config.seed ?? seed;
  if (config.masks !== undefined) {
    if (masks === undefined)
      throw new Error('splitDataset needs the index masks that the configuration names');
    if (masks.sha256 !== config.masks.sha256) {
      throw new UserError(
        'masks-changed',
        `${masks.path} must have SHA-256 ${config.masks.sha256}, and now has ${masks.sha256}. Restore the file, or start anew.`,
      );
    }
    return maskOf(masks, splitSeed);
  }
  const sizes = splitSizes(info, config);
  const { first, count } = candidateRows(info, config);
  const stream = deriveStream('split', { dataset: info.fingerprint, seed: splitSeed });
  const order = stream.permutation(count).map((offset) => first + offset);
  const carve = config.stratified ? stratifiedCarver(order, labels, info.numClasses) : randomCarver(order);
  return {
    test: config.test === 'test-file' ? testFileRows(info) : carve(sizes.test),
    validation: carve(sizes.validation),
    pool: carve(sizes.pool),
  };
}

/** Takes the next rows of a sequence. */
type Carver = (size: number) => Int32Array;

function randomCarver(order: Int32Array): Carver {
  let next = 0;
  return (size) => {
    next += size;
    return order.slice(next - size, next);
  };
}

/** Takes the next rows of each class, in proportion to what is left of it, in the sequence's order. */
function stratifiedCarver(order: Int32Array, labels: ClassLabels, numClasses: number): Carver {
  let left = order;
  return (size) => {
    const counts = new Array<number>(numClasses).fill(0);
    for (const row of left) counts[labels[row] ?? 0] = (counts[labels[row] ?? 0] ?? 0) + 1;
    const quota = apportion(size, counts);
    const part: number[] = [];
    const others: number[] = [];
    for (const row of left) {
      const label = labels[row] ?? 0;
      const open = quota[label] ?? 0;
      quota[label] = open - 1;
      (open > 0 ? part : others).push(row);
    }
    left = Int32Array.from(others);
    return Int32Array.from(part);
  };
}

function testFileRows(info: DatasetInfo): Int32Array {
  const { numTrainFileSamples: first, numSamples } = info;
  return Int32Array.from({ length: numSamples - first }, (_, i) => first + i);
}

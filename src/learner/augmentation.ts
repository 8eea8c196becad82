/**
 * Random crops and mirror images of the rows trained on. Both are products with selection matrices, which every engine
 * has, instead of operators of their own; a pixel is selected exactly.
 */
import type { RandomStream } from '../foundation/randomStream.ts';
import type { ImageShape } from '../models/imageShape.ts';
import type { AugmentationConfig } from '../models/modelConfig.ts';
import type { Node } from '../tensor/node.ts';
import { constant, gather, matMul, reshape } from '../tensor/ops.ts';

/** The training program's inputs, int32 [numSteps, numReplicas, batchSize]: which selection each row gets along an axis. */
export const augmentationNames = ['cropRows', 'cropColumns'] as const;

/** How many selections there are along each axis, in the order of `augmentationNames`. */
export function numSelections({ cropPadding, horizontalFlip }: AugmentationConfig): [number, number] {
  const numOffsets = 2 * cropPadding + 1;
  return [numOffsets, horizontalFlip ? 2 * numOffsets : numOffsets];
}

/**
 * `images` [numReplicas, batchSize, numFeatures], cut out of themselves with `cropPadding` zeros around, then mirrored
 * (torchvision's `RandomCrop(size, padding)` and `RandomHorizontalFlip`). `choices`: [numReplicas, batchSize] per axis.
 */
export function augment(
  images: Node,
  [rowChoices, columnChoices]: readonly [Node, Node],
  config: AugmentationConfig,
  [channels, height, width]: ImageShape,
): Node {
  const [numRowSelections, numColumnSelections] = numSelections(config);
  const leading = rowChoices.shape;
  /** [numReplicas, batchSize, …extra, size, size]: each row's selection. */
  const selections = (choices: Node, count: number, size: number, extra: readonly number[]): Node => {
    const table = selectionTable(count, size, config.cropPadding);
    return reshape(gather(table, choices), [...leading, ...extra, size, size]);
  };
  const rows = selections(rowChoices, numRowSelections, height, [1]);
  const moved = matMul(rows, reshape(images, [...leading, channels, height, width]));
  const columns = selections(columnChoices, numColumnSelections, width, []);
  // Lines of all channels are moved alike, in one product.
  const lines = reshape(moved, [...leading, channels * height, width]);
  return reshape(matMul(lines, columns, { transposeB: true }), images.shape);
}

/**
 * [count, size · size]: row `choice` is a matrix whose entry (i, j) says whether place i of the result is place j of the
 * source. Choices beyond the offsets are the same offsets, mirrored. A place in the padding has a row of zeros.
 */
function selectionTable(count: number, size: number, padding: number): Node {
  const numOffsets = 2 * padding + 1;
  const data = new Float32Array(count * size * size);
  for (let choice = 0; choice < count; choice++) {
    const offset = (choice % numOffsets) - padding;
    const isMirrored = choice >= numOffsets;
    for (let i = 0; i < size; i++) {
      const source = (isMirrored ? size - 1 - i : i) + offset;
      if (source >= 0 && source < size) data[(choice * size + i) * size + source] = 1;
    }
  }
  return constant(data, [count, size * size]);
}

/** Choices for `numSteps` minibatches, [numSteps, batchSize] per axis, drawn row by row: uniform, and all independent. */
export function drawAugmentation(
  config: AugmentationConfig,
  { numSteps, batchSize }: { readonly numSteps: number; readonly batchSize: number },
  stream: RandomStream,
): [Int32Array, Int32Array] {
  const [numRowSelections, numColumnSelections] = numSelections(config);
  const rows = new Int32Array(numSteps * batchSize);
  const columns = new Int32Array(numSteps * batchSize);
  for (let i = 0; i < rows.length; i++) {
    rows[i] = stream.integer(numRowSelections);
    columns[i] = stream.integer(numColumnSelections);
  }
  return [rows, columns];
}

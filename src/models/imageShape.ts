/** What the layers on images share: the shape of an image, and the one message for shapes that do not fit. */
import { UserError } from '../foundation/userError.ts';
import type { Node } from '../tensor/node.ts';
import { reshape, transpose } from '../tensor/ops.ts';
import { showShape } from '../tensor/shape.ts';
import type { LayerContext } from './layer.ts';

export type ImageShape = readonly [channels: number, height: number, width: number];

/** [height, width] is an image of one channel. Throws `UserError("layer-shape")` where the input is no image. */
export function imageShape(type: string, context: LayerContext): ImageShape {
  if (isImage(context.inputShape)) return imageShapeOf(context.inputShape);
  throw layerShapeError(
    type,
    context,
    'an image, [height, width] or [channels, height, width]',
    'Put it before the first dense or flatten layer',
  );
}

export function isImage(shape: readonly number[]): boolean {
  return shape.length === 2 || shape.length === 3;
}

/** Of a shape that `isImage`. */
export function imageShapeOf(shape: readonly number[]): ImageShape {
  const [a = 1, b = 1, c] = shape;
  return c === undefined ? [1, a, b] : [a, b, c];
}

/** `need` and `remedy` are the rest of two sentences. */
export function layerShapeError(
  type: string,
  { position, inputShape }: LayerContext,
  need: string,
  remedy: string,
): UserError {
  return new UserError(
    'layer-shape',
    `Layer ${position} (${type}) gets the shape ${showShape(inputShape)} and needs ${need}. ${remedy}.`,
  );
}

/** [numReplicas, batchSize, channels, …] → [batchSize, numReplicas · channels, …]: what groups keep apart. */
export function replicasToGroups(x: Node, [channels, height, width]: ImageShape): Node {
  const [numReplicas, batchSize] = leadingAxes(x);
  const images = reshape(x, [numReplicas, batchSize, channels, height, width]);
  const byRow = transpose(images, [1, 0, 2, 3, 4]);
  return reshape(byRow, [batchSize, numReplicas * channels, height, width]);
}

/** The inverse of `replicasToGroups`. */
export function groupsToReplicas(x: Node, numReplicas: number, [channels, height, width]: ImageShape): Node {
  const [batchSize = 1] = x.shape;
  const byRow = reshape(x, [batchSize, numReplicas, channels, height, width]);
  return transpose(byRow, [1, 0, 2, 3, 4]);
}

/** The number of replicas, which must be known, and the size of the minibatch, which need not. */
export function leadingAxes({ shape }: Node): [numReplicas: number, batchSize: number | string] {
  const [numReplicas, batchSize = 1] = shape;
  if (typeof numReplicas !== 'number')
    throw new Error(`${showShape(shape)} has no known number of replicas.`);
  return [numReplicas, batchSize];
}

/** Builders of the operations on images: convolution and pooling, and the operations their gradients need. */
import type { ConvGeometry, MaxPool2dNode, Node, Shape } from './node.ts';
import { sameShape, showShape } from './shape.ts';

/**
 * Cross-correlation plus bias: x [batchSize, groups · inChannels, height, width], weights [groups · outChannels,
 * inChannels, kernelHeight, kernelWidth], bias [groups · outChannels] → [batchSize, groups · outChannels, …].
 */
export function conv2d(x: Node, weights: Node, bias: Node, geometry: ConvGeometry): Node {
  const [batchSize = 1] = x.shape;
  const [channels, height, width] = knownSizes(x, 3);
  const [outChannels, inChannels, kernelHeight, kernelWidth] = knownSizes(weights, 4);
  const { stride, groups, padding } = geometry;
  const outHeight = numWindows(height + padding.top + padding.bottom, kernelHeight, stride);
  const outWidth = numWindows(width + padding.left + padding.right, kernelWidth, stride);
  if (
    x.shape.length !== 4 ||
    channels !== inChannels * groups ||
    outChannels % groups !== 0 ||
    !sameShape(bias.shape, [outChannels]) ||
    Math.min(outHeight, outWidth) < 1
  ) {
    const shapes = [x, weights, bias].map(({ shape }) => showShape(shape)).join(', ');
    throw new Error(`A convolution in ${groups} groups does not fit the shapes ${shapes}.`);
  }
  const shape = [batchSize, outChannels, outHeight, outWidth];
  return { op: 'conv2d', x, weights, bias, geometry, dtype: 'float32', shape };
}

/** Windows of `size` that fit into `length`, one every `stride`. */
export function numWindows(length: number, size: number, stride: number): number {
  return Math.floor((length - size) / stride) + 1;
}

/** The adjoint of a convolution's input, which had `shape`, from the adjoint `g` of its result. */
export function conv2dInputGradient(g: Node, weights: Node, geometry: ConvGeometry, shape: Shape): Node {
  return { op: 'conv2dInputGradient', g, weights, geometry, dtype: 'float32', shape };
}

/** The adjoint of a convolution's weights, which had `shape`, from the adjoint `g` of its result. */
export function conv2dWeightGradient(x: Node, g: Node, geometry: ConvGeometry, shape: Shape): Node {
  return { op: 'conv2dWeightGradient', x, g, geometry, dtype: 'float32', shape };
}

/**
 * Largest value of each `size` × `size` window, one every `stride`, over the last two axes of `x` [channels…, height,
 * width]. Windows must not overlap: the gradient puts each element back once.
 */
export function maxPool2d(x: Node, size: number, stride: number): Node {
  const [height, width] = knownSizes(x, 2);
  if (stride < size) throw new Error(`Windows of ${size} every ${stride} overlap.`);
  if (x.shape.length < 3 || Math.min(height, width) < size) {
    throw new Error(`A window of ${size} does not fit into ${showShape(x.shape)}.`);
  }
  const pooled = [numWindows(height, size, stride), numWindows(width, size, stride)];
  return { op: 'maxPool2d', x, size, stride, dtype: 'float32', shape: [...x.shape.slice(0, -2), ...pooled] };
}

/** The adjoint of `pool`'s input, from the adjoint `g` of its result. */
export function maxPool2dGradient(pool: MaxPool2dNode, g: Node): Node {
  return { op: 'maxPool2dGradient', pool, g, dtype: 'float32', shape: pool.x.shape };
}

/** The last `count` sizes of `x`, which must be numbers. */
export function knownSizes(x: { readonly shape: Shape }, count: 2): [number, number];
export function knownSizes(x: { readonly shape: Shape }, count: 3): [number, number, number];
export function knownSizes(x: { readonly shape: Shape }, count: 4): [number, number, number, number];
export function knownSizes({ shape }: { readonly shape: Shape }, count: number): number[] {
  const sizes = shape.slice(-count).filter((dim) => typeof dim === 'number');
  if (sizes.length < count) throw new Error(`The last ${count} sizes of ${showShape(shape)} must be known.`);
  return sizes;
}

/** Lowers max-pooling and its gradient: by the indices that `MaxPool` keeps, or where there are none by comparing again. */
import { knownSizes } from '../../tensor/imageOps.ts';
import type { MaxPool2dNode, Node } from '../../tensor/node.ts';
import type { GraphWriter } from './graphWriter.ts';

type MaxPool2dGradientNode = Extract<Node, { op: 'maxPool2dGradient' }>;

export function lowerMaxPool2d(node: MaxPool2dNode, writer: GraphWriter): string {
  const { x, size, stride } = node;
  const [height, width] = knownSizes(x, 2);
  const images = reshape(writer.name(x), [1, -1, height, width], writer);
  const indices = writer.poolIndices.get(node);
  const pooled = writer.fresh();
  const attributes = { kernel_shape: [size, size], strides: [stride, stride] };
  writer.emit('MaxPool', [images], attributes, indices === undefined ? [pooled] : [pooled, indices]);
  return reshape(pooled, unknownNames(node), writer);
}

export function lowerMaxPool2dGradient(node: MaxPool2dGradientNode, writer: GraphWriter): string {
  return writer.kernels.maxUnpool ? unpool(node, writer) : compareWindows(node, writer);
}

function unpool({ pool, g }: MaxPool2dGradientNode, writer: GraphWriter): string {
  const { size, stride, x } = pool;
  const [height, width] = knownSizes(x, 2);
  const [outHeight, outWidth] = knownSizes(g, 2);
  const indices = writer.poolIndices.get(pool);
  if (indices === undefined) throw new Error('A pool and its gradient must be in the same graph.');
  const adjoint = reshape(writer.name(g), [1, -1, outHeight, outWidth], writer);
  const images = reshape(writer.name(x), [1, -1, height, width], writer);
  const shape = writer.one('Shape', [images]);
  const attributes = { kernel_shape: [size, size], strides: [stride, stride] };
  const spread = writer.one('MaxUnpool', [adjoint, indices, shape], attributes);
  return reshape(spread, unknownNames(x), writer);
}

/**
 * As if a window were an axis: where an element equals its window's largest it gets its position's priority, falling from
 * size² at the first to 1 at the last and 0 outside; who holds the highest of its window, the first of equals, gets the adjoint.
 */
function compareWindows({ pool, g }: MaxPool2dGradientNode, writer: GraphWriter): string {
  const { size, stride, x } = pool;
  const [height, width] = knownSizes(x, 2);
  const [outHeight, outWidth] = knownSizes(g, 2);
  const [spanHeight, spanWidth] = [outHeight * stride, outWidth * stride];
  const images = reshape(writer.name(x), [-1, height, width], writer);
  const spanned = resize(images, [height, width], [spanHeight, spanWidth], writer);
  const windows = reshape(spanned, [-1, outHeight, stride, outWidth, stride], writer);
  const perWindow = (node: Node): string =>
    reshape(writer.name(node), [-1, outHeight, 1, outWidth, 1], writer);
  const priorities = Float32Array.from({ length: stride * stride }, (_, i) => {
    const [row, column] = [Math.floor(i / stride), i % stride];
    return row < size && column < size ? size * size - (row * size + column) : 0;
  });
  const priority = writer.initializer('float32', [1, 1, stride, 1, stride], priorities);
  const zero = writer.initializer('float32', [], Float32Array.of(0));
  const isLargest = writer.one('Equal', [windows, perWindow(pool)]);
  const claims = writer.one('Where', [isLargest, priority, zero]);
  const highest = writer.one('ReduceMax', [claims, writer.int64s([2, 4])], { keepdims: 1 });
  const spread = writer.one('Where', [writer.one('Equal', [claims, highest]), perWindow(g), zero]);
  const gradient = reshape(spread, [-1, spanHeight, spanWidth], writer);
  const fitted = resize(gradient, [spanHeight, spanWidth], [height, width], writer);
  return reshape(fitted, unknownNames(x), writer);
}

/** Cuts the last two axes of `name` [channels, …from] down to `to`, or fills them up with zeros. */
function resize(
  name: string,
  from: readonly [number, number],
  to: readonly [number, number],
  writer: GraphWriter,
): string {
  const kept = from.map((length, i) => Math.min(length, to[i] as number));
  const isCut = kept.some((length, i) => length < (from[i] as number));
  const isShort = kept.some((length, i) => length < (to[i] as number));
  const ends = [writer.int64s([0, 0]), writer.int64s(kept), writer.int64s([1, 2])];
  const cut = isCut ? writer.one('Slice', [name, ...ends]) : name;
  const missing = to.map((length, i) => length - (kept[i] as number));
  return isShort ? writer.one('Pad', [cut, writer.int64s([0, 0, 0, 0, ...missing])]) : cut;
}

const reshape = (name: string, shape: readonly number[], writer: GraphWriter): string =>
  writer.one('Reshape', [name, writer.int64s(shape)]);

const unknownNames = ({ shape }: Node): number[] => shape.map((dim) => (typeof dim === 'number' ? dim : -1));

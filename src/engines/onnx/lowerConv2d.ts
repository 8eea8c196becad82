/** Lowers convolution and its gradients. Why each is written as it is: CONTRIBUTING.md ("Engine"). */
import { knownSizes } from '../../tensor/imageOps.ts';
import type { ConvGeometry, Node } from '../../tensor/node.ts';
import { matrixProduct } from './composedOperators.ts';
import type { GraphWriter } from './graphWriter.ts';
import type { OnnxAttribute } from './onnxModel.ts';

type NodeOf<Op extends Node['op']> = Extract<Node, { op: Op }>;

export function lowerConv2d({ x, weights, bias, geometry }: NodeOf<'conv2d'>, writer: GraphWriter): string {
  const inputs = [x, weights, bias].map((node) => writer.name(node));
  return writer.one('Conv', inputs, convAttributes(weights, geometry));
}

function convAttributes(weights: Node, geometry: ConvGeometry): Record<string, OnnxAttribute> {
  const { stride, groups, padding } = geometry;
  return {
    kernel_shape: knownSizes(weights, 2),
    strides: [stride, stride],
    pads: [padding.top, padding.left, padding.bottom, padding.right],
    group: groups,
  };
}

export function lowerConv2dInputGradient(node: NodeOf<'conv2dInputGradient'>, writer: GraphWriter): string {
  const { g, weights, geometry } = node;
  const { stride, padding } = geometry;
  const [kernelHeight, kernelWidth] = knownSizes(weights, 2);
  const [height, width] = knownSizes(node, 2);
  const [outHeight, outWidth] = knownSizes(g, 2);
  // Rows and columns at the far edges that no window reached.
  const unreached = [
    height + padding.top + padding.bottom - (outHeight - 1) * stride - kernelHeight,
    width + padding.left + padding.right - (outWidth - 1) * stride - kernelWidth,
  ];
  const attributes = { ...convAttributes(weights, geometry), output_padding: unreached };
  return writer.one('ConvTranspose', [writer.name(g), writer.name(weights)], attributes);
}

/** Every kernel position's view of x, side by side, times g: one matrix product per sample, then their sum. */
export function lowerConv2dWeightGradient(node: NodeOf<'conv2dWeightGradient'>, writer: GraphWriter): string {
  const { x, g, geometry } = node;
  const { stride, groups, padding } = geometry;
  const [outChannels, inChannels, kernelHeight, kernelWidth] = knownSizes(node, 4);
  const [, height, width] = knownSizes(x, 3);
  const [, outHeight, outWidth] = knownSizes(g, 3);
  const paddedHeight = height + padding.top + padding.bottom;
  const paddedWidth = width + padding.left + padding.right;
  const isPadded = paddedHeight > height || paddedWidth > width;
  const pads = writer.int64s([0, 0, padding.top, padding.left, 0, 0, padding.bottom, padding.right]);
  const padded = isPadded ? writer.one('Pad', [writer.name(x), pads]) : writer.name(x);
  const reshape = (name: string, shape: readonly number[]): string =>
    writer.one('Reshape', [name, writer.int64s(shape)]);
  const images = reshape(padded, [-1, groups, inChannels, 1, paddedHeight, paddedWidth]);
  const [axes, steps] = [writer.int64s([4, 5]), writer.int64s([stride, stride])];
  const views: string[] = [];
  for (let i = 0; i < kernelHeight; i++) {
    for (let j = 0; j < kernelWidth; j++) {
      const end = [i + (outHeight - 1) * stride + 1, j + (outWidth - 1) * stride + 1];
      views.push(writer.one('Slice', [images, writer.int64s([i, j]), writer.int64s(end), axes, steps]));
    }
  }
  const area = outHeight * outWidth;
  const patches = reshape(writer.one('Concat', views, { axis: 3 }), [
    ...[-1, groups, inChannels * kernelHeight * kernelWidth, area],
  ]);
  const adjoint = reshape(writer.name(g), [-1, groups, outChannels / groups, area]);
  const perSample = matrixProduct(
    { name: adjoint, rank: 4, transposed: false },
    { name: patches, rank: 4, transposed: true },
    writer,
  );
  const sum = writer.one('ReduceSum', [perSample, writer.int64s([0])], { keepdims: 0 });
  return reshape(sum, [outChannels, inChannels, kernelHeight, kernelWidth]);
}

/**
 * Convolutions and their gradients. TensorFlow.js wants channels last and, on most backends, one group: the operands are
 * turned in one transposition to [groups, …, channels], cut into groups, and the results stacked and turned back.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { knownSizes } from '../../tensor/imageOps.ts';
import type { ConvGeometry, Node } from '../../tensor/node.ts';
import type { Backend } from './backend.ts';
import type { Operation } from './operation.ts';
import { type Keep, withScratch } from './scratch.ts';

/** See `Conv2dNode` for the shapes. */
export function conv2d(backend: Backend, { geometry, weights }: Extract<Node, { op: 'conv2d' }>): Operation {
  const { groups } = geometry;
  const attributes = convolutionAttributes(geometry);
  const outChannels = knownSizes(weights, 4)[0] / groups;
  return ([x, filters, bias]) =>
    withScratch((keep) => {
      const images = imageGroups(backend, keep, x as Tensor, geometry);
      const kernels = kernelGroups(backend, keep, filters as Tensor, groups);
      const results = images.map((image, i) =>
        keep(backend.call('Conv2D', { x: image, filter: kernels[i] as Tensor }, attributes)),
      );
      const perGroup = { shape: [groups, 1, 1, 1, outChannels] };
      const biases = keep(backend.call('Reshape', { x: bias as Tensor }, perGroup));
      const sums = keep(backend.call('Add', { a: stacked(backend, keep, results), b: biases }));
      return channelsSecond(backend, keep, sums);
    });
}

export function conv2dInputGradient(
  backend: Backend,
  { geometry, weights, shape }: Extract<Node, { op: 'conv2dInputGradient' }>,
): Operation {
  const { groups, padding } = geometry;
  const [, inChannels] = knownSizes(weights, 4);
  const [, height, width] = knownSizes({ shape }, 3);
  const { top, left, bottom, right } = padding;
  const isPadded = top + left + bottom + right > 0;
  return ([g, filters]) =>
    withScratch((keep) => {
      const gradients = imageGroups(backend, keep, g as Tensor, { groups });
      const kernels = kernelGroups(backend, keep, filters as Tensor, groups);
      const batchSize = (g as Tensor).shape[0] as number;
      const inputShape = [batchSize, height + top + bottom, width + left + right, inChannels];
      const attributes = { ...convolutionAttributes(geometry), inputShape };
      const results = gradients.map((dy, i) =>
        keep(backend.call('Conv2DBackpropInput', { dy, filter: kernels[i] as Tensor }, attributes)),
      );
      const whole = stacked(backend, keep, results);
      if (!isPadded) return channelsSecond(backend, keep, whole);
      const inside = {
        begin: [0, 0, top, left, 0],
        size: [groups, batchSize, height, width, inChannels],
      };
      return channelsSecond(backend, keep, keep(backend.call('Slice', { x: whole }, inside)));
    });
}

export function conv2dWeightGradient(
  backend: Backend,
  { geometry, shape }: Extract<Node, { op: 'conv2dWeightGradient' }>,
): Operation {
  const sizes = knownSizes({ shape }, 4);
  const [outChannels, inChannels, kernelHeight, kernelWidth] = sizes;
  const filterShape = [kernelHeight, kernelWidth, inChannels, outChannels / geometry.groups];
  const attributes = { ...convolutionAttributes(geometry), filterShape };
  return ([x, g]) =>
    withScratch((keep) => {
      const images = imageGroups(backend, keep, x as Tensor, geometry);
      const gradients = imageGroups(backend, keep, g as Tensor, { groups: geometry.groups });
      const results = images.map((image, i) =>
        keep(backend.call('Conv2DBackpropFilter', { x: image, dy: gradients[i] as Tensor }, attributes)),
      );
      const whole = stacked(backend, keep, results);
      const turned = keep(backend.call('Transpose', { x: whole }, { perm: [0, 4, 3, 1, 2] }));
      return backend.call('Reshape', { x: turned }, { shape: [...sizes] });
    });
}

/** Padding is done before: backends know only some kinds of it, and fewer in the gradients. */
function convolutionAttributes({ stride }: ConvGeometry) {
  const strides: [number, number] = [stride, stride];
  return { strides, pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1], dimRoundingMode: 'floor' };
}

/** [batchSize, groups · channels, height, width] → per group [batchSize, height, width, channels], zeros around it. */
function imageGroups(
  backend: Backend,
  keep: Keep,
  x: Tensor,
  { groups, padding }: Pick<ConvGeometry, 'groups'> & Partial<ConvGeometry>,
): Tensor[] {
  const [batchSize, channels, height, width] = x.shape as [number, number, number, number];
  const shape = [batchSize, groups, channels / groups, height, width];
  const split = keep(backend.call('Reshape', { x }, { shape }));
  const turned = keep(backend.call('Transpose', { x: split }, { perm: [1, 0, 3, 4, 2] }));
  return unstacked(backend, keep, padding === undefined ? turned : padded(backend, keep, turned, padding));
}

function padded(backend: Backend, keep: Keep, x: Tensor, padding: ConvGeometry['padding']): Tensor {
  const { top, left, bottom, right } = padding;
  if (top + left + bottom + right === 0) return x;
  const paddings = [
    [0, 0],
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return keep(backend.call('PadV2', { x }, { paddings, constantValue: 0 }));
}

/** [groups · outChannels, inChannels, …kernel] → per group [kernelHeight, kernelWidth, inChannels, outChannels]. */
function kernelGroups(backend: Backend, keep: Keep, weights: Tensor, groups: number): Tensor[] {
  const [outChannels, ...rest] = weights.shape as [number, number, number, number];
  const shape = [groups, outChannels / groups, ...rest];
  const split = keep(backend.call('Reshape', { x: weights }, { shape }));
  const turned = keep(backend.call('Transpose', { x: split }, { perm: [0, 3, 4, 2, 1] }));
  return unstacked(backend, keep, turned);
}

/** [groups, batchSize, height, width, channels] → [batchSize, groups · channels, height, width]. */
function channelsSecond(backend: Backend, keep: Keep, x: Tensor): Tensor {
  const [groups, batchSize, height, width, channels] = x.shape as [number, number, number, number, number];
  const turned = keep(backend.call('Transpose', { x }, { perm: [1, 0, 4, 2, 3] }));
  return backend.call('Reshape', { x: turned }, { shape: [batchSize, groups * channels, height, width] });
}

/** Along the first axis, which goes away; a single entry is a mere reshape. */
function unstacked(backend: Backend, keep: Keep, x: Tensor): Tensor[] {
  if (x.shape[0] === 1) return [keep(backend.call('Reshape', { x }, { shape: x.shape.slice(1) }))];
  return backend.callForMany('Unpack', { value: x }, { axis: 0 }).map(keep);
}

function stacked(backend: Backend, keep: Keep, parts: readonly Tensor[]): Tensor {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    return keep(backend.call('Reshape', { x: only }, { shape: [1, ...only.shape] }));
  }
  return keep(backend.call('Pack', parts, { axis: 0 }));
}

/**
 * Max-pooling over the last two axes. TensorFlow.js wants channels last and pools many of them at once, several times as
 * fast as one by one, the turning included.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { MaxPool2dNode } from '../../tensor/node.ts';
import { numElements } from '../../tensor/shape.ts';
import type { Backend } from './backend.ts';
import type { Operation } from './operation.ts';
import { type Keep, withScratch } from './scratch.ts';

export function maxPool2d(backend: Backend, node: MaxPool2dNode): Operation {
  const attributes = poolAttributes(node);
  return ([x]) =>
    withScratch((keep) => {
      const pooled = keep(
        backend.call('MaxPool', { x: channelsLast(backend, keep, x as Tensor) }, attributes),
      );
      const [, height, width] = pooled.shape as [number, number, number, number];
      return channelsBack(backend, keep, pooled, [...(x as Tensor).shape.slice(0, -2), height, width]);
    });
}

/** Reads [pool.x, pool, g]. */
export function maxPool2dGradient(backend: Backend, pool: MaxPool2dNode): Operation {
  const attributes = poolAttributes(pool);
  return ([x, pooled, g]) =>
    withScratch((keep) => {
      const [input, output, dy] = [x, pooled, g].map((tensor) =>
        channelsLast(backend, keep, tensor as Tensor),
      ) as [Tensor, Tensor, Tensor];
      const gradient = keep(backend.call('MaxPoolGrad', { input, output, dy }, attributes));
      return channelsBack(backend, keep, gradient, (x as Tensor).shape);
    });
}

function poolAttributes({ size, stride }: MaxPool2dNode) {
  return { filterSize: [size, size], strides: [stride, stride], pad: 'valid', dimRoundingMode: 'floor' };
}

/** […, channels, height, width] → [numImages, height, width, channels]. */
function channelsLast(backend: Backend, keep: Keep, x: Tensor): Tensor {
  const [channels, height, width] = x.shape.slice(-3) as [number, number, number];
  const numImages = numElements(x.shape.slice(0, -3));
  const images = keep(backend.call('Reshape', { x }, { shape: [numImages, channels, height, width] }));
  return keep(backend.call('Transpose', { x: images }, { perm: [0, 2, 3, 1] }));
}

function channelsBack(backend: Backend, keep: Keep, x: Tensor, shape: readonly number[]): Tensor {
  const turned = keep(backend.call('Transpose', { x }, { perm: [0, 3, 1, 2] }));
  return backend.call('Reshape', { x: turned }, { shape: [...shape] });
}

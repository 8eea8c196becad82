/** Max-pooling over the last two axes: every image of every channel is, to TensorFlow.js, an image of one channel. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { MaxPool2dNode } from '../../tensor/node.ts';
import { numElements } from '../../tensor/shape.ts';
import type { Backend } from './backend.ts';
import type { Operation } from './operation.ts';
import { withScratch } from './scratch.ts';

export function maxPool2d(backend: Backend, node: MaxPool2dNode): Operation {
  const attributes = poolAttributes(node);
  return ([x]) =>
    withScratch((keep) => {
      const pooled = keep(backend.call('MaxPool', { x: keep(asImages(backend, x as Tensor)) }, attributes));
      const [, height, width] = pooled.shape as [number, number, number, number];
      const shape = [...(x as Tensor).shape.slice(0, -2), height, width];
      return backend.call('Reshape', { x: pooled }, { shape });
    });
}

/** Reads [pool.x, pool, g]. */
export function maxPool2dGradient(backend: Backend, pool: MaxPool2dNode): Operation {
  const attributes = poolAttributes(pool);
  return ([x, pooled, g]) =>
    withScratch((keep) => {
      const inputs = {
        input: keep(asImages(backend, x as Tensor)),
        output: keep(asImages(backend, pooled as Tensor)),
        dy: keep(asImages(backend, g as Tensor)),
      };
      const gradient = keep(backend.call('MaxPoolGrad', inputs, attributes));
      return backend.call('Reshape', { x: gradient }, { shape: (x as Tensor).shape });
    });
}

function poolAttributes({ size, stride }: MaxPool2dNode) {
  return { filterSize: [size, size], strides: [stride, stride], pad: 'valid', dimRoundingMode: 'floor' };
}

/** [channels…, height, width] → [numImages, height, width, 1]: no element moves. */
function asImages(backend: Backend, x: Tensor): Tensor {
  const [height, width] = x.shape.slice(-2) as [number, number];
  return backend.call('Reshape', { x }, { shape: [numElements(x.shape.slice(0, -2)), height, width, 1] });
}

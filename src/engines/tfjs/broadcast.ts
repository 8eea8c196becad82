import type { Tensor } from '@tensorflow/tfjs-core';
import type { Backend } from './backend.ts';

/** `x` repeated to `shape`: TensorFlow.js tiles, and axes in front must be there already. */
export function broadcast(backend: Backend, x: Tensor, shape: readonly number[]): Tensor {
  const padded = [...Array<number>(shape.length - x.shape.length).fill(1), ...x.shape];
  const reps = shape.map((size, axis) => size / (padded[axis] as number));
  if (padded.length === x.shape.length) return backend.call('Tile', { x }, { reps });
  const reshaped = backend.call('Reshape', { x }, { shape: padded });
  const tiled = backend.call('Tile', { x: reshaped }, { reps });
  reshaped.dispose();
  return tiled;
}

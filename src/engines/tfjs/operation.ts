/** How a node is computed, once its program is compiled. */
import type { Tensor } from '@tensorflow/tfjs-core';

/** The named sizes of a run. */
export type Sizes = ReadonlyMap<string, number>;

/** Computes a node from the tensors it reads. The result is a tensor of its own, which somebody disposes of. */
export type Operation = (read: readonly Tensor[], sizes: Sizes) => Tensor;

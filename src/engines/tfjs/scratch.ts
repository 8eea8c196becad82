/** Intermediate tensors of an operation that takes several calls. */
import type { Tensor } from '@tensorflow/tfjs-core';

/** Marks a tensor as not needed after the operation, and returns it. */
export type Keep = (tensor: Tensor) => Tensor;

/** Runs `build`; what it passed through `keep` is disposed of afterwards, its result is not. */
export function withScratch(build: (keep: Keep) => Tensor): Tensor {
  const kept: Tensor[] = [];
  try {
    return build((tensor) => {
      kept.push(tensor);
      return tensor;
    });
  } finally {
    for (const tensor of kept) tensor.dispose();
  }
}

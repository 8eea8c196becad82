/** Intermediate tensors of an operation that takes several calls. */
import type { Tensor } from '@tensorflow/tfjs-core';

/** Runs `build`; what it passed through `keep` is disposed of afterwards, its result is not. */
export function withScratch(build: (keep: (tensor: Tensor) => Tensor) => Tensor): Tensor {
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

/** Gradient clipping by global norm (Pascanu, Mikolov & Bengio 2013), as `torch.nn.utils.clip_grad_norm_` does it. */
import type { Node } from '../tensor/node.ts';
import { add, div, mul, reduceSum, relu, reshape, scalar, sqrt, square, sub } from '../tensor/ops.ts';

/**
 * Scales the gradients of each replica by min(1, limit / norm), the norm being over all of its gradients.
 * Each gradient is [numReplicas, …shape].
 */
export function clipNorm(gradients: readonly Node[], limit: number): Node[] {
  const sumOfSquares = gradients
    .map((gradient) => {
      const axes = gradient.shape.map((_, axis) => axis).slice(1);
      return reshape(reduceSum(square(gradient), axes), [gradient.shape[0] ?? 1]);
    })
    .reduce((a, b) => add(a, b));
  const excess = mul(sqrt(sumOfSquares), scalar(1 / limit));
  // max(1, excess) = 1 + relu(excess - 1)
  const divisor = add(relu(sub(excess, scalar(1))), scalar(1));
  return gradients.map((gradient) =>
    div(
      gradient,
      reshape(
        divisor,
        gradient.shape.map((dim, axis) => (axis === 0 ? dim : 1)),
      ),
    ),
  );
}

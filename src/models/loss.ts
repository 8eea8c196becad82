/** Losses, as graph-building functions. */
import type { Node } from '../tensor/node.ts';
import { add, logSoftmax, mul, neg, reduceSum, reshape, scalar, square } from '../tensor/ops.ts';

/**
 * Weighted softmax cross-entropy of each replica, [numReplicas, 1, 1]: Σ_i weight_i · −log p_i(label_i).
 * With weights 1 / batch size it is the minibatch's mean; rows of weight 0 are padding and change nothing.
 *
 * @param logits [numReplicas, batchSize, numClasses]
 * @param oneHotLabels [numReplicas, batchSize, numClasses]
 * @param weights [numReplicas, batchSize]
 */
export function crossEntropy(logits: Node, oneHotLabels: Node, weights: Node): Node {
  const weightedLabels = mul(oneHotLabels, reshape(neg(weights), [...weights.shape, 1]));
  return reduceSum(mul(weightedLabels, logSoftmax(logits)), [1, 2]);
}

/** strength / 2 · Σ w², each replica its own: [numReplicas, 1, 1]. `strength` is [numReplicas, 1, 1]. */
export function l2Penalty(weights: readonly Node[], strength: Node): Node {
  const sumOfSquares = weights.map((node) => reduceSum(square(node), [1, 2])).reduce((a, b) => add(a, b));
  return mul(sumOfSquares, mul(strength, scalar(0.5)));
}

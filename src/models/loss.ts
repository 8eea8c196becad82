/** Losses, as graph-building functions. */
import type { Node } from '../tensor/node.ts';
import {
  add,
  exp,
  log,
  logSoftmax,
  mul,
  neg,
  reduceSum,
  reshape,
  scalar,
  square,
  sub,
} from '../tensor/ops.ts';
import type { LossConfig } from './modelConfig.ts';

/** A weighted loss of each replica, [numReplicas, 1, 1], of logits and one-hot labels [numReplicas, batchSize, numClasses]. */
export type Loss = (logits: Node, oneHotLabels: Node, weights: Node) => Node;

export function buildLoss(config: LossConfig, numClasses: number): Loss {
  if (config.name === 'focal')
    return (logits, labels, weights) => focalLoss(logits, labels, weights, config.gamma);
  const { labelSmoothing } = config;
  if (labelSmoothing === 0) return crossEntropy;
  return (logits, labels, weights) => {
    const smoothed = add(mul(labels, scalar(1 - labelSmoothing)), scalar(labelSmoothing / numClasses));
    return crossEntropy(logits, smoothed, weights);
  };
}

/**
 * Weighted softmax cross-entropy of each replica, [numReplicas, 1, 1]: Σ_i weight_i · −log p_i(label_i).
 * With weights 1 / batch size it is the minibatch's mean; rows of weight 0 are padding and change nothing.
 *
 * @param logits [numReplicas, batchSize, numClasses]
 * @param oneHotLabels [numReplicas, batchSize, numClasses]
 * @param weights [numReplicas, batchSize]
 */
function crossEntropy(logits: Node, oneHotLabels: Node, weights: Node): Node {
  const weightedLabels = mul(oneHotLabels, reshape(neg(weights), [...weights.shape, 1]));
  return reduceSum(mul(weightedLabels, logSoftmax(logits)), [1, 2]);
}

/**
 * Σ_i weight_i · −(1 − p_i)^gamma · log p_i, p_i being the probability of row i's label. The power is taken through a
 * logarithm whose argument is kept off 0, where a certain row's gradient would be 0 · ∞.
 */
function focalLoss(logits: Node, oneHotLabels: Node, weights: Node, gamma: number): Node {
  const logP = reduceSum(mul(oneHotLabels, logSoftmax(logits)), [2]);
  const doubt = add(sub(scalar(1), exp(logP)), scalar(1e-6));
  const focus = exp(mul(log(doubt), scalar(gamma)));
  return reduceSum(mul(mul(reshape(neg(weights), [...weights.shape, 1]), focus), logP), [1, 2]);
}

/** strength / 2 · Σ w², each replica its own: [numReplicas, 1, 1]. `strength` is [numReplicas, 1, 1]. */
export function l2Penalty(weights: readonly Node[], strength: Node): Node {
  const sumOfSquares = weights
    .map((node) => {
      const sum = reduceSum(square(node), [...node.shape.keys()].slice(1));
      return reshape(sum, [node.shape[0] ?? 1, 1, 1]);
    })
    .reduce((a, b) => add(a, b));
  return mul(sumOfSquares, mul(strength, scalar(0.5)));
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015, algorithm 1) of every channel of an image, or of every feature, with
 * PyTorch's numbers: `torch.nn.BatchNorm1d` and `BatchNorm2d`.
 */
import type { Node } from '../../tensor/node.ts';
import {
  add,
  div,
  mul,
  reduceSum,
  relu,
  reshape,
  scalar,
  sign,
  sqrt,
  square,
  sub,
} from '../../tensor/ops.ts';
import { numElements } from '../../tensor/shape.ts';
import { imageShape, leadingAxes } from '../imageShape.ts';
import type { LayerBuilder, ParameterSpec } from '../layer.ts';

/** Share of a minibatch's statistics in the new running ones. */
const MOMENTUM = 0.1;
const EPSILON = 1e-5;

/**
 * Training normalises by the minibatch's mean and variance, padding left out, and moves the running ones, the variance
 * as an unbiased estimate; prediction uses the running ones. A minibatch with one value per channel has no variance:
 * it is normalised to 0 and leaves the running ones alone (PyTorch refuses it).
 */
export const batchNorm: LayerBuilder<'batchNorm'> = (_config, context) => {
  const outputShape = context.inputShape.length === 1 ? context.inputShape : imageShape('batchNorm', context);
  const [numChannels = 1, ...area] = outputShape;
  const shape = [1, numChannels];
  const parameters: readonly ParameterSpec[] = [
    { role: 'scale', shape },
    { role: 'shift', shape },
    { role: 'runningMean', shape },
    { role: 'runningVariance', shape },
  ];
  /** [numReplicas, 1, numChannels] beside activations [numReplicas, batchSize, numChannels, …area]. */
  const beside = (node: Node): Node =>
    reshape(node, [leadingAxes(node)[0], 1, numChannels, ...area.map(() => 1)]);
  const images = (x: Node): Node => reshape(x, [...leadingAxes(x), ...outputShape]);
  const normalise = (centred: Node, variance: Node, scale: Node, shift: Node): Node =>
    add(mul(centred, div(beside(scale), sqrt(add(variance, scalar(EPSILON))))), beside(shift));

  return {
    ...{ outputShape, parameters, masks: [] },
    apply(x, given) {
      const [scale, shift, mean, variance] = given as [Node, Node, Node, Node];
      return normalise(sub(images(x), beside(mean)), beside(variance), scale, shift);
    },
    train(x, given, { rowWeights }) {
      const [scale, shift, runningMean, runningVariance] = given as [Node, Node, Node, Node];
      const [numReplicas, batchSize] = leadingAxes(x);
      const ones = outputShape.map(() => 1);
      const isRow = reshape(sign(rowWeights), [numReplicas, batchSize, ...ones]);
      // At least 1: a replica whose rows are all padding learns nothing, and stays finite.
      const count = atLeastOne(mul(reduceSum(isRow, [1]), scalar(numElements(area))));
      const share = div(isRow, count);
      // Summed within each row first, so that padding costs a product per row and channel, not per pixel.
      const meanOf = (values: Node): Node =>
        reduceSum(mul(reduceSum(values, [...values.shape.keys()].slice(3)), share), [1]);
      const mean = meanOf(images(x));
      const centred = sub(images(x), mean);
      const variance = meanOf(square(centred));
      const others = sub(count, scalar(1));
      const rate = mul(sign(others), scalar(MOMENTUM));
      const unbiased = mul(variance, div(count, atLeastOne(others)));
      const moved = (running: Node, current: Node): Node => {
        const old = beside(running);
        return reshape(add(old, mul(sub(current, old), rate)), running.shape);
      };
      return {
        output: normalise(centred, variance, scale, shift),
        statistics: [moved(runningMean, mean), moved(runningVariance, unbiased)],
      };
    },
  };
};

const atLeastOne = (x: Node): Node => add(relu(sub(x, scalar(1))), scalar(1));

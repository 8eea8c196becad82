/** Convolution with a square kernel. Replicas are groups of channels that do not see each other. */
import { conv2d as convolve, numWindows } from '../../tensor/imageOps.ts';
import { constant, reshape } from '../../tensor/ops.ts';
import {
  groupsToReplicas,
  type ImageShape,
  imageShape,
  layerShapeError,
  leadingAxes,
  replicasToGroups,
} from '../imageShape.ts';
import type { LayerBuilder } from '../layer.ts';
import type { Conv2dConfig } from '../modelConfig.ts';

export const conv2d: LayerBuilder<'conv2d'> = (config, context) => {
  const { filters, kernelSize, stride, bias, l2 } = config;
  const inputShape = imageShape('conv2d', context);
  const [channels, height, width] = inputShape;
  const vertical = padded(height, config);
  const horizontal = padded(width, config);
  const [outHeight, outWidth] = [vertical, horizontal].map(({ length }) =>
    numWindows(length, kernelSize, stride),
  );
  if (outHeight === undefined || outWidth === undefined || Math.min(outHeight, outWidth) < 1) {
    const need = `at least ${kernelSize} × ${kernelSize} pixels for its kernel`;
    throw layerShapeError(
      'conv2d',
      context,
      need,
      'Take a smaller kernel, padding "same", or less pooling before it',
    );
  }
  const outputShape: ImageShape = [filters, outHeight, outWidth];
  // As PyTorch counts them: over the whole kernel.
  const fans = { fanIn: channels * kernelSize ** 2, fanOut: filters * kernelSize ** 2, units: filters };
  return {
    outputShape,
    parameters: [
      {
        role: 'weight',
        shape: [filters, channels, kernelSize, kernelSize],
        ...fans,
        isPenalised: l2 !== false,
      },
      ...(bias === false ? [] : [{ role: 'bias', shape: [1, filters], ...fans } as const]),
    ],
    masks: [],
    apply(x, [weights, biases]) {
      if (weights === undefined) throw new Error('A convolution has weights.');
      const [numReplicas] = leadingAxes(x);
      const numBiases = numReplicas * filters;
      const result = convolve(
        replicasToGroups(x, inputShape),
        reshape(weights, [numReplicas * filters, channels, kernelSize, kernelSize]),
        biases ? reshape(biases, [numBiases]) : constant(new Float32Array(numBiases), [numBiases]),
        {
          stride,
          padding: {
            top: vertical.before,
            bottom: vertical.after,
            left: horizontal.before,
            right: horizontal.after,
          },
          groups: numReplicas,
        },
      );
      return groupsToReplicas(result, numReplicas, outputShape);
    },
  };
};

/** Zeros before and after, and the length with them. An odd one goes to the end, as in TensorFlow and PyTorch. */
function padded(length: number, { kernelSize, stride, padding }: Conv2dConfig) {
  const numOutputs = Math.ceil(length / stride);
  const total = padding === 'same' ? Math.max((numOutputs - 1) * stride + kernelSize - length, 0) : 0;
  const before = Math.floor(total / 2);
  return { before, after: total - before, length: length + total };
}

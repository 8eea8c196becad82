/** Fully connected: x · W + b over the flattened sample. */
import { add, matMul, reshape } from '../../tensor/ops.ts';
import { numElements } from '../../tensor/shape.ts';
import type { LayerBuilder } from '../layer.ts';

export const dense: LayerBuilder<'dense'> = (config, { inputShape, numClasses }) => {
  const fanIn = numElements(inputShape);
  const units = config.units === 'numClasses' ? numClasses : config.units;
  const fans = { fanIn, fanOut: units, units };
  return {
    outputShape: [units],
    parameters: [
      { role: 'weight', shape: [fanIn, units], ...fans, isPenalised: config.l2 !== false },
      { role: 'bias', shape: [1, units], ...fans },
    ],
    masks: [],
    apply(x, [weights, biases]) {
      if (weights === undefined || biases === undefined) throw new Error('A dense layer has two parameters.');
      const [numReplicas = 1, batchSize = 1] = x.shape;
      return add(matMul(reshape(x, [numReplicas, batchSize, fanIn]), weights), biases);
    },
  };
};

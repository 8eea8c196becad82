/** The sample as one row of features, as dense layers also see it by themselves. */
import { reshape } from '../../tensor/ops.ts';
import { numElements } from '../../tensor/shape.ts';
import type { LayerBuilder } from '../layer.ts';

export const flatten: LayerBuilder<'flatten'> = (_config, { inputShape }) => {
  const outputShape = [numElements(inputShape)];
  return {
    ...{ outputShape, parameters: [], masks: [] },
    apply: (x) => reshape(x, [...x.shape.slice(0, 2), ...outputShape]),
  };
};

/** Largest value of each window. */
import { maxPool2d } from '../../tensor/imageOps.ts';
import { reshape } from '../../tensor/ops.ts';
import { imageShape } from '../imageShape.ts';
import type { LayerBuilder } from '../layer.ts';
import { pooledShape } from './pooledShape.ts';

export const maxPool: LayerBuilder<'maxPool'> = ({ size, stride }, context) => {
  const inputShape = imageShape('maxPool', context);
  const outputShape = pooledShape('maxPool', { size, stride }, context);
  return {
    ...{ outputShape, parameters: [], masks: [] },
    apply: (x) => maxPool2d(reshape(x, [...x.shape.slice(0, 2), ...inputShape]), size, stride),
  };
};

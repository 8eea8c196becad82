/** Mean of each window: a convolution of every channel by itself with a constant kernel. */
import { conv2d } from '../../tensor/imageOps.ts';
import { constant } from '../../tensor/ops.ts';
import { groupsToReplicas, imageShape, leadingAxes, replicasToGroups } from '../imageShape.ts';
import type { LayerBuilder } from '../layer.ts';
import { pooledShape } from './pooledShape.ts';

export const averagePool: LayerBuilder<'averagePool'> = ({ size, stride }, context) => {
  const inputShape = imageShape('averagePool', context);
  const outputShape = pooledShape('averagePool', { size, stride }, context);
  return {
    ...{ outputShape, parameters: [], masks: [] },
    apply(x) {
      const [numReplicas] = leadingAxes(x);
      const groups = numReplicas * inputShape[0];
      const kernel = new Float32Array(groups * size * size).fill(1 / (size * size));
      const means = conv2d(
        replicasToGroups(x, inputShape),
        constant(kernel, [groups, 1, size, size]),
        constant(new Float32Array(groups), [groups]),
        { stride, padding: { top: 0, left: 0, bottom: 0, right: 0 }, groups },
      );
      return groupsToReplicas(means, numReplicas, outputShape);
    },
  };
};

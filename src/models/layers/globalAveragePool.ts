/** Mean of every channel over its whole image (Lin et al. 2014), so that a network fits images of any size. */
import { mul, reduceSum, reshape, scalar } from '../../tensor/ops.ts';
import { imageShape, leadingAxes } from '../imageShape.ts';
import type { LayerBuilder } from '../layer.ts';

export const globalAveragePool: LayerBuilder<'globalAveragePool'> = (_config, context) => {
  const [channels, height, width] = imageShape('globalAveragePool', context);
  return {
    ...{ outputShape: [channels], parameters: [], masks: [] },
    apply(x) {
      const leading = leadingAxes(x);
      const sums = reduceSum(reshape(x, [...leading, channels, height, width]), [3, 4]);
      return mul(reshape(sums, [...leading, channels]), scalar(1 / (height * width)));
    },
  };
};

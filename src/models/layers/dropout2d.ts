/** Dropout of whole channels (Tompson et al. 2015), as `torch.nn.Dropout2d`: neighbouring pixels say much the same. */
import { reshape } from '../../tensor/ops.ts';
import { imageShape } from '../imageShape.ts';
import type { LayerBuilder } from '../layer.ts';
import { dropMasked } from './dropout.ts';

export const dropout2d: LayerBuilder<'dropout2d'> = ({ rate }, context) => {
  const outputShape = imageShape('dropout2d', context);
  return {
    outputShape,
    parameters: [],
    masks: [{ shape: [outputShape[0], 1, 1], rate }],
    apply: (x, _parameters, [mask]) =>
      dropMasked(reshape(x, [...x.shape.slice(0, 2), ...outputShape]), mask, rate),
  };
};

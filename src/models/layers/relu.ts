import { relu as reluOf } from '../../tensor/ops.ts';
import type { LayerBuilder } from '../layer.ts';

export const relu: LayerBuilder<'relu'> = (_config, { inputShape }) => ({
  outputShape: inputShape,
  parameters: [],
  masks: [],
  apply: (x) => reluOf(x),
});

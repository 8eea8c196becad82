/** The registry of layers: a layer's config to its graph-building code. */
import { gelu, relu, tanh } from '../tensor/ops.ts';
import type { Layer, LayerContext } from './layer.ts';
import { activation } from './layers/activation.ts';
import { averagePool } from './layers/averagePool.ts';
import { batchNorm } from './layers/batchNorm.ts';
import { conv2d } from './layers/conv2d.ts';
import { dense } from './layers/dense.ts';
import { dropout } from './layers/dropout.ts';
import { dropout2d } from './layers/dropout2d.ts';
import { flatten } from './layers/flatten.ts';
import { globalAveragePool } from './layers/globalAveragePool.ts';
import { maxPool } from './layers/maxPool.ts';
import { residual } from './layers/residual.ts';
import type { LayerConfig } from './modelConfig.ts';

/** Throws `UserError("layer-shape")` where the layer does not fit its input. */
export function buildLayer(config: LayerConfig, context: LayerContext): Layer {
  switch (config.type) {
    case 'dense':
      return dense(config, context);
    case 'relu':
      return activation(relu, context);
    case 'tanh':
      return activation(tanh, context);
    case 'gelu':
      return activation(gelu, context);
    case 'dropout':
      return dropout(config, context);
    case 'dropout2d':
      return dropout2d(config, context);
    case 'flatten':
      return flatten(config, context);
    case 'conv2d':
      return conv2d(config, context);
    case 'maxPool':
      return maxPool(config, context);
    case 'averagePool':
      return averagePool(config, context);
    case 'globalAveragePool':
      return globalAveragePool(config, context);
    case 'batchNorm':
      return batchNorm(config, context);
    case 'residual':
      return residual(config, context, buildLayer);
  }
}

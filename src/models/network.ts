/** A network: the layers of a model config, put together for one data set's sample shape and classes. */
import { UserError } from '../foundation/userError.ts';
import type { Node } from '../tensor/node.ts';
import type { Layer, LayerContext, MaskSpec, ParameterSpec } from './layer.ts';
import { dense } from './layers/dense.ts';
import { dropout } from './layers/dropout.ts';
import { relu } from './layers/relu.ts';
import type { LayerConfig } from './modelConfig.ts';

export interface Network {
  readonly parameters: readonly ParameterSpec[];
  readonly masks: readonly MaskSpec[];
  readonly numClasses: number;
  /** x [numReplicas, batchSize, numFeatures] → logits [numReplicas, batchSize, numClasses]. `masks` empty: prediction. */
  forward(x: Node, parameters: readonly Node[], masks: readonly Node[]): Node;
}

/** Throws `UserError("layer-shape")` where the last layer does not end in one logit per class. */
export function buildNetwork(
  configs: readonly LayerConfig[],
  { sampleShape, numClasses }: { readonly sampleShape: readonly number[]; readonly numClasses: number },
): Network {
  const layers: Layer[] = [];
  let inputShape = sampleShape;
  for (const config of configs) {
    const layer = buildLayer(config, { inputShape, numClasses });
    layers.push(layer);
    inputShape = layer.outputShape;
  }
  if (inputShape.length !== 1 || inputShape[0] !== numClasses) {
    throw new UserError(
      'layer-shape',
      `A model must end in one logit per class, [${numClasses}]; this one ends in [${inputShape.join(', ')}]. ` +
        'Let its last dense layer have `numClasses` units.',
    );
  }
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    masks: layers.flatMap((layer) => layer.masks),
    numClasses,
    forward(x, parameters, masks) {
      const nextParameters = parameters.values();
      const nextMasks = masks.values();
      return layers.reduce(
        (activation, layer) =>
          layer.apply(
            activation,
            layer.parameters.flatMap(() => nextParameters.next().value ?? []),
            layer.masks.flatMap(() => nextMasks.next().value ?? []),
          ),
        x,
      );
    },
  };
}

function buildLayer(config: LayerConfig, context: LayerContext): Layer {
  switch (config.type) {
    case 'dense':
      return dense(config, context);
    case 'relu':
      return relu(config, context);
    case 'dropout':
      return dropout(config, context);
  }
}

/** A network: the layers of a model config, put together for one data set's sample shape and classes. */
import { UserError } from '../foundation/userError.ts';
import type { Node } from '../tensor/node.ts';
import { reshape } from '../tensor/ops.ts';
import { numElements, sameShape, showShape } from '../tensor/shape.ts';
import { buildLayer } from './buildLayer.ts';
import type { MaskSpec, ParameterSpec, TrainedOutput, TrainingPass } from './layer.ts';
import { applyLayers, stackLayers, trainLayers } from './layerStack.ts';
import type { LayerConfig } from './modelConfig.ts';

export interface Network {
  readonly parameters: readonly ParameterSpec[];
  readonly masks: readonly MaskSpec[];
  readonly numClasses: number;
  /**
   * x [numReplicas, batchSize, numFeatures] → logits [numReplicas, batchSize, numClasses], as in prediction; but for
   * `masks`, where there are any.
   */
  forward(x: Node, parameters: readonly Node[], masks: readonly Node[]): Node;
  /** The logits as in training, and the new values of those parameters that are statistics, in their order. */
  train(x: Node, parameters: readonly Node[], pass: TrainingPass): TrainedOutput;
  /** Features per sample that `embed` gives. */
  readonly embeddingWidth: number;
  /** Input of the last dense layer in prediction, flattened: [numReplicas, batchSize, embeddingWidth]. */
  embed(x: Node, parameters: readonly Node[]): Node;
}

/** Throws `UserError("layer-shape")` where a layer does not fit its input, or the last one not the classes. */
export function buildNetwork(
  configs: readonly LayerConfig[],
  { sampleShape, numClasses }: { readonly sampleShape: readonly number[]; readonly numClasses: number },
): Network {
  const layers = stackLayers(configs, { inputShape: sampleShape, numClasses, position: '' }, buildLayer);
  const outputShape = layers.at(-1)?.outputShape ?? sampleShape;
  if (!sameShape(outputShape, [numClasses])) {
    throw new UserError(
      'layer-shape',
      `A model must end in one logit per class, [${numClasses}]; this one ends in ${showShape(outputShape)}. ` +
        'Let its last dense layer have `numClasses` units.',
    );
  }
  const beforeLastDense = layers.slice(
    0,
    configs.findLastIndex(({ type }) => type === 'dense'),
  );
  const embeddingWidth = numElements(beforeLastDense.at(-1)?.outputShape ?? sampleShape);
  const samples = (x: Node): Node => reshape(x, [...x.shape.slice(0, 2), ...sampleShape]);
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    masks: layers.flatMap((layer) => layer.masks),
    numClasses,
    forward: (x, parameters, masks) => applyLayers(layers, samples(x), parameters, masks),
    train: (x, parameters, pass) => trainLayers(layers, samples(x), parameters, pass),
    embeddingWidth,
    embed(x, parameters) {
      const embedding = applyLayers(beforeLastDense, samples(x), parameters, []);
      const [numReplicas = 1, batchSize = 1] = embedding.shape;
      return reshape(embedding, [numReplicas, batchSize, embeddingWidth]);
    },
  };
}

/** A network: the layers of a model config, put together for one data set's sample shape and classes. */
import { UserError } from '../foundation/userError.ts';
import type { Node } from '../tensor/node.ts';
import { reshape } from '../tensor/ops.ts';
import { numElements, sameShape, showShape } from '../tensor/shape.ts';
import { buildLayer } from './buildLayer.ts';
import { embeddingAt, penultimatePosition } from './embedding.ts';
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
  /** A layer's output in prediction, flattened: [numReplicas, batchSize, embeddingWidth]. */
  embed(x: Node, parameters: readonly Node[]): Node;
}

/**
 * `embedding` is the position of the layer that `embed` gives the output of, by default the input of the last dense layer.
 * Throws `UserError("layer-shape")` where a layer does not fit its input, or the last one not the classes.
 */
export function buildNetwork(
  configs: readonly LayerConfig[],
  { sampleShape, numClasses }: { readonly sampleShape: readonly number[]; readonly numClasses: number },
  embedding = penultimatePosition(configs),
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
  const embedded = embeddingAt(layers, sampleShape, embedding);
  const embeddingWidth = numElements(embedded.shape);
  const samples = (x: Node): Node => reshape(x, [...x.shape.slice(0, 2), ...sampleShape]);
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    masks: layers.flatMap((layer) => layer.masks),
    numClasses,
    forward: (x, parameters, masks) => applyLayers(layers, samples(x), parameters, masks),
    train: (x, parameters, pass) => trainLayers(layers, samples(x), parameters, pass),
    embeddingWidth,
    embed(x, parameters) {
      const output = embedded.apply(samples(x), parameters);
      return reshape(output, [...output.shape.slice(0, 2), embeddingWidth]);
    },
  };
}

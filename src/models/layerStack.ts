/** Layers one after another. */
import type { Node } from '../tensor/node.ts';
import type { Layer, LayerContext, TrainedOutput, TrainingPass } from './layer.ts';
import type { LayerConfig } from './modelConfig.ts';

export type BuildLayer = (config: LayerConfig, context: LayerContext) => Layer;

/** Builds each layer for the output shape of the one before. */
export function stackLayers(
  configs: readonly LayerConfig[],
  { inputShape, numClasses, position }: LayerContext,
  build: BuildLayer,
): Layer[] {
  const layers: Layer[] = [];
  for (const [i, config] of configs.entries()) {
    const own = position === '' ? `${i + 1}` : `${position}.${i + 1}`;
    const shape = layers.at(-1)?.outputShape ?? inputShape;
    layers.push(build(config, { inputShape: shape, numClasses, position: own }));
  }
  return layers;
}

/** Applies `layers` in turn, each to its own of `parameters` and `masks`. */
export function applyLayers(
  layers: readonly Layer[],
  x: Node,
  parameters: readonly Node[],
  masks: readonly Node[],
): Node {
  const own = shares(parameters, masks);
  return layers.reduce((activation, layer) => layer.apply(activation, ...own(layer)), x);
}

/** As `applyLayers`, each as it acts in training; the statistics of all. */
export function trainLayers(
  layers: readonly Layer[],
  x: Node,
  parameters: readonly Node[],
  { masks, rowWeights }: TrainingPass,
): TrainedOutput {
  const own = shares(parameters, masks);
  const statistics: Node[] = [];
  const output = layers.reduce((activation, layer) => {
    const [ownParameters, ownMasks] = own(layer);
    if (layer.train === undefined) return layer.apply(activation, ownParameters, ownMasks);
    const trained = layer.train(activation, ownParameters, { masks: ownMasks, rowWeights });
    statistics.push(...trained.statistics);
    return trained.output;
  }, x);
  return { output, statistics };
}

/** Hands each layer, in turn, its own of what all of them share. */
function shares(parameters: readonly Node[], masks: readonly Node[]) {
  const nextParameters = parameters.values();
  const nextMasks = masks.values();
  return (layer: Layer): [parameters: Node[], masks: Node[]] => [
    layer.parameters.flatMap(() => nextParameters.next().value ?? []),
    layer.masks.flatMap(() => nextMasks.next().value ?? []),
  ];
}

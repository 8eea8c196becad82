/** The part of a network that strategies see the output of: all that leads to one of its layers, in prediction. */
import type { Node } from '../tensor/node.ts';
import type { Layer } from './layer.ts';
import { applyLayers } from './layerStack.ts';
import type { LayerConfig } from './modelConfig.ts';

/**
 * Where the input of the last dense layer comes from: the position of the layer before it, as in messages; "0" is the
 * sample itself.
 */
export function penultimatePosition(layers: readonly LayerConfig[]): string {
  return String(layers.findLastIndex(({ type }) => type === 'dense'));
}

export interface Embedding {
  /** Shape of one sample's. */
  readonly shape: readonly number[];
  apply(x: Node, parameters: readonly Node[]): Node;
}

/** The output of the layer at `position` of `layers`, "3.1" being the first layer within the third. */
export function embeddingAt(
  layers: readonly Layer[],
  sampleShape: readonly number[],
  position: string,
): Embedding {
  const [index, ...within] = position.split('.');
  const before = layers.slice(0, Number(index) - (within.length > 0 ? 1 : 0));
  const shape = before.at(-1)?.outputShape ?? sampleShape;
  if (within.length === 0) return { shape, apply: (x, parameters) => applyLayers(before, x, parameters, []) };
  const branch = layers[before.length]?.branch;
  if (branch === undefined) throw new Error(`Layer ${index} has no layers within.`);
  const inner = embeddingAt(branch, shape, within.join('.'));
  const numBefore = before.reduce((sum, { parameters }) => sum + parameters.length, 0);
  return {
    shape: inner.shape,
    apply: (x, parameters) =>
      inner.apply(applyLayers(before, x, parameters, []), parameters.slice(numBefore)),
  };
}

/** A layer: graph-building code over activations [numReplicas, batchSize, …sampleShape]. */
import type { Node } from '../tensor/node.ts';
import type { LayerConfig } from './modelConfig.ts';

/** A trained array. The graph carries it with a leading replica axis: [numReplicas, …shape]. */
export interface ParameterSpec {
  readonly role: 'weight' | 'bias';
  readonly shape: readonly number[];
  /** Inputs and outputs of one unit, as initialisers count them. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** A dropout mask drawn by the host: bytes [numReplicas, batchSize, …shape], 1 where the activation stays. */
export interface MaskSpec {
  readonly shape: readonly number[];
  /** Probability that an activation is dropped. */
  readonly rate: number;
}

export interface Layer {
  /** Shape of one sample after this layer. */
  readonly outputShape: readonly number[];
  readonly parameters: readonly ParameterSpec[];
  readonly masks: readonly MaskSpec[];
  /** `masks` is empty where the layer is to act as in prediction. */
  apply(x: Node, parameters: readonly Node[], masks: readonly Node[]): Node;
}

/** Context that a layer's sizes may refer to. */
export interface LayerContext {
  readonly inputShape: readonly number[];
  readonly numClasses: number;
  /** Where the layer stands, counted from 1; "3.1" is the first layer inside the third. For messages. */
  readonly position: string;
}

export type LayerBuilder<T extends LayerConfig['type']> = (
  config: Extract<LayerConfig, { readonly type: T }>,
  context: LayerContext,
) => Layer;

/** A layer: graph-building code over activations [numReplicas, batchSize, …sampleShape]. */
import type { Node } from '../tensor/node.ts';
import type { LayerConfig } from './modelConfig.ts';

/**
 * An array that a fitted model consists of. The graph carries it with a leading replica axis: [numReplicas, …shape].
 * The optimiser moves weights, biases, scales and shifts; a statistic is moved by the forward pass of training.
 */
export type ParameterSpec = DrawnParameter | FixedStart;

interface DrawnParameter {
  readonly role: 'weight' | 'bias';
  readonly shape: readonly number[];
  /** Inputs and outputs of one unit, as initialisers count them. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** Units of the layer, or filters. */
  readonly units: number;
  /** Whether the training's L2 penalty counts it. */
  readonly isPenalised?: boolean;
}

/** A normalisation's: scales and variances start at 1, shifts and means at 0. */
interface FixedStart {
  readonly role: 'scale' | 'shift' | 'runningMean' | 'runningVariance';
  readonly shape: readonly number[];
  readonly isPenalised?: false;
}

/** Whether the forward pass of training moves it, and not the optimiser. */
export const isStatistic = ({ role }: ParameterSpec): boolean =>
  role === 'runningMean' || role === 'runningVariance';

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
  /** Layers within, one after another; the first of `parameters` are theirs. */
  readonly branch?: readonly Layer[];
  /** As in prediction, but for `masks`, which is empty where nothing is to be dropped. */
  apply(x: Node, parameters: readonly Node[], masks: readonly Node[]): Node;
  /** As in training, where that differs from `apply` under masks. */
  train?(x: Node, parameters: readonly Node[], pass: TrainingPass): TrainedOutput;
}

/** What a minibatch brings besides its activations. */
export interface TrainingPass {
  readonly masks: readonly Node[];
  /** [numReplicas, batchSize]: each row's weight in the loss; rows of weight 0 are padding. */
  readonly rowWeights: Node;
}

export interface TrainedOutput {
  readonly output: Node;
  /** New values of the layer's statistics, in the order of its parameters. */
  readonly statistics: readonly Node[];
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

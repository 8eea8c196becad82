/** A model, resolved: its layers, how it starts and how it is trained. Plain data, hashed into the trial's id. */
export interface ModelConfig {
  readonly layers: readonly LayerConfig[];
  readonly initializer: InitializerName;
  readonly training: TrainingConfig;
  /** Absent: one deterministic prediction. */
  readonly samples?: SamplesConfig;
  /**
   * Position of the layer whose output strategies see as embeddings, counted from 1; "3.1" is the first layer within the
   * third. Absent: the input of the last dense layer.
   */
  readonly embedding?: string;
}

/**
 * Predictions as samples of a distribution over networks. `mc-dropout`: one network under `count` dropout masks (Gal &
 * Ghahramani 2016). `ensemble`: `count` networks that differ in weights, minibatches and masks (Lakshminarayanan et al. 2017).
 */
export interface SamplesConfig {
  readonly kind: 'mc-dropout' | 'ensemble';
  readonly count: number;
  /** `mc-dropout`: each row is dropped from by masks of its own; absent: all rows of a sample by the same. */
  readonly masks?: 'per-row';
  /** Test rows too are predicted by the samples' mean; absent: by the (first) network without masks. */
  readonly evaluate?: true;
}

/** A layer, and a name that `embedding` in a spec may refer to. */
export type LayerConfig = LayerKind & { readonly name?: string };

/** The output layer is an ordinary `dense` whose `units` is the number of classes. */
type LayerKind =
  /** `l2: false`: its weights stand outside the training's L2 penalty. */
  | { readonly type: 'dense'; readonly units: number | 'numClasses'; readonly l2?: false }
  | { readonly type: 'relu' }
  | { readonly type: 'tanh' }
  | { readonly type: 'gelu' }
  | { readonly type: 'flatten' }
  | { readonly type: 'dropout'; readonly rate: number }
  /** Dropout of whole channels. */
  | { readonly type: 'dropout2d'; readonly rate: number }
  | Conv2dConfig
  /** Windows of `size` × `size`, one every `stride`; those that would reach over the edge are left out. */
  | { readonly type: 'maxPool'; readonly size: number; readonly stride: number }
  | { readonly type: 'averagePool'; readonly size: number; readonly stride: number }
  /** Mean of every channel. */
  | { readonly type: 'globalAveragePool' }
  /** Of every channel, or of every feature where there is no image. */
  | { readonly type: 'batchNorm' }
  /** The sum of its input and of what `layers` make of it; a 1×1 convolution fits the input where shapes differ. */
  | { readonly type: 'residual'; readonly layers: readonly LayerConfig[] };

export interface Conv2dConfig {
  readonly type: 'conv2d';
  readonly filters: number;
  /** The kernel is square. */
  readonly kernelSize: number;
  readonly stride: number;
  /** `valid`: none. `same`: zeros around, so that stride 1 keeps height and width. */
  readonly padding: 'valid' | 'same';
  /** Left out: there is one per filter. Before batch normalisation it would have no effect. */
  readonly bias?: false;
  /** As a dense layer's. */
  readonly l2?: false;
}

/**
 * `glorot`, `he`: uniform weights, zero biases. `keras-0`: Keras's before 1.0, wider than Glorot's for convolutions.
 * `pytorch`: `nn.Linear`'s default. `sklearn`: `MLPClassifier`'s, Glorot bounds for weights and biases. `zeros`: for convex
 * models.
 */
export type InitializerName = 'glorot' | 'he' | 'keras-0' | 'pytorch' | 'sklearn' | 'zeros';

export interface TrainingConfig {
  readonly optimizer: OptimizerConfig;
  /** Rows per minibatch; larger than the labelled set means the whole set. */
  readonly batchSize: number;
  /** Rows are repeated, each equally often but for one, until an epoch has at least this many. */
  readonly minimumSamplesPerEpoch: number;
  readonly l2: L2Config;
  readonly stop: StopConfig;
  /** Left out: plain cross-entropy. */
  readonly loss?: LossConfig;
  /** Left out: rows are trained on as they are. */
  readonly augmentation?: AugmentationConfig;
  /** Left out: the learning rate stays as it is. */
  readonly schedule?: ScheduleConfig;
  /** Gradients are scaled down until their norm over all parameters is at most this. Left out: never. */
  readonly clipNorm?: number;
  /** `cold`: new weights every round. `warm`: go on from the previous round's. */
  readonly start: 'cold' | 'warm';
}

export type OptimizerConfig =
  | {
      readonly name: 'sgd';
      readonly learningRate: number;
      readonly momentum: number;
      readonly nesterov: boolean;
    }
  | {
      readonly name: 'adam';
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  | {
      readonly name: 'adamw';
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    };

export type LossConfig =
  /** Targets 1 − s on the label plus s / numClasses on every class (Szegedy et al. 2016, section 7). */
  | { readonly name: 'cross-entropy'; readonly labelSmoothing: number }
  /** −(1 − p)^gamma · log p of the label's probability p (Lin et al. 2017, eq. 4). */
  | { readonly name: 'focal'; readonly gamma: number };

/** Random changes of the images trained on, drawn anew whenever one comes up; what is predicted stays as it is. */
export interface AugmentationConfig {
  /** Images are moved by up to this many pixels along each axis, zeros moving in. */
  readonly cropPadding: number;
  /** Half of them are mirrored. */
  readonly horizontalFlip: boolean;
}

/** What the learning rate is multiplied with as training goes on. */
export type ScheduleConfig =
  /** From 1 to `final` along half a cosine over the whole run (Loshchilov & Hutter 2017, eq. 5, one cycle). */
  | { readonly name: 'cosine'; readonly final: number }
  /** `factor` to the power of the whole number of times that `everyEpochs` epochs have passed. */
  | { readonly name: 'step'; readonly everyEpochs: number; readonly factor: number };

/** Adds strength / 2 * |weights|² / divisor to the loss, biases and layers with `l2: false` left out. */
interface L2Config {
  readonly strength: number;
  /** `minibatch`: rows in the minibatch (MLPClassifier). `labelled`: rows trained on (LogisticRegression with C = 1 / strength). */
  readonly dividedBy: 'one' | 'minibatch' | 'labelled';
}

export type StopConfig =
  | { readonly rule: 'epochs'; readonly epochs: number }
  | { readonly rule: 'steps'; readonly steps: number }
  /** Stop when validation accuracy has not risen for `patience` epochs; keep the best epoch's weights. */
  | { readonly rule: 'validation-accuracy'; readonly patience: number; readonly maximumEpochs: number }
  /** scikit-learn's rule: stop when the training loss has not fallen by `tolerance` for `patience` epochs. */
  | {
      readonly rule: 'training-loss';
      readonly tolerance: number;
      readonly patience: number;
      readonly maximumEpochs: number;
    }
  /** Stop when the labelled set is classified with at least this accuracy. */
  | { readonly rule: 'training-accuracy'; readonly accuracy: number; readonly maximumEpochs: number }
  /**
   * Stop when an epoch's minibatches were classified with at least this accuracy as they were trained on: under dropout
   * and augmentation.
   */
  | { readonly rule: 'running-accuracy'; readonly accuracy: number; readonly maximumEpochs: number };

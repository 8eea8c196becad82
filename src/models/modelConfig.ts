/** A model, resolved: its layers, how it starts and how it is trained. Plain data, hashed into the trial's id. */
export interface ModelConfig {
  readonly layers: readonly LayerConfig[];
  readonly initializer: InitializerName;
  readonly training: TrainingConfig;
}

/** The output layer is an ordinary `dense` whose `units` is the number of classes. */
export type LayerConfig =
  | { readonly type: 'dense'; readonly units: number | 'numClasses' }
  | { readonly type: 'relu' }
  | { readonly type: 'dropout'; readonly rate: number };

/**
 * `glorot`, `he`: uniform weights, zero biases. `pytorch`: `nn.Linear`'s default. `sklearn`: `MLPClassifier`'s, Glorot
 * bounds for weights and biases. `zeros`: for convex models.
 */
export type InitializerName = 'glorot' | 'he' | 'pytorch' | 'sklearn' | 'zeros';

export interface TrainingConfig {
  readonly optimizer: OptimizerConfig;
  /** Rows per minibatch; larger than the labelled set means the whole set. */
  readonly batchSize: number;
  /** Rows are repeated, each equally often but for one, until an epoch has at least this many. */
  readonly minimumSamplesPerEpoch: number;
  readonly l2: L2Config;
  readonly stop: StopConfig;
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

/** Adds strength / 2 * |weights|² / divisor to the loss, biases left out. */
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
  | { readonly rule: 'training-accuracy'; readonly accuracy: number; readonly maximumEpochs: number };

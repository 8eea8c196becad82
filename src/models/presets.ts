/** Models that a spec can name. Each is a whole recipe: layers, initialiser and training. */
import type { LayerConfig, ModelConfig, TrainingConfig } from './modelConfig.ts';

export interface Preset {
  readonly config: ModelConfig;
  readonly description: string;
}

/**
 * What training means unless a preset or a spec says otherwise. Epochs of at least 256 samples keep a model from being
 * undertrained on its first 20 labels, which would pass for a strategy's cold start.
 */
export const defaultTraining: TrainingConfig = {
  optimizer: { name: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  batchSize: 32,
  minimumSamplesPerEpoch: 256,
  l2: { strength: 0, dividedBy: 'one' },
  stop: { rule: 'epochs', epochs: 30 },
  start: 'cold',
};

const classifier: LayerConfig = { type: 'dense', units: 'numClasses' };
const relu: LayerConfig = { type: 'relu' };
const hidden = (units: number): LayerConfig => ({ type: 'dense', units });
const dropout = (rate: number): LayerConfig => ({ type: 'dropout', rate });

/** Explicit: a preset's name is its key. */
export const presets: Readonly<Record<string, Preset>> = {
  logistic: {
    description:
      'Multinomial logistic regression with L2 strength 1 (scikit-learn’s C = 1), full-batch Adam until flat',
    config: {
      layers: [classifier],
      initializer: 'zeros',
      training: {
        ...defaultTraining,
        // The large beta1 keeps Adam's steps from growing again, and the loss from rising, once gradients vanish.
        optimizer: { name: 'adam', learningRate: 0.1, beta1: 0.97, beta2: 0.999, epsilon: 1e-8 },
        batchSize: 1_000_000,
        minimumSamplesPerEpoch: 0,
        l2: { strength: 1, dividedBy: 'labelled' },
        stop: { rule: 'epochs', epochs: 500 },
      },
    },
  },
  mlp: {
    description:
      'PyRelational’s MLP: 128-256, ReLU, PyTorch’s initialiser, Adam 1e-3, batch 32, 30 epochs of ≥ 256 samples',
    config: {
      layers: [hidden(128), relu, hidden(256), relu, classifier],
      initializer: 'pytorch',
      training: defaultTraining,
    },
  },
  'mlp-dropout': {
    description:
      'The same with dropout 0.2 after every dense layer, the logits too, before ReLU (PyRelational’s quickstart)',
    config: {
      layers: [hidden(128), dropout(0.2), relu, hidden(256), dropout(0.2), relu, classifier, dropout(0.2)],
      initializer: 'pytorch',
      training: defaultTraining,
    },
  },
  'mlp-sklearn': {
    description:
      'The defaults of scikit-learn’s MLPClassifier: 100 hidden units, Adam 1e-3, batch 200, its L2 and stop rule',
    config: {
      layers: [hidden(100), relu, classifier],
      initializer: 'sklearn',
      training: {
        ...defaultTraining,
        batchSize: 200,
        minimumSamplesPerEpoch: 0,
        l2: { strength: 1e-4, dividedBy: 'minibatch' },
        stop: { rule: 'training-loss', tolerance: 1e-4, patience: 10, maximumEpochs: 200 },
      },
    },
  },
};

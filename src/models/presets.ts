/** Models that a spec can name. Each is a whole recipe: layers, initialiser and training. */
import type { Conv2dConfig, LayerConfig, ModelConfig, TrainingConfig } from './modelConfig.ts';

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
const dropout2d = (rate: number): LayerConfig => ({ type: 'dropout2d', rate });
const tanh: LayerConfig = { type: 'tanh' };
const conv = (
  filters: number,
  kernelSize: number,
  padding: Conv2dConfig['padding'] = 'valid',
): LayerConfig => ({
  ...{ type: 'conv2d', filters, kernelSize, stride: 1, padding },
});
const maxPool: LayerConfig = { type: 'maxPool', size: 2, stride: 2 };
const averagePool: LayerConfig = { type: 'averagePool', size: 2, stride: 2 };
const flatten: LayerConfig = { type: 'flatten' };
/** For `embedding` in a spec. */
const named = (name: string, layer: LayerConfig): LayerConfig => ({ ...layer, name });
const batchNorm: LayerConfig = { type: 'batchNorm' };
/** Before batch normalisation, so without biases. */
const unbiased = (filters: number, stride = 1): LayerConfig => ({
  ...{ type: 'conv2d', filters, kernelSize: 3, stride, padding: 'same', bias: false },
});
const residualBlock = (filters: number, stride: number): LayerConfig[] => [
  { type: 'residual', layers: [unbiased(filters, stride), batchNorm, relu, unbiased(filters), batchNorm] },
  named(`stage-${Math.log2(filters) - 3}`, relu),
];

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
      layers: [hidden(128), named('hidden-1', relu), hidden(256), named('hidden-2', relu), classifier],
      initializer: 'pytorch',
      training: defaultTraining,
    },
  },
  'mlp-dropout': {
    description:
      'The same with dropout 0.2 after every dense layer, the logits too, before ReLU (PyRelational’s quickstart)',
    config: {
      layers: [
        ...[hidden(128), dropout(0.2), named('hidden-1', relu)],
        ...[hidden(256), dropout(0.2), named('hidden-2', relu)],
        ...[classifier, dropout(0.2)],
      ],
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
  lenet: {
    description:
      'LeNet-5 (LeCun et al. 1998): conv6 5×5 and conv16 5×5 with average pooling, 120-84, tanh; trained like mlp',
    config: {
      layers: [
        ...[conv(6, 5, 'same'), tanh, averagePool, conv(16, 5), tanh, named('features', averagePool)],
        ...[flatten, hidden(120), named('hidden-1', tanh), hidden(84), named('hidden-2', tanh), classifier],
      ],
      initializer: 'pytorch',
      training: defaultTraining,
    },
  },
  'cnn-gal': {
    description:
      'Gal et al. 2017: conv32 4×4 twice, pool, dropout ¼, 128, dropout ½; Adam 1e-3, batch 128, 50 epochs (lunayht’s re-run)',
    config: {
      layers: [
        ...[conv(32, 4), relu, conv(32, 4), relu, named('features', maxPool), dropout(0.25)],
        ...[flatten, hidden(128), named('hidden', relu), dropout(0.5), classifier],
      ],
      initializer: 'pytorch',
      training: {
        ...defaultTraining,
        batchSize: 128,
        minimumSamplesPerEpoch: 0,
        stop: { rule: 'epochs', epochs: 50 },
      },
    },
  },
  'cnn-batchbald': {
    description:
      'Kirsch et al. 2019 (BatchBALD): conv32-conv64 5×5, 2D dropout ½, pool, 128; Adam 1e-3, batch 64, until validation rests',
    config: {
      layers: [
        ...[conv(32, 5), dropout2d(0.5), maxPool, relu],
        ...[conv(64, 5), dropout2d(0.5), maxPool, named('features', relu)],
        ...[flatten, hidden(128), dropout(0.5), named('hidden', relu), classifier],
      ],
      initializer: 'pytorch',
      training: {
        ...defaultTraining,
        batchSize: 64,
        minimumSamplesPerEpoch: 5056,
        stop: { rule: 'validation-accuracy', patience: 3, maximumEpochs: 30 },
      },
    },
  },
  'cnn-distil': {
    description:
      'Beck et al. 2021 (DISTIL): conv32-conv64 3×3, pool, 128, dropout; SGD 0.01, cosine over 300 epochs, batch 20, crops and mirror images, to 99 %',
    config: {
      layers: [
        ...[conv(32, 3), relu, conv(64, 3), relu, named('features', maxPool), dropout2d(0.25)],
        ...[flatten, hidden(128), named('hidden', relu), dropout(0.5), classifier],
      ],
      initializer: 'pytorch',
      training: {
        ...defaultTraining,
        optimizer: { name: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false },
        batchSize: 20,
        minimumSamplesPerEpoch: 0,
        l2: { strength: 5e-4, dividedBy: 'one' },
        schedule: { name: 'cosine', final: 0 },
        // Their handler of MNIST mirrored digits too, until August 2021 (decile-team/distil, data_handler.py).
        augmentation: { cropPadding: 4, horizontalFlip: true },
        stop: { rule: 'running-accuracy', accuracy: 0.99, maximumEpochs: 300 },
      },
    },
  },
  'resnet-small': {
    description:
      'He et al. 2016, section 4.2, n = 1: three residual blocks of 16, 32 and 64 filters, batch norm; SGD 0.1, cosine, batch 32',
    config: {
      layers: [
        ...[unbiased(16), batchNorm, relu],
        ...[...residualBlock(16, 1), ...residualBlock(32, 2), ...residualBlock(64, 2)],
        ...[{ type: 'globalAveragePool' } as const, classifier],
      ],
      initializer: 'he',
      training: {
        ...defaultTraining,
        optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
        l2: { strength: 5e-4, dividedBy: 'one' },
        schedule: { name: 'cosine', final: 0 },
      },
    },
  },
};

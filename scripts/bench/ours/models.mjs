// The benchmarked networks in querybench, layer for layer as rivals/torch_models.py.
import { defaultTraining, presets } from '../../../dist/models/presets.js';

const conv = (filters) => ({ type: 'conv2d', filters, kernelSize: 3, stride: 1, padding: 'valid' });
const relu = { type: 'relu' };
const pool = { type: 'maxPool', size: 2, stride: 2 };
const classifier = [{ type: 'dense', units: 128 }, relu, { type: 'dense', units: 'numClasses' }];

const cnn = {
  layers: [conv(32), relu, conv(64), relu, pool, ...classifier],
  initializer: 'pytorch',
  training: {
    ...defaultTraining,
    optimizer: { name: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false },
  },
};

export const models = {
  cnn,
  mlp: presets.mlp.config,
  'mlp-dropout': presets['mlp-dropout'].config,
  'cnn-batchbald': presets['cnn-batchbald'].config,
};

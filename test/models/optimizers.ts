/** One of each kind of optimiser, for tests. */
import type { OptimizerConfig } from '../../src/models/modelConfig.ts';

export const optimizers: Record<string, OptimizerConfig> = {
  sgd: { name: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false },
  momentum: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
  nesterov: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true },
  adam: { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  adamw: { name: 'adamw', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 },
};

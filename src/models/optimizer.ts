/** Optimisers: one update rule as graph-building code, its state per parameter, and its per-step numbers. */
import type { Node } from '../tensor/node.ts';
import { add, div, mul, scalar, sqrt, square, sub } from '../tensor/ops.ts';
import type { OptimizerConfig } from './modelConfig.ts';

export interface Optimizer {
  /** Arrays of the parameter's shape that it carries from step to step, starting at 0. */
  readonly numSlots: number;
  /**
   * The per-step numbers that `update` reads, computed by the host in double precision. The learning rate is multiplied
   * with `factor`, 1 if left out.
   */
  schedule(step: number, factor?: number): readonly number[];
  /** How many numbers `schedule` gives. */
  readonly numCoefficients: number;
  update(
    parameter: Node,
    gradient: Node,
    slots: readonly Node[],
    coefficients: readonly Node[],
  ): readonly Node[];
}

/** `update` returns the new parameter and then the new slots. Steps count from 0. */
export function buildOptimizer(config: OptimizerConfig): Optimizer {
  return config.name === 'sgd' ? sgd(config) : adam(config);
}

/** PyTorch's SGD: v ← μv + g; p ← p − ηv, or p − η(g + μv) with Nesterov's momentum. */
function sgd({ learningRate, momentum, nesterov }: Extract<OptimizerConfig, { name: 'sgd' }>): Optimizer {
  const friction = scalar(momentum);
  return {
    numSlots: momentum === 0 ? 0 : 1,
    numCoefficients: 1,
    schedule: (_step, factor = 1) => [learningRate * factor],
    update(parameter, gradient, [velocity], [rate]) {
      if (rate === undefined) throw new Error('SGD needs a learning rate.');
      if (velocity === undefined) return [sub(parameter, mul(gradient, rate))];
      const next = add(mul(velocity, friction), gradient);
      const direction = nesterov ? add(gradient, mul(next, friction)) : next;
      return [sub(parameter, mul(direction, rate)), next];
    },
  };
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) and AdamW (Loshchilov & Hutter 2019, algorithm 2).
 * The carried moments are m / (1 − β₁) and v / (1 − β₂): M ← β₁M + g and V ← β₂V + g² save two products over every
 * parameter and step, and the constants move into the per-step numbers.
 */
function adam(config: Extract<OptimizerConfig, { name: 'adam' | 'adamw' }>): Optimizer {
  const { learningRate, beta1, beta2, epsilon } = config;
  const weightDecay = config.name === 'adamw' ? [config.weightDecay] : [];
  return {
    numSlots: 2,
    numCoefficients: 2 + weightDecay.length,
    schedule(step, factor = 1) {
      const rate = learningRate * factor;
      const correction = Math.sqrt((1 - beta2 ** (step + 1)) / (1 - beta2));
      const stepSize = (rate * (1 - beta1) * correction) / (1 - beta1 ** (step + 1));
      return [stepSize, epsilon * correction, ...weightDecay.map((decay) => 1 - rate * decay)];
    },
    update(parameter, gradient, [first, second], [stepSize, floor, keep]) {
      if (!first || !second || !stepSize || !floor)
        throw new Error('Adam needs two slots and two coefficients.');
      const m = add(mul(first, scalar(beta1)), gradient);
      const v = add(mul(second, scalar(beta2)), square(gradient));
      const change = mul(div(m, add(sqrt(v), floor)), stepSize);
      return [sub(keep === undefined ? parameter : mul(parameter, keep), change), m, v];
    },
  };
}

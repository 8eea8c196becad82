import { describe, expect, it } from 'vitest';
import { createStopRule, type EpochOutcome } from '../../src/learner/stopRule.ts';
import type { StopConfig } from '../../src/models/modelConfig.ts';

/** Feeds one value per epoch to the rule; returns the epoch (from 1) it stops after and the best epoch. */
async function play(config: StopConfig, values: readonly number[]) {
  const rule = createStopRule(config);
  let best = 0;
  for (const [i, value] of values.entries()) {
    const outcome: EpochOutcome = {
      trainingLoss: value,
      validationAccuracy: async () => value,
      trainingAccuracy: async () => value,
      runningAccuracy: () => value,
    };
    const verdict = await rule.afterEpoch?.(outcome);
    if (verdict?.isBest) best = i + 1;
    if (verdict?.stop) return { stop: i + 1, best };
  }
  return { stop: undefined, best };
}

describe('stop rules', () => {
  it('fixed lengths are never looked at', () => {
    const [epochs, steps] = [
      createStopRule({ rule: 'epochs', epochs: 5 }),
      createStopRule({ rule: 'steps', steps: 9 }),
    ];
    expect([epochs.maximumEpochs, steps.maximumSteps]).toEqual([5, 9]);
    expect([epochs.afterEpoch, steps.afterEpoch]).toEqual([undefined, undefined]);
  });

  it('validation accuracy: patience counts epochs since the best, an equal one is no rise', async () => {
    const config: StopConfig = { rule: 'validation-accuracy', patience: 2, maximumEpochs: 99 };
    expect(await play(config, [0.5, 0.6, 0.6, 0.59, 0.9])).toEqual({ stop: 4, best: 2 });
    expect(await play(config, [0.5, 0.4, 0.6, 0.5, 0.7])).toEqual({ stop: undefined, best: 5 });
  });

  // sklearn 1.5: _update_no_improvement_count and the loop in _fit_stochastic, which stops when the count exceeds
  // n_iter_no_change; best_loss_ also falls by less than tol without resetting the count.
  it('training loss: more than `patience` epochs in a row without a fall of `tolerance`', async () => {
    const config: StopConfig = { rule: 'training-loss', tolerance: 0.1, patience: 2, maximumEpochs: 99 };
    expect((await play(config, [1, 0.95, 0.9, 0.85, 0.1])).stop).toBe(4);
    expect((await play(config, [1, 0.8, 0.75, 0.74, 0.5])).stop).toBeUndefined();
  });

  it('training accuracy: at least the asked one', async () => {
    const config: StopConfig = { rule: 'training-accuracy', accuracy: 0.99, maximumEpochs: 99 };
    expect((await play(config, [0.98, 0.99, 1])).stop).toBe(2);
  });

  it('running accuracy: at least the asked one', async () => {
    const config: StopConfig = { rule: 'running-accuracy', accuracy: 0.99, maximumEpochs: 99 };
    expect((await play(config, [0.98, 0.99, 1])).stop).toBe(2);
  });
});

import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { clipNorm } from '../../src/models/clipNorm.ts';
import { learningRateFactor } from '../../src/models/learningRateFactor.ts';
import { buildLoss } from '../../src/models/loss.ts';
import type { LossConfig } from '../../src/models/modelConfig.ts';
import { buildOptimizer } from '../../src/models/optimizer.ts';
import { gradients } from '../../src/tensor/gradients.ts';
import { input } from '../../src/tensor/ops.ts';
import { runProgram } from '../tensor/runProgram.ts';

const logits = [2, 0.5, -1, 0.1, 0.2, 0.3];
const labels = [0, 2];
const weights = [0.25, 0.75];

/** The same loss, in plain double precision. */
function expectedLoss(config: LossConfig): number {
  return labels.reduce((sum, label, i) => {
    const row = logits.slice(3 * i, 3 * i + 3);
    const logSum = Math.log(row.reduce((total, z) => total + Math.exp(z), 0));
    const logP = row.map((z) => z - logSum);
    const own = logP[label] as number;
    const value =
      config.name === 'focal'
        ? -((1 - Math.exp(own)) ** config.gamma) * own
        : -(1 - config.labelSmoothing) * own - (config.labelSmoothing * logP.reduce((a, b) => a + b, 0)) / 3;
    return sum + (weights[i] as number) * value;
  }, 0);
}

describe('losses', () => {
  it.each<LossConfig>([
    { name: 'cross-entropy', labelSmoothing: 0 },
    { name: 'cross-entropy', labelSmoothing: 0.2 },
    { name: 'focal', gamma: 1 },
    { name: 'focal', gamma: 2.5 },
  ])('%o equals its formula', async (config) => {
    const float = (shape: number[], data: number[]) => ({
      dtype: 'float32' as const,
      shape,
      data: Float32Array.from(data),
    });
    const z = input('z', 'float32', [1, 2, 3]);
    const loss = buildLoss(config, 3)(z, input('y', 'float32', [1, 2, 3]), input('w', 'float32', [1, 2]));
    const oneHot = labels.flatMap((label) => [0, 1, 2].map((c) => Number(c === label)));
    const given = { z: float([1, 2, 3], logits), y: float([1, 2, 3], oneHot), w: float([1, 2], weights) };
    const results = await runProgram(referenceEngine, { loss }, given);
    expect(results.loss?.data[0]).toBeCloseTo(expectedLoss(config), 5);
  });

  it('focal: a row that is certain has a gradient of 0, not NaN', async () => {
    const z = input('z', 'float32', [1, 1, 2]);
    const loss = buildLoss({ name: 'focal', gamma: 2 }, 2)(
      z,
      input('y', 'float32', [1, 1, 2]),
      input('w', 'float32', [1, 1]),
    );
    const float = (shape: number[], data: number[]) => ({
      dtype: 'float32' as const,
      shape,
      data: Float32Array.from(data),
    });
    const [slope] = gradients(loss, [z]);
    if (slope === undefined) throw new Error('There is one parameter.');
    const given = { z: float([1, 1, 2], [200, -200]), y: float([1, 1, 2], [1, 0]), w: float([1, 1], [1]) };
    const results = await runProgram(referenceEngine, { slope }, given);
    for (const value of results.slope?.data ?? [Number.NaN]) expect(Math.abs(value)).toBeLessThan(1e-6);
  });
});

describe('clipNorm', () => {
  it('scales each replica alone, and only down', async () => {
    const [a, b] = [input('a', 'float32', [2, 1, 2]), input('b', 'float32', [2, 1])];
    const [clippedA, clippedB] = clipNorm([a, b], 1);
    if (clippedA === undefined || clippedB === undefined) throw new Error('There are two gradients.');
    const results = await runProgram(
      referenceEngine,
      { a: clippedA, b: clippedB },
      {
        // Norms over both gradients: replica 0 has √(4 + 4 + 1) = 3, replica 1 has 0.5.
        a: { dtype: 'float32', shape: [2, 1, 2], data: Float32Array.of(2, -2, 0.3, 0) },
        b: { dtype: 'float32', shape: [2, 1], data: Float32Array.of(1, 0.4) },
      },
    );
    [2 / 3, -2 / 3, 0.3, 0].forEach((value, i) => {
      expect(results.a?.data[i]).toBeCloseTo(value, 6);
    });
    [1 / 3, 0.4].forEach((value, i) => {
      expect(results.b?.data[i]).toBeCloseTo(value, 6);
    });
  });
});

describe('learningRateFactor', () => {
  const at = (step: number) => ({ step, stepsPerEpoch: 5, totalSteps: 100 });

  it('cosine falls from 1 to `final`', () => {
    const factors = [0, 25, 50, 100].map((step) =>
      learningRateFactor({ name: 'cosine', final: 0.2 }, at(step)),
    );
    [1, 0.2 + 0.4 * (1 + Math.SQRT1_2), 0.6, 0.2].forEach((value, i) => {
      expect(factors[i]).toBeCloseTo(value, 12);
    });
  });

  it('step falls every so many epochs', () => {
    const config = { name: 'step', everyEpochs: 2, factor: 0.5 } as const;
    expect([0, 9, 10, 19, 20].map((step) => learningRateFactor(config, at(step)))).toEqual([
      1, 1, 0.5, 0.5, 0.25,
    ]);
  });

  it('is 1 without a schedule, and scales exactly the rate of every optimiser', () => {
    expect(learningRateFactor(undefined, at(7))).toBe(1);
    const adam = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
    const half = { ...adam, learningRate: 0.05 };
    const pairs = [
      [
        { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
        { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: false },
      ],
      [
        { name: 'adam', ...adam },
        { name: 'adam', ...half },
      ],
      [
        { name: 'adamw', ...adam, weightDecay: 0.3 },
        { name: 'adamw', ...half, weightDecay: 0.3 },
      ],
    ] as const;
    for (const [whole, halved] of pairs) {
      const scheduled = buildOptimizer(whole).schedule(3, 0.5);
      buildOptimizer(halved)
        .schedule(3)
        .forEach((value, i) => {
          expect(scheduled[i]).toBeCloseTo(value, 12);
        });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/learner/evaluate.ts';

describe('evaluate', () => {
  const probabilities = [
    [0.7, 0.2, 0.1],
    [0.1, 0.6, 0.3],
    [0.3, 0.4, 0.3],
    [0.05, 0.05, 0.9],
  ];
  const labels = [0, 1, 2, 2];
  const prediction = {
    logProbabilities: Float32Array.from(probabilities.flat(), Math.log),
    numSamples: 4,
    numClasses: 3,
  };

  it('agrees with scikit-learn', () => {
    const { accuracy, nll, macroF1, brier } = evaluate(prediction, labels);
    expect(accuracy).toBe(0.75);
    // sklearn.metrics.log_loss([0,1,2,2], P) == 0.5442084719221214
    expect(nll).toBeCloseTo(0.5442084719221214, 6);
    // sklearn.metrics.f1_score([0,1,2,2], [0,1,1,2], average='macro') == 0.7777777777777777
    expect(macroF1).toBeCloseTo(7 / 9, 12);
    expect(brier).toBeCloseTo((0.14 + 0.26 + 0.74 + 0.015) / 4, 6);
  });

  it('ECE: |accuracy − confidence| per bin of 1/15, weighted by its share', () => {
    // Confidences .7 (bin 11), .6 (bin 9), .4 (bin 6), .9 (bin 14): one sample a bin.
    expect(evaluate(prediction, labels).ece).toBeCloseTo((0.3 + 0.4 + 0.4 + 0.1) / 4, 6);
  });

  it('leaves a class out of macro-F1 that is neither present nor predicted', () => {
    const twoSeen = {
      ...prediction,
      logProbabilities: prediction.logProbabilities.subarray(0, 6),
      numSamples: 2,
    };
    expect(evaluate(twoSeen, [0, 1]).macroF1).toBe(1);
  });
});

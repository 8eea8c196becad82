/**
 * Uncertainty measures over class log-probabilities. Each is written in the probability that is *not* on the top class,
 * summed from the small terms, because 1 − p₁ of a float32 p₁ near 1 is 0 and everything ties.
 */
import type { Prediction } from '../learner/prediction.ts';
import { expOfLog } from './exponential.ts';
import type { Measure } from './strategy.ts';

/** One sample's distribution, read off its row of log-probabilities. */
interface Summary {
  /** Log-probabilities of the most and the second most probable class. */
  logFirst: number;
  logSecond: number;
  /** 1 − p₁, as the sum of all other probabilities. */
  rest: number;
  /** −Σ p log p over all classes but the first. */
  restEntropy: number;
}

/** Scores every sample by `score`. The summary object is reused: read it, do not keep it. */
function measure(score: (summary: Summary) => number): Measure {
  return ({ logProbabilities, numSamples, numClasses }: Prediction) => {
    const scores = new Float64Array(numSamples);
    const summary: Summary = { logFirst: 0, logSecond: 0, rest: 0, restEntropy: 0 };
    for (let i = 0; i < numSamples; i++) {
      summarise(logProbabilities, i * numClasses, numClasses, summary);
      // A measure may not look at the class that is NaN, and would call the sample whatever the others make of it.
      scores[i] = Number.isNaN(summary.logFirst + summary.rest) ? Number.NaN : score(summary);
    }
    return scores;
  };
}

/**
 * One pass, without a branch that depends on the order of classes: of each class and the largest before it, the smaller one is
 * part of the rest. Sums stand in variables of their own: members of an object would be written to memory each time.
 */
function summarise(logProbabilities: Float32Array, row: number, numClasses: number, out: Summary): void {
  let logFirst = logProbabilities[row] as number;
  let logSecond = Number.NEGATIVE_INFINITY;
  let rest = 0;
  let restEntropy = 0;
  for (let i = row + 1; i < row + numClasses; i++) {
    const logP = logProbabilities[i] as number;
    const smaller = Math.min(logFirst, logP);
    logFirst = Math.max(logFirst, logP);
    logSecond = Math.max(logSecond, smaller);
    const p = expOfLog(smaller);
    rest += p;
    if (p > 0) restEntropy -= p * smaller;
  }
  out.logFirst = logFirst;
  out.logSecond = logSecond;
  out.rest = rest;
  out.restEntropy = restEntropy;
}

/** 1 − p₁ (Lewis & Gale 1994). */
export const leastConfidence = measure(({ rest }) => rest);

/**
 * 1 − (p₁ − p₂), highest where the two top classes are closest (Scheffer et al. 2001): equal to (1 − p₁) + p₂.
 */
export const margin = measure(({ rest, logSecond }) => rest + Math.exp(logSecond));

/** log(p₂ / p₁): the ratio of the two top classes. */
export const ratio = measure(({ logFirst, logSecond }) => logSecond - logFirst);

/** Shannon entropy −Σ p log p in nats; the top class's term is −p₁ log p₁ = −(1 − r) log1p(−r) with r = 1 − p₁. */
export const entropy = measure(({ rest, restEntropy }) => {
  const r = Math.min(rest, 1);
  return r === 1 ? restEntropy : restEntropy - (1 - r) * Math.log1p(-r);
});

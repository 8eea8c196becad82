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
  /** Magnitudes of the logarithms of all classes but the first, from entry 1 on. */
  readonly others: Float32Array;
}

/** Scores every sample by `score`. The summary object is reused: read it, do not keep it. */
function measure(score: (summary: Summary) => number): Measure {
  return ({ logProbabilities, numSamples, numClasses }: Prediction) => {
    const scores = new Float64Array(numSamples);
    const { buffer, byteOffset, length } = logProbabilities;
    const bits = new Int32Array(buffer, byteOffset, length);
    const others = new Float32Array(numClasses);
    const otherBits = new Int32Array(others.buffer);
    const summary: Summary = { logFirst: 0, logSecond: 0, others };
    for (let i = 0; i < numSamples; i++) {
      const second = splitFirst(bits, i * numClasses, numClasses, otherBits);
      secondBits[0] = second;
      summary.logFirst = -(others[0] as number);
      summary.logSecond = -(secondMagnitude[0] as number);
      // A measure may not look at the class that is NaN, and would call the sample whatever the others make of it.
      scores[i] = second < 0 ? Number.NaN : score(summary);
    }
    return scores;
  };
}

const MAGNITUDE = 0x7fff_ffff;
const INFINITE = 0x7f80_0000;

/**
 * Writes the magnitude of the largest logarithm to `out[0]` and those of the others after it; returns the magnitude of the
 * second largest, or -1 where a logarithm is NaN. Logarithms of probabilities are not positive, so the bits of their
 * magnitudes order them as whole numbers, and the smaller of two whole numbers is found without a branch: the processor's
 * guesses at branches that depend on the order of classes are wrong so often that they took half of a measure's time.
 */
function splitFirst(bits: Int32Array, row: number, numClasses: number, out: Int32Array): number {
  let first = (bits[row] as number) & MAGNITUDE;
  let second = INFINITE;
  let broken = (INFINITE - first) >> 31;
  for (let c = 1; c < numClasses; c++) {
    const magnitude = (bits[row + c] as number) & MAGNITUDE;
    broken |= (INFINITE - magnitude) >> 31;
    const below = (magnitude - first) & ((magnitude - first) >> 31);
    first = (first + below) | 0;
    const other = (magnitude - below) | 0;
    out[c] = other;
    second = (second + ((other - second) & ((other - second) >> 31))) | 0;
  }
  out[0] = first;
  return second | broken;
}

const secondBits = new Int32Array(1);
const secondMagnitude = new Float32Array(secondBits.buffer);

/** From here on 1 − exp(log p₁) loses too many of the digits that a float32 log p₁ has, and p₁ is close to 1. */
const NEARLY_CERTAIN = -0.01;

/** 1 − p₁; where p₁ is close to 1, as the sum of all other probabilities. */
function restOf({ logFirst, others }: Summary): number {
  return logFirst < NEARLY_CERTAIN ? 1 - expOfLog(logFirst) : sumOfOthers(others);
}

function sumOfOthers(others: Float32Array): number {
  let sum = 0;
  for (let c = 1; c < others.length; c++) sum += expOfLog(-(others[c] as number));
  return sum;
}

/** 1 − p₁ (Lewis & Gale 1994). */
export const leastConfidence = measure(restOf);

/**
 * 1 − (p₁ − p₂), highest where the two top classes are closest (Scheffer et al. 2001): equal to (1 − p₁) + p₂.
 */
export const margin = measure((summary) => restOf(summary) + expOfLog(summary.logSecond));

/** log(p₂ / p₁): the ratio of the two top classes. */
export const ratio = measure(({ logFirst, logSecond }) => logSecond - logFirst);

/** Shannon entropy −Σ p log p in nats; the top class's term is −p₁ log p₁ = −(1 − r) log1p(−r) with r = 1 − p₁. */
export const entropy = measure(({ others }) => {
  // Sums stand in variables of their own: members of an object would be written to memory each time.
  let rest = 0;
  let restEntropy = 0;
  for (let c = 1; c < others.length; c++) {
    const logP = -(others[c] as number);
    const p = expOfLog(logP);
    rest += p;
    if (p > 0) restEntropy -= p * logP;
  }
  const r = Math.min(rest, 1);
  return r === 1 ? restEntropy : restEntropy - (1 - r) * Math.log1p(-r);
});

/**
 * What labels a batch may turn out to have, each outcome with its probability and the posterior over networks that it
 * leaves. All outcomes while they are few, then outcomes that are drawn: network by network, as many from each (Kirsch,
 * van Amersfoort & Gal 2019, section 3.4).
 */
import type { RandomStream } from '../../../foundation/randomStream.ts';

export interface Outcomes {
  /** [numOutcomes, numDrawn] how probable each network is after the outcome; a row's sum is 1. */
  readonly posteriors: Float32Array;
  /** [numOutcomes] the outcomes' probabilities, or 1 / numOutcomes each where they are drawn. */
  readonly weights: Float64Array;
  readonly numDrawn: number;
}

/** The one outcome of a batch without rows: every network as probable as any other. */
export function emptyOutcomes(numDrawn: number): Outcomes {
  return {
    posteriors: new Float32Array(numDrawn).fill(1 / numDrawn),
    weights: Float64Array.of(1),
    numDrawn,
  };
}

/**
 * Every outcome with every class of another row, those of probability 0 left out.
 * @param probabilities [numClasses, numDrawn] of the row
 */
export function withEveryClass(
  { posteriors, weights, numDrawn }: Outcomes,
  probabilities: Float32Array,
): Outcomes {
  const numClasses = probabilities.length / numDrawn;
  const next = new Float32Array(posteriors.length * numClasses);
  const nextWeights = new Float64Array(weights.length * numClasses);
  let count = 0;
  for (let m = 0; m < weights.length; m++) {
    for (let c = 0; c < numClasses; c++) {
      const p = update(posteriors, m, probabilities, c, next, count, numDrawn);
      if (p === 0) continue;
      nextWeights[count++] = p * (weights[m] as number);
    }
  }
  return {
    posteriors: next.subarray(0, count * numDrawn),
    weights: nextWeights.subarray(0, count),
    numDrawn,
  };
}

/** `numOutcomes` outcomes of a batch without rows, each meant for a network: outcome m for ⌊m · K / numOutcomes⌋. */
export function drawnOutcomes(numDrawn: number, numOutcomes: number): Outcomes {
  return {
    posteriors: new Float32Array(numOutcomes * numDrawn).fill(1 / numDrawn),
    weights: new Float64Array(numOutcomes).fill(1 / numOutcomes),
    numDrawn,
  };
}

/** Drawn outcomes with a class of another row each, drawn by the network that the outcome is meant for. */
export function withDrawnClass(
  { posteriors, weights, numDrawn }: Outcomes,
  probabilities: Float32Array,
  stream: RandomStream,
): Outcomes {
  const numClasses = probabilities.length / numDrawn;
  const next = new Float32Array(posteriors.length);
  for (let m = 0; m < weights.length; m++) {
    const network = Math.floor((m * numDrawn) / weights.length);
    let left = stream.uniform();
    let c = -1;
    // The last class with a probability takes what rounding leaves.
    for (let each = 0; each < numClasses && left >= 0; each++) {
      const p = probabilities[each * numDrawn + network] as number;
      if (p === 0) continue;
      c = each;
      left -= p;
    }
    update(posteriors, m, probabilities, c, next, m, numDrawn);
  }
  return { posteriors: next, weights, numDrawn };
}

/** Bayes' rule: posterior m after class c, into `out` at `to`. Returns the probability of c given outcome m. */
function update(
  posteriors: Float32Array,
  m: number,
  probabilities: Float32Array,
  c: number,
  out: Float32Array,
  to: number,
  numDrawn: number,
): number {
  let sum = 0;
  for (let k = 0; k < numDrawn; k++) {
    sum += (posteriors[m * numDrawn + k] as number) * (probabilities[c * numDrawn + k] as number);
  }
  if (sum === 0) return 0;
  for (let k = 0; k < numDrawn; k++) {
    out[to * numDrawn + k] =
      ((posteriors[m * numDrawn + k] as number) * (probabilities[c * numDrawn + k] as number)) / sum;
  }
  return sum;
}

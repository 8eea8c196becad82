/**
 * What several annotators' votes say of the truth and of the annotators: expectation maximisation over per-annotator
 * confusion matrices (Dawid & Skene 1979, "Maximum likelihood estimation of observer error-rates using the EM algorithm").
 */

export interface Votes {
  /** [numSamples, numAnnotators] class indices. */
  readonly labels: Int32Array;
  readonly numAnnotators: number;
  readonly numClasses: number;
}

export interface DawidSkeneModel {
  /** [numClasses], logarithms of the classes' shares. */
  readonly logPriors: Float64Array;
  /** [numAnnotators, numClasses, numClasses], log P(vote | true class). */
  readonly logConfusions: Float64Array;
  /** Mean log-likelihood of a sample's votes after each iteration; it never falls. */
  readonly logLikelihoods: readonly number[];
}

export interface DawidSkeneOptions {
  readonly maximumIterations?: number;
  /** Iterations end where the mean log-likelihood rises by less. */
  readonly tolerance?: number;
}

/** Keeps an error that nobody has made yet from being impossible. */
const SMALLEST = 1e-10;

/**
 * Starts from the shares of the votes. Time O(iterations · N · A · C), memory O(N · C + A · C²).
 */
export function fitDawidSkene(
  votes: Votes,
  { maximumIterations = 100, tolerance = 1e-7 }: DawidSkeneOptions = {},
): DawidSkeneModel {
  const posteriors = voteShares(votes);
  const logLikelihoods: number[] = [];
  let model = maximise(votes, posteriors);
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const likelihood = expect(votes, model, posteriors);
    const gain = likelihood - (logLikelihoods.at(-1) ?? Number.NEGATIVE_INFINITY);
    logLikelihoods.push(likelihood);
    if (gain < tolerance) break;
    model = maximise(votes, posteriors);
  }
  return { ...model, logLikelihoods };
}

/** [numClasses] log joint probability of one sample's `votes`, [numAnnotators], and each class. */
export function logJoint(
  votes: ArrayLike<number>,
  { logPriors, logConfusions }: Pick<DawidSkeneModel, 'logPriors' | 'logConfusions'>,
): Float64Array {
  const numClasses = logPriors.length;
  const scores = logPriors.slice();
  for (let a = 0; a < votes.length; a++) {
    const vote = votes[a] as number;
    for (let c = 0; c < numClasses; c++) {
      (scores[c] as number) += logConfusions[(a * numClasses + c) * numClasses + vote] as number;
    }
  }
  return scores;
}

type Parameters = Pick<DawidSkeneModel, 'logPriors' | 'logConfusions'>;

/** [numSamples, numClasses]: each class's share of a sample's votes. */
function voteShares({ labels, numAnnotators, numClasses }: Votes): Float64Array {
  const shares = new Float64Array((labels.length / numAnnotators) * numClasses);
  labels.forEach((vote, i) => {
    (shares[Math.floor(i / numAnnotators) * numClasses + vote] as number) += 1 / numAnnotators;
  });
  return shares;
}

/** Parameters that make the posteriors likeliest. */
function maximise({ labels, numAnnotators, numClasses }: Votes, posteriors: Float64Array): Parameters {
  const priors = new Float64Array(numClasses);
  const confusions = new Float64Array(numAnnotators * numClasses * numClasses);
  const numSamples = labels.length / numAnnotators;
  for (let i = 0; i < numSamples; i++) {
    for (let c = 0; c < numClasses; c++) {
      const posterior = posteriors[i * numClasses + c] as number;
      (priors[c] as number) += posterior / numSamples;
      for (let a = 0; a < numAnnotators; a++) {
        const vote = labels[i * numAnnotators + a] as number;
        (confusions[(a * numClasses + c) * numClasses + vote] as number) += posterior;
      }
    }
  }
  for (let row = 0; row < confusions.length; row += numClasses) {
    const counts = confusions.subarray(row, row + numClasses);
    for (let v = 0; v < numClasses; v++) counts[v] = Math.max(SMALLEST, counts[v] as number);
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (let v = 0; v < numClasses; v++) counts[v] = Math.log((counts[v] as number) / total);
  }
  return { logPriors: priors.map((prior) => Math.log(Math.max(SMALLEST, prior))), logConfusions: confusions };
}

/** Overwrites the posteriors, and returns the mean log-likelihood of a sample's votes. */
function expect({ labels, numAnnotators, numClasses }: Votes, model: Parameters, posteriors: Float64Array) {
  const numSamples = labels.length / numAnnotators;
  let total = 0;
  for (let i = 0; i < numSamples; i++) {
    const scores = logJoint(labels.subarray(i * numAnnotators, (i + 1) * numAnnotators), model);
    const largest = Math.max(...scores);
    const sum = scores.reduce((sofar, score) => sofar + Math.exp(score - largest), 0);
    for (let c = 0; c < numClasses; c++) {
      posteriors[i * numClasses + c] = Math.exp((scores[c] as number) - largest) / sum;
    }
    total += largest + Math.log(sum);
  }
  return total / numSamples;
}

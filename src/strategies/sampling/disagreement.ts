/**
 * How far samples are from their mean. The mean of KL(p_k ‖ p̄) is the mutual information of label and network,
 * H[p̄] − 1/K Σ H[p_k], without the difference of two large numbers: a sum of terms none of which is below 0.
 */
import type { RowSamples } from './reduceSamples.ts';

/**
 * (1 + d) log(1 + d) − d, which is about d² / 2: a divergence's term for a probability that is 1 + d times the mean's. The
 * terms −d add up to 0 over classes, and keep every term from being negative.
 */
export function divergenceTerm(d: number): number {
  if (d > -0.01 && d < 0.01) return d * d * (1 / 2 - d * (1 / 6 - d * (1 / 12 - d * (1 / 20 - d / 30))));
  return d <= -1 ? 1 : (1 + d) * Math.log(1 + d) - d;
}

/** KL(p_k ‖ p̄), nats. */
function divergenceOfSample({ probabilities, mean, numClasses }: RowSamples, k: number): number {
  let sum = 0;
  for (let c = 0; c < numClasses; c++) {
    const m = mean[c] as number;
    if (m > 0) sum += m * divergenceTerm((probabilities[k * numClasses + c] as number) / m - 1);
  }
  return sum;
}

/** BALD (Houlsby et al. 2011, arXiv 1112.5745), which is also the mean KL to the consensus (McCallum & Nigam 1998). */
export function meanDivergence(row: RowSamples): number {
  let sum = 0;
  for (let k = 0; k < row.numDrawn; k++) sum += divergenceOfSample(row, k);
  return sum / row.numDrawn;
}

/** The KL to the consensus of the member that is furthest from it. */
export function largestDivergence(row: RowSamples): number {
  let largest = 0;
  for (let k = 0; k < row.numDrawn; k++) largest = Math.max(largest, divergenceOfSample(row, k));
  return largest;
}

/** Mean over classes of the samples' standard deviation, by K and not K − 1 (Kampffmeyer et al. 2016; Gal et al. 2017). */
export function meanDeviation({ probabilities, mean, numDrawn, numClasses }: RowSamples): number {
  let sum = 0;
  for (let c = 0; c < numClasses; c++) {
    let squares = 0;
    for (let k = 0; k < numDrawn; k++) {
      const difference = (probabilities[k * numClasses + c] as number) - (mean[c] as number);
      squares += difference * difference;
    }
    sum += Math.sqrt(squares / numDrawn);
  }
  return sum / numClasses;
}

/** 1 − the fraction of samples that vote for the class with the most votes (Freeman 1965). */
export function dissent(row: RowSamples): number {
  return 1 - Math.max(...voteShares(row));
}

/** Entropy of the votes, nats (Argamon-Engelson & Dagan 1999). */
export function voteEntropy(row: RowSamples): number {
  return voteShares(row).reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}

/** [numClasses] fractions of samples; of equally probable classes the first has the vote. */
function voteShares({ probabilities, numDrawn, numClasses }: RowSamples): number[] {
  const votes = new Array<number>(numClasses).fill(0);
  for (let k = 0; k < numDrawn; k++) {
    let best = 0;
    for (let c = 1; c < numClasses; c++) {
      if ((probabilities[k * numClasses + c] as number) > (probabilities[k * numClasses + best] as number))
        best = c;
    }
    votes[best] = (votes[best] as number) + 1;
  }
  return votes.map((count) => count / numDrawn);
}

/** Wilcoxon's signed-rank test, always exact: ties and zeros are part of the distribution it is held against. */
import { midRanks } from './ranks.ts';

export interface WilcoxonResult {
  /** Differences that are not 0. */
  readonly numNonZero: number;
  /** Sums of the ranks of positive and of negative differences. */
  readonly positiveRanks: number;
  readonly negativeRanks: number;
  /** Two-sided. 1 where all differences are 0. */
  readonly pValue: number;
}

/**
 * Wilcoxon 1945, zeros left out, against all 2ⁿ signs of the ranks as they are (mid-ranks where magnitudes tie): with
 * neither, the classical exact test. O(n³).
 *
 * @param differences one per pair
 */
export function wilcoxonSignedRank(differences: readonly number[]): WilcoxonResult {
  const nonZero = differences.filter((difference) => difference !== 0);
  const ranks = midRanks(nonZero.map(Math.abs));
  const sumOf = (sign: number): number =>
    ranks.reduce((sum, rank, i) => (Math.sign(nonZero[i] as number) === sign ? sum + rank : sum), 0);
  const [positiveRanks, negativeRanks] = [sumOf(1), sumOf(-1)];
  const lower = Math.min(positiveRanks, negativeRanks);
  return {
    ...{ numNonZero: nonZero.length, positiveRanks, negativeRanks },
    pValue: Math.min(1, 2 * probabilityAtMost(ranks, lower)),
  };
}

/** The smallest two-sided p-value that `numPairs` differences can give: 2 · 2⁻ⁿ. Above α, no result is significant. */
export function smallestWilcoxonPValue(numPairs: number): number {
  return Math.min(1, 2 ** (1 - numPairs));
}

/** P(sum of a random half of the ranks ≤ bound), every rank being in or out with probability ½. */
function probabilityAtMost(ranks: readonly number[], bound: number): number {
  // Mid-ranks are halves: twice the ranks are whole numbers.
  const doubled = ranks.map((rank) => Math.round(2 * rank));
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  let probabilities = new Float64Array(total + 1);
  probabilities[0] = 1;
  for (const rank of doubled) {
    const next = new Float64Array(total + 1);
    for (let sum = 0; sum <= total; sum++) {
      const without = probabilities[sum] as number;
      const withRank = sum >= rank ? (probabilities[sum - rank] as number) : 0;
      next[sum] = (without + withRank) / 2;
    }
    probabilities = next;
  }
  return probabilities.slice(0, Math.round(2 * bound) + 1).reduce((sum, p) => sum + p, 0);
}

/** The Bayesian signed-rank test with a region of practical equivalence (Benavoli et al. 2014; 2017, section 4.2). */
import type { RandomStream } from '../../foundation/randomStream.ts';

export interface PracticalComparison {
  /** Posterior probabilities that the median difference lies below −rope, within, above; they sum to 1. */
  readonly worse: number;
  readonly equivalent: number;
  readonly better: number;
}

export interface SignedRankOptions {
  /** Half-width of the region in which a difference is of no practical consequence. */
  readonly rope: number;
  readonly stream: RandomStream;
  readonly numDraws?: number;
}

/**
 * Dirichlet-process posterior over the differences, with a prior of weight ½ on a difference of 0. Each draw weighs all pairs
 * (i, j) by w_i · w_j and asks where (z_i + z_j) / 2 lies; the heaviest of the three wins the draw. O(numDraws · n): in
 * ascending order, the partners of z_i that lie above (or below) are the last (or the first) few, whose weights are running sums.
 */
export function bayesianSignedRank(
  differences: readonly number[],
  { rope, stream, numDraws = 20_000 }: SignedRankOptions,
): PracticalComparison {
  const values = [0, ...differences].map((value, i) => ({ value, isPrior: i === 0 }));
  values.sort((a, b) => a.value - b.value);
  const n = values.length;
  const prior = values.findIndex(({ isPrior }) => isPrior);
  const countOf = (isCounted: (sum: number) => boolean): Int32Array =>
    Int32Array.from(values, (a) => values.filter((b) => isCounted(a.value + b.value)).length);
  const numBelow = countOf((sum) => sum < -2 * rope);
  const numNotAbove = countOf((sum) => sum <= 2 * rope);
  const weights = new Float64Array(n);
  const sums = new Float64Array(n + 1); // sums[i]: of the first i weights
  const wins: [number, number, number] = [0, 0, 0];
  for (let draw = 0; draw < numDraws; draw++) {
    for (let i = 0; i < n; i++) {
      const weight = i === prior ? halfGamma(stream) : exponential(stream);
      weights[i] = weight;
      sums[i + 1] = (sums[i] as number) + weight;
    }
    const total = sums[n] as number;
    let [below, above] = [0, 0];
    for (let i = 0; i < n; i++) {
      const weight = weights[i] as number;
      below += weight * (sums[numBelow[i] as number] as number);
      above += weight * (total - (sums[numNotAbove[i] as number] as number));
    }
    const within = total * total - below - above;
    const most = Math.max(below, within, above);
    const share = 1 / (Number(below === most) + Number(within === most) + Number(above === most));
    if (below === most) wins[0] += share;
    if (within === most) wins[1] += share;
    if (above === most) wins[2] += share;
  }
  const [worse, equivalent, better] = wins.map((count) => count / numDraws) as [number, number, number];
  return { worse, equivalent, better };
}

/** Gamma(1, 1). */
function exponential(stream: RandomStream): number {
  return -Math.log1p(-stream.uniform());
}

/** Gamma(½, 1): half a squared normal. */
function halfGamma(stream: RandomStream): number {
  return stream.normal() ** 2 / 2;
}

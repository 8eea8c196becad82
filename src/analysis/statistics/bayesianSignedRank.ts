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
  const numBelow = values.map((a) => values.filter((b) => a.value + b.value < -2 * rope).length);
  const numNotAbove = values.map((a) => values.filter((b) => a.value + b.value <= 2 * rope).length);
  const weights = new Float64Array(n);
  const sums = new Float64Array(n + 1); // sums[i]: of the first i weights
  const wins = [0, 0, 0];
  for (let draw = 0; draw < numDraws; draw++) {
    for (let i = 0; i < n; i++) {
      weights[i] = gamma(values[i]?.isPrior ? 0.5 : 1, stream);
      sums[i + 1] = (sums[i] as number) + (weights[i] as number);
    }
    const total = sums[n] as number;
    let [below, above] = [0, 0];
    for (let i = 0; i < n; i++) {
      const weight = weights[i] as number;
      below += weight * (sums[numBelow[i] as number] as number);
      above += weight * (total - (sums[numNotAbove[i] as number] as number));
    }
    const mass = [below, total * total - below - above, above];
    const most = Math.max(...mass);
    const winners = mass.flatMap((value, region) => (value === most ? [region] : []));
    for (const region of winners) wins[region] = (wins[region] as number) + 1 / winners.length;
  }
  const [worse = 0, equivalent = 0, better = 0] = wins.map((count) => count / numDraws);
  return { worse, equivalent, better };
}

/** A Gamma(shape, 1) draw for the two shapes of this test: exponential, and half a squared normal. */
function gamma(shape: number, stream: RandomStream): number {
  return shape === 1 ? -Math.log1p(-stream.uniform()) : stream.normal() ** 2 / 2;
}

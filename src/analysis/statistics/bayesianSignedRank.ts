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
 * (i, j) by w_i · w_j and asks where (z_i + z_j) / 2 lies; the heaviest of the three wins the draw. O(numDraws · n²).
 */
export function bayesianSignedRank(
  differences: readonly number[],
  { rope, stream, numDraws = 20_000 }: SignedRankOptions,
): PracticalComparison {
  const values = [0, ...differences];
  const concentration = values.map((_, i) => (i === 0 ? 0.5 : 1));
  const side = values.map((a) => values.map((b) => (a + b > 2 * rope ? 2 : a + b < -2 * rope ? 0 : 1)));
  const wins = [0, 0, 0];
  for (let draw = 0; draw < numDraws; draw++) {
    const weights = concentration.map((alpha) => gamma(alpha, stream));
    const mass = [0, 0, 0];
    for (const [i, wi] of weights.entries()) {
      for (const [j, wj] of weights.entries()) {
        const region = side[i]?.[j] as number;
        mass[region] = (mass[region] as number) + wi * wj;
      }
    }
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

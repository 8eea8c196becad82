/** Are any of several strategies different? Friedman's test over blocks, with Nemenyi's pairwise comparison (Demšar 2006). */
import jStat from 'jstat';
import { midRanks } from './ranks.ts';
import { normalRangeProbability, normalRangeQuantile } from './studentizedRange.ts';

export interface FriedmanResult {
  readonly numBlocks: number;
  /** Mean rank of each treatment over the blocks, 1 for the best (largest). */
  readonly meanRanks: readonly number[];
  /** χ² with ties corrected for. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Friedman 1937. Larger values are better.
 *
 * @param blocks [numBlocks][numTreatments], e.g. one block per seed and data set
 */
export function friedmanTest(blocks: readonly (readonly number[])[]): FriedmanResult {
  const numBlocks = blocks.length;
  const k = blocks[0]?.length ?? 0;
  const ranks = blocks.map((values) => midRanks(values.map((value) => -value)));
  const meanRanks = Array.from(
    { length: k },
    (_, j) => ranks.reduce((sum, row) => sum + (row[j] as number), 0) / numBlocks,
  );
  const spread = meanRanks.reduce((sum, rank) => sum + (rank - (k + 1) / 2) ** 2, 0);
  const ties = ranks.reduce((sum, row) => sum + tieTerm(row), 0);
  const correction = 1 - ties / (numBlocks * k * (k * k - 1));
  const statistic = correction === 0 ? 0 : (12 * numBlocks * spread) / (k * (k + 1)) / correction;
  const degreesOfFreedom = k - 1;
  return {
    ...{ numBlocks, meanRanks, statistic, degreesOfFreedom },
    pValue: statistic === 0 ? 1 : 1 - jStat.lowRegGamma(degreesOfFreedom / 2, statistic / 2),
  };
}

/** Σ (t³ − t) over the groups of t equal ranks. */
function tieTerm(ranks: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
}

/** Two-sided p-values of all pairs of treatments, corrected for their number (Nemenyi 1963). [k][k], 1 on the diagonal. */
export function nemenyiTest({ meanRanks, numBlocks }: FriedmanResult): number[][] {
  const k = meanRanks.length;
  const standardError = Math.sqrt((k * (k + 1)) / (6 * numBlocks));
  const pValues = Array.from({ length: k }, () => new Array<number>(k).fill(1));
  meanRanks.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      const distance = Math.abs(a - (meanRanks[j] as number)) / standardError;
      const pValue = 1 - normalRangeProbability(distance * Math.SQRT2, k);
      (pValues[i] as number[])[j] = pValue;
      (pValues[j] as number[])[i] = pValue;
    }
  });
  return pValues;
}

/** How far apart mean ranks must be for Nemenyi's test to tell two treatments apart. */
export function criticalDifference(numTreatments: number, numBlocks: number, alpha = 0.05): number {
  const quantile = normalRangeQuantile(1 - alpha, numTreatments) / Math.SQRT2;
  return quantile * Math.sqrt((numTreatments * (numTreatments + 1)) / (6 * numBlocks));
}

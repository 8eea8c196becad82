/** The paired t-test (Student 1908). */
import { estimate } from '../estimate.ts';
import { studentProbability } from '../studentQuantile.ts';

export interface PairedTResult {
  readonly meanDifference: number;
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** Undefined for fewer than two pairs. Constant differences other than 0 have an infinite statistic and p = 0. */
export function pairedTTest(differences: readonly number[]): PairedTResult | undefined {
  if (differences.length < 2) return undefined;
  const { mean, standardDeviation = 0 } = estimate(differences);
  const degreesOfFreedom = differences.length - 1;
  const statistic = mean === 0 ? 0 : mean / (standardDeviation / Math.sqrt(differences.length));
  return {
    ...{ meanDifference: mean, statistic, degreesOfFreedom },
    pValue: Math.min(1, 2 * studentProbability(-Math.abs(statistic), degreesOfFreedom)),
  };
}

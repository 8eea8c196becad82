/** The standard normal distribution. */
import jStat from 'jstat';

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** P(Z ≤ z), with its digits also far below 0. */
export function normalProbability(z: number): number {
  return 0.5 * jStat.erfc(-z / Math.SQRT2);
}

export function normalQuantile(probability: number): number {
  return jStat.normal.inv(probability, 0, 1);
}

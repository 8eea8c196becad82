/** What a number of seeds can show at all: the power of the two-sided paired t-test. */
import jStat from 'jstat';
import { studentQuantile } from '../studentQuantile.ts';
import { normalProbability } from './normal.ts';

export interface PowerOptions {
  /** Default: 0.05. */
  readonly alpha?: number;
  /** Default: 0.8. */
  readonly power?: number;
}

/** P(the test rejects) where the mean difference is `effect` standard deviations of a difference. */
export function pairedTPower(effect: number, numPairs: number, alpha = 0.05): number {
  const degreesOfFreedom = numPairs - 1;
  const critical = studentQuantile(1 - alpha / 2, degreesOfFreedom);
  const shift = Math.abs(effect) * Math.sqrt(numPairs);
  return (
    1 -
    nonCentralProbability(critical, degreesOfFreedom, shift) +
    nonCentralProbability(-critical, degreesOfFreedom, shift)
  );
}

/**
 * The smallest mean difference that `numPairs` pairs would find significant with probability `power`, in units of
 * `standardDeviation` of the differences. Undefined for fewer than two pairs.
 */
export function detectableDifference(
  standardDeviation: number,
  numPairs: number,
  { alpha = 0.05, power = 0.8 }: PowerOptions = {},
): number | undefined {
  if (numPairs < 2) return undefined;
  const key = [numPairs, alpha, power].join();
  const effect = detectableEffects.get(key) ?? detectableEffect(numPairs, alpha, power);
  detectableEffects.set(key, effect);
  return effect * standardDeviation;
}

/** In standard deviations; tables ask for the same few numbers of seeds again and again. */
const detectableEffects = new Map<string, number>();

function detectableEffect(numPairs: number, alpha: number, power: number): number {
  let [low, high] = [0, 1];
  while (pairedTPower(high, numPairs, alpha) < power) high *= 2;
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2;
    if (pairedTPower(middle, numPairs, alpha) < power) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export interface SearchOptions {
  /** No answer is less. Default: 2. */
  readonly fewest?: number;
  /** Default: 10,000. */
  readonly most?: number;
}

/** The fewest pairs with which an `effect` is found with probability `power`, or undefined beyond `most`. */
export function pairsNeeded(
  effect: number,
  { alpha = 0.05, power = 0.8, ...search }: PowerOptions & SearchOptions = {},
): number | undefined {
  return fewestPairs((numPairs) => pairedTPower(effect, numPairs, alpha) >= power, search);
}

/** The fewest pairs that are enough, where more are never worse; undefined where `most` are not enough. */
export function fewestPairs(
  isEnough: (numPairs: number) => boolean,
  { fewest = 2, most = 10_000 }: SearchOptions = {},
): number | undefined {
  let [low, high] = [fewest - 1, fewest];
  while (!isEnough(high)) {
    if (high >= most) return undefined;
    [low, high] = [high, Math.min(2 * high, most)];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * P(T ≤ t) of Student's t with non-centrality `shift`: the normal distribution averaged over s = √(χ²/ν), whose density is
 * 2 (ν/2)^(ν/2) / Γ(ν/2) · s^(ν−1) · exp(−ν s²/2). Midpoint rule: fine where few degrees
 * of freedom leave an edge at s = 0, else a tenth of the density's own width, 1 / √(2ν), which is exact to the last digits.
 */
function nonCentralProbability(t: number, degreesOfFreedom: number, shift: number): number {
  const nu = degreesOfFreedom;
  const logScale = Math.log(2) + (nu / 2) * Math.log(nu / 2) - jStat.gammaln(nu / 2);
  const step = nu > 8 ? 0.1 / Math.sqrt(2 * nu) : nu > 4 ? 1 / 128 : 1 / 2048;
  let sum = 0;
  for (let s = step / 2; s < 8; s += step) {
    const logDensity = logScale + (nu - 1) * Math.log(s) - (nu * s * s) / 2;
    if (logDensity > -40) sum += Math.exp(logDensity) * normalProbability(t * s - shift);
  }
  return Math.min(1, sum * step);
}

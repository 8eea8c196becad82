/** Bootstrap intervals from seeded resamples: percentile, and bias-corrected and accelerated (BCa). */
import type { RandomStream } from '../../foundation/randomStream.ts';
import type { Interval } from '../estimate.ts';
import { normalProbability, normalQuantile } from './normal.ts';
import { quantile } from './quantiles.ts';

export interface BootstrapOptions {
  readonly stream: RandomStream;
  /** Default: 10,000. */
  readonly numResamples?: number;
  /** Coverage. Default: 0.95. */
  readonly level?: number;
}

const DEFAULT_RESAMPLES = 10_000;

/** Means of `numResamples` resamples of `values` with replacement. O(numResamples · n). */
function bootstrapMeans(
  values: readonly number[],
  { stream, numResamples = DEFAULT_RESAMPLES }: BootstrapOptions,
): Float64Array {
  const n = values.length;
  const data = Float64Array.from(values);
  const means = new Float64Array(numResamples);
  for (let b = 0; b < numResamples; b++) {
    let sum = 0;
    // uint32 · n / 2³² is uniform on n values to within n / 2³²: far below what resampling can tell.
    for (let i = 0; i < n; i++) sum += data[Math.floor((stream.uint32() / 0x1_0000_0000) * n)] as number;
    means[b] = sum / n;
  }
  return means;
}

/**
 * BCa interval of the mean (Efron 1987): the percentile interval moved by how often resamples lie below the mean itself (bias)
 * and by the skewness that leaving out one value at a time shows (acceleration). Of paired differences it is the
 * paired bootstrap over seeds. Undefined for fewer than two values; of equal values it is the value.
 */
export function bcaInterval(values: readonly number[], options: BootstrapOptions): Interval | undefined {
  const n = values.length;
  const { level = 0.95 } = options;
  if (n < 2) return undefined;
  const total = values.reduce((sum, value) => sum + value, 0);
  const mean = total / n;
  const means = bootstrapMeans(values, options);
  const below = countBelow(means, mean) / means.length;
  if (below === 0 || below === 1) return { lower: mean, upper: mean };
  const bias = normalQuantile(below);
  // Leaving out value i, the mean is (total − value) / (n − 1): it lies above its mean as the value lies below the mean.
  const cubes = values.reduce((sum, value) => sum + (value - mean) ** 3, 0);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const moved = (probability: number): number => {
    const z = bias + normalQuantile(probability);
    return quantile(means, normalProbability(bias + z / (1 - acceleration * z)));
  };
  return { lower: moved((1 - level) / 2), upper: moved((1 + level) / 2) };
}

/** How many are less than `value`, ties counted half: SciPy's rule. */
function countBelow(values: Float64Array, value: number): number {
  let [less, equal] = [0, 0];
  for (const each of values) {
    if (each < value) less++;
    else if (each === value) equal++;
  }
  return less + equal / 2;
}

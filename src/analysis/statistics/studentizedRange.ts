/** The range of k independent standard normal values: what Nemenyi's test needs, to more digits than the library has. */
import { once } from '../../foundation/once.ts';
import { normalDensity, normalProbability } from './normal.ts';

const STEP = 1 / 64;
/** Beyond, the density is below 2e-18, which nothing can be told of in a probability. */
const END = 9;

/** z, φ(z) and Φ(z) where the integrand is taken: the same for every range. */
const nodes = once(() =>
  Array.from({ length: 2 * (END / STEP) + 1 }, (_, i) => {
    const z = i * STEP - END;
    return { z, density: normalDensity(z), probability: normalProbability(z) };
  }),
);

/**
 * P(range of `count` standard normal values ≤ `range`): k ∫ φ(z) (Φ(z) − Φ(z − range))^(k − 1) dz, the studentized range
 * with infinitely many degrees of freedom. The trapezoidal rule over ±9 is exact to double precision on so smooth an
 * integrand.
 */
export function normalRangeProbability(range: number, count: number): number {
  if (range <= 0) return 0;
  let sum = 0;
  for (const { z, density, probability } of nodes()) {
    sum += density * (probability - normalProbability(z - range)) ** (count - 1);
  }
  return Math.min(1, count * sum * STEP);
}

/** The inverse, by bisection; the same few are asked for again and again. */
export function normalRangeQuantile(probability: number, count: number): number {
  const key = [probability, count].join();
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  let [low, high] = [0, 40];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalRangeProbability(middle, count) < probability) low = middle;
    else high = middle;
  }
  quantiles.set(key, (low + high) / 2);
  return (low + high) / 2;
}

const quantiles = new Map<string, number>();

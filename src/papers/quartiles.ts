/** Percentiles as the BatchBALD authors' code has them: a value that was measured, never a mean of two. */

/**
 * NumPy's `percentile(values, 100 * share, method="nearest")`: the value at the place (n − 1) · share, rounded half to even.
 * Infinity stands for what was not reached. RangeError without values.
 */
export function nearestPercentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('A percentile needs at least one value.');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[roundHalfToEven((sorted.length - 1) * share)] as number;
}

/** [25 %, 50 %, 75 %]. */
export function quartilesOf(values: readonly number[]): readonly [number, number, number] {
  return [nearestPercentile(values, 0.25), nearestPercentile(values, 0.5), nearestPercentile(values, 0.75)];
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

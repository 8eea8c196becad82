/**
 * Quantiles of resamples without sorting them: selection puts the few values that are asked for where sorting would, in
 * linear time.
 */
import type { Interval } from '../estimate.ts';

/** The quantile of `values`, which it reorders, linear between order statistics (NumPy's default). NaN counts as the largest. */
export function quantile(values: Float64Array, probability: number): number {
  const position = probability * (values.length - 1);
  const low = Math.floor(position);
  select(values, low);
  const a = values[low] as number;
  if (low + 1 >= values.length) return a + (a - a) * (position - low);
  select(values.subarray(low + 1), 0);
  const b = values[low + 1] as number;
  return a + (b - a) * (position - low);
}

/** The interval that leaves out equally many values on either side; `values` are reordered. */
export function percentileInterval(values: Float64Array, level: number): Interval {
  return { lower: quantile(values, (1 - level) / 2), upper: quantile(values, (1 + level) / 2) };
}

/** Puts at `rank` what sorting would put there, nothing larger before it and nothing smaller after it (Hoare's quickselect). */
function select(values: Float64Array, rank: number): void {
  let [first, last] = [0, moveNaNsToEnd(values) - 1];
  if (rank > last) return;
  while (first < last) {
    const pivot = values[(first + last) >> 1] as number;
    let [left, right] = [first, last];
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while ((values[right] as number) > pivot) right--;
      if (left > right) break;
      const swapped = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = swapped;
    }
    if (rank <= right) last = right;
    else if (rank >= left) first = left;
    else return;
  }
}

/** Returns how many values are numbers; they come first. */
function moveNaNsToEnd(values: Float64Array): number {
  let numNumbers = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    values[i] = values[numNumbers] as number;
    values[numNumbers++] = value;
  }
  return numNumbers;
}

/** The positions of the largest of many values, without sorting all of them. */
import { type RowKey, rowHash } from '../rowHash.ts';

export interface Largest {
  /** Best first; equal values by a hash of their rows. */
  readonly positions: Int32Array;
  /** No other value is above this. */
  readonly bound: number;
}

/** The `count` largest of `values` [numRows], none of them NaN. O(N) and a sort of `count`. */
export function largest(values: Float32Array, count: number, rows: Int32Array, key: RowKey): Largest {
  const size = Math.min(count, values.length);
  const bound = kthLargest(Float32Array.from(values), size);
  const tie = (position: number): number => rowHash(rows[position] as number, key);
  const [above, tied]: [number[], number[]] = [[], []];
  values.forEach((value, i) => {
    if (value > bound) above.push(i);
    else if (value === bound) tied.push(i);
  });
  const missing = size - above.length;
  const hashes = Float64Array.from(tied, tie);
  const limit = hashes.slice().sort()[missing - 1] as number;
  const byHash = tied
    .filter((_, i) => (hashes[i] as number) <= limit)
    .map((i) => ({ i, hash: tie(i) }))
    .sort((a, b) => a.hash - b.hash);
  const best = above
    .map((i) => ({ i, value: values[i] as number, hash: tie(i) }))
    .sort((a, b) => b.value - a.value || a.hash - b.hash);
  const positions = [...best, ...byHash.slice(0, missing)].map(({ i }) => i);
  return { positions: Int32Array.from(positions), bound };
}

/** Hoare's quickselect; reorders `values`. */
function kthLargest(values: Float32Array, k: number): number {
  let [low, high] = [0, values.length - 1];
  const target = values.length - k;
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number;
    let [i, j] = [low, high];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i <= j) {
        const swapped = values[i] as number;
        values[i++] = values[j] as number;
        values[j--] = swapped;
      }
    }
    if (target <= j) high = j;
    else if (target >= i) low = i;
    else break;
  }
  return values[target] as number;
}

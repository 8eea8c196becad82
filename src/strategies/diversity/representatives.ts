/** One point for each cluster: the nearest to its centre. */
import type { RandomStream } from '../../foundation/randomStream.ts';
import { drawRowKey, rowHash } from '../rowHash.ts';
import type { Clustering } from './kMeans.ts';

/**
 * Positions of `clustering.k` points: of each cluster, the largest first, the point nearest to its centre. Where clusters
 * are empty (fewer different points than clusters) the rest are other points, at random. Ties by the rows' hashes.
 *
 * @param rows [numPoints]
 */
export function representatives(
  { k, clusters, squaredDistances }: Clustering,
  rows: Int32Array,
  stream: RandomStream,
): Int32Array {
  const key = drawRowKey(stream);
  const ties = Float64Array.from(rows, (row) => rowHash(row, key));
  const sizes = new Int32Array(k);
  const nearest = new Int32Array(k).fill(-1);
  clusters.forEach((cluster, i) => {
    sizes[cluster] = (sizes[cluster] as number) + 1;
    const best = nearest[cluster] as number;
    if (best < 0 || isBefore(i, best)) nearest[cluster] = i;
  });
  const filled = Array.from(nearest.keys()).filter((cluster) => (sizes[cluster] as number) > 0);
  filled.sort(
    (a, b) =>
      (sizes[b] as number) - (sizes[a] as number) ||
      (ties[nearest[a] as number] as number) - (ties[nearest[b] as number] as number),
  );
  const picked = filled.map((cluster) => nearest[cluster] as number);
  if (picked.length < k) {
    const isPicked = new Set(picked);
    const others = Array.from(rows.keys()).filter((i) => !isPicked.has(i));
    others.sort((a, b) => (ties[a] as number) - (ties[b] as number));
    picked.push(...others.slice(0, k - picked.length));
  }
  return Int32Array.from(picked);

  function isBefore(i: number, j: number): boolean {
    const [a, b] = [squaredDistances[i] as number, squaredDistances[j] as number];
    return a < b || (a === b && (ties[i] as number) < (ties[j] as number));
  }
}

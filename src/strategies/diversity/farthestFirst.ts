/**
 * Greedy k-center: again and again the point farthest from all chosen ones (Gonzalez 1985; Sener & Savarese 2018,
 * 1708.00489). Distances to the nearest centre only shrink, so those of a few centres ago are upper bounds. Of the points
 * with the largest bounds, all distances among each other are computed in one product; while the farthest of them is beyond
 * every bound outside, it is the farthest of all, and the whole pool needs no pass for it. Picks are those of the plain
 * greedy rule; only the passes are fewer.
 */
import type { RandomStream } from '../../foundation/randomStream.ts';
import { drawRowKey, rowHash } from '../rowHash.ts';
import type { EuclideanSpace } from './euclideanSpace.ts';
import { type Largest, largest } from './largest.ts';

/** Points looked at together. More make fewer passes over the pool, and a larger product among themselves. */
const NUM_CANDIDATES = 256;

export interface FarthestFirst {
  readonly k: number;
  /** [numPoints], the data set's rows: equal distances are ordered by their hashes. */
  readonly rows: Int32Array;
  /** [numPoints], at least 0: distances are multiplied by them. Left out: 1. */
  readonly weights?: Float64Array;
  readonly stream: RandomStream;
  /** Told how many are chosen so far. */
  readonly onChosen?: ((count: number) => void) | undefined;
}

/**
 * Positions of `k` points of `space`, in the order of choice; the caller keeps k ≤ numPoints.
 *
 * @param nearest [numPoints] squared distances to the nearest centre there is already, +∞ where there is none. Then the
 *   first point is the one of greatest weight, and with equal weights any, with equal chances. Written into.
 */
export async function farthestFirst(
  space: EuclideanSpace,
  nearest: Float32Array,
  { k, rows, weights, stream, onChosen }: FarthestFirst,
): Promise<Int32Array> {
  const key = drawRowKey(stream);
  const squaredWeights = weights && Float32Array.from(weights, (weight) => weight ** 2);
  // Chosen points are below all others, also where every distance is 0.
  const isChosen = new Uint8Array(nearest.length);
  const chosen: number[] = [];
  const choose = (position: number): void => {
    chosen.push(position);
    isChosen[position] = 1;
  };
  if (k > 0 && nearest.some((value) => value === Number.POSITIVE_INFINITY)) {
    choose(largest(squaredWeights ?? nearest, 1, rows, key).positions[0] as number);
    await space.lower(nearest, Int32Array.from(chosen));
  }
  while (chosen.length < k) {
    const values = nearest.map((value, i) => (isChosen[i] ? -1 : value * (squaredWeights?.[i] ?? 1)));
    const candidates = largest(values, Math.min(NUM_CANDIDATES, nearest.length - chosen.length), rows, key);
    const picked = await chooseAmong(candidates, k - chosen.length);
    picked.forEach(choose);
    onChosen?.(chosen.length);
    if (chosen.length < k) await space.lower(nearest, Int32Array.from(picked));
  }
  return Int32Array.from(chosen);

  /** As many picks as the candidates can be sure of, at least one. */
  async function chooseAmong({ positions, bound }: Largest, count: number): Promise<number[]> {
    const size = positions.length;
    const isWholePool = size === nearest.length - chosen.length;
    const distances = count === 1 ? new Float32Array(0) : await space.distancesAmong(positions);
    const ties = Array.from(positions, (position) => rowHash(rows[position] as number, key));
    const own = Float32Array.from(positions, (position) => nearest[position] as number);
    const value = (i: number): number =>
      Math.fround((own[i] as number) * (squaredWeights?.[positions[i] as number] ?? 1));
    const isBefore = (i: number, j: number): boolean =>
      value(i) > value(j) || (value(i) === value(j) && (ties[i] as number) < (ties[j] as number));
    const open = new Set(positions.keys());
    const picked: number[] = [];
    for (let best = 0; ; ) {
      picked.push(positions[best] as number);
      open.delete(best);
      if (picked.length === count) return picked;
      let next = -1;
      for (const i of open) {
        own[i] = Math.min(own[i] as number, distances[i * size + best] as number);
        if (next < 0 || isBefore(i, next)) next = i;
      }
      // A point outside may be as far: only a pass over all of them can tell.
      if (next < 0 || (value(next) <= bound && !isWholePool)) return picked;
      best = next;
    }
  }
}

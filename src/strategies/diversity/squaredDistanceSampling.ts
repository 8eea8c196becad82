/**
 * D² sampling (k-means++, Arthur & Vassilvitskii 2007): each next point with a probability proportional to its squared
 * distance from the nearest of those chosen before.
 *
 * Distances only shrink, so those of a few choices ago are upper bounds. A point is proposed by its bound and accepted with
 * the probability (distance now) / bound, which is exact D² sampling (Cohen-Addad et al. 2020, 2012.11891): most choices
 * need the distances of one or two proposals, not of all points.
 */
import type { RandomStream } from '../../foundation/randomStream.ts';
import type { PointSpace } from './pointSpace.ts';

/** A pass over all points sharpens the bounds after so many choices, or so many proposals refused in a row. */
const CHOICES_PER_PASS = 32;
const REFUSALS_PER_PASS = 32;

export interface SquaredDistanceSampling {
  readonly k: number;
  readonly first: number;
  /** [numPoints], at least 0: probabilities are multiplied by them. Left out: 1. */
  readonly weights?: Float64Array;
  readonly stream: RandomStream;
  /** Told how many are chosen so far. */
  readonly onChosen?: ((count: number) => void) | undefined;
}

/**
 * `k` different points, `first` and those drawn after it; the caller keeps k ≤ numPoints. Where every probability is 0
 * (what is left are copies of chosen points, or has no weight), points are drawn uniformly.
 */
export async function sampleBySquaredDistance(
  space: PointSpace,
  { k, first, weights, stream, onChosen }: SquaredDistanceSampling,
): Promise<Int32Array> {
  const { numPoints, squaredNorms } = space;
  const chosen = [first];
  const isChosen = new Uint8Array(numPoints);
  isChosen[first] = 1;
  // ‖x − c‖ ≤ ‖x‖ + ‖c‖: bounds that need no pass.
  const norm = Math.sqrt(squaredNorms[first] as number);
  const bounds = squaredNorms.map((value) => (Math.sqrt(value) + norm) ** 2);
  let pending = [first];
  let refusals = 0;
  const cumulative = new Float64Array(numPoints);
  let total = accumulate();
  while (chosen.length < k) {
    if (pending.length >= CHOICES_PER_PASS || refusals >= REFUSALS_PER_PASS) await sharpen();
    if (total === 0 && pending.length > 0) await sharpen();
    if (total === 0) {
      choose(drawUniformly());
      continue;
    }
    const point = firstAbove(cumulative, uniform(stream) * total);
    const bound = bounds[point] as number;
    const distance = pending.length === 0 ? bound : Math.min(bound, space.nearestOf(point, pending));
    if (!isChosen[point] && uniform(stream) * bound < distance) {
      choose(point);
      refusals = 0;
    } else {
      refusals++;
    }
  }
  return Int32Array.from(chosen);

  function choose(point: number): void {
    chosen.push(point);
    pending.push(point);
    isChosen[point] = 1;
  }

  async function sharpen(): Promise<void> {
    onChosen?.(chosen.length);
    await space.lower(bounds, Int32Array.from(pending));
    for (const point of pending) bounds[point] = 0;
    pending = [];
    refusals = 0;
    total = accumulate();
  }

  function accumulate(): number {
    let sum = 0;
    for (let i = 0; i < numPoints; i++) {
      sum += (bounds[i] as number) * (weights?.[i] ?? 1);
      cumulative[i] = sum;
    }
    return sum;
  }

  /** Any point that is not chosen, with equal chances. */
  function drawUniformly(): number {
    let rank = stream.integer(numPoints - chosen.length);
    for (let i = 0; i < numPoints; i++) {
      if (!isChosen[i] && rank-- === 0) return i;
    }
    throw new Error('Every point is chosen.');
  }
}

/** The first position whose cumulative sum is above `value`. */
function firstAbove(cumulative: Float64Array, value: number): number {
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Uniform on [0, 1), 53 bits fine: with the 32 of `RandomStream.uniform` points of little weight are never drawn. */
function uniform(stream: RandomStream): number {
  return (stream.uint32() * 2 ** 21 + (stream.uint32() >>> 11)) / 2 ** 53;
}

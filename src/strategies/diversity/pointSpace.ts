/** Points whose distances are asked for as greedy selections ask: every point's to few centres. */

export interface PointSpace {
  readonly numPoints: number;
  /** [numPoints] */
  readonly squaredNorms: Float32Array;
  /**
   * nearest[i] = min(nearest[i], squared distance of point i to any of the points `centres`), for every i: one pass of
   * matrix products over all points.
   */
  lower(nearest: Float32Array, centres: Int32Array): Promise<void>;
  /** The squared distance of one point to the nearest of the points `centres`, by a loop: for few of them. */
  nearestOf(point: number, centres: readonly number[]): number;
  dispose(): void;
}

/**
 * ‖x‖² + ‖c‖² − 2 x·c in float32 is off by some units of rounding of ‖x‖². What is smaller than that is 0, so that copies
 * of a centre are at distance 0 and tie.
 */
const ROUNDING = 2 ** -20;

/** The squared distance from a point's squared norm and its affinity x·c − ½‖c‖². */
export function squaredDistance(squaredNorm: number, affinity: number): number {
  const value = squaredNorm - 2 * affinity;
  return value > ROUNDING * squaredNorm || Number.isNaN(value) ? value : 0;
}

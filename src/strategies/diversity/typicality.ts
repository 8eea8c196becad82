/** How densely a point's neighbours lie: 1 / mean distance to its nearest ones (Hacohen et al. 2022, 2202.02794). */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';
import { disposeTensors } from './chunks.ts';
import { centreInputs, compiledAffinities, type EuclideanSpace } from './euclideanSpace.ts';
import { squaredDistance } from './pointSpace.ts';

/** Products of this many points with all others are held at a time. */
const POINTS_PER_RUN = 256;

/**
 * [points.length], the mean distance of each of `points` to the `numNeighbours` nearest others of them; 0 where there are
 * none. O(n² d) time, O(n) memory beside a block of distances.
 */
export async function meanNeighbourDistances(
  compute: Compute,
  space: EuclideanSpace,
  points: Int32Array,
  numNeighbours: number,
): Promise<Float64Array> {
  const { width } = space;
  const means = new Float64Array(points.length);
  if (numNeighbours === 0) return means;
  const executable = await compiledAffinities(compute, width);
  const values = space.rows(points);
  const others = centreInputs(compute, values, width);
  const nearest = new Float64Array(numNeighbours);
  for (let start = 0; start < points.length; start += POINTS_PER_RUN) {
    const data = values.subarray(start * width, (start + POINTS_PER_RUN) * width);
    const shape = [data.length / width, width];
    const block = compute.engine.upload({ dtype: 'float32', shape, data });
    const results = await executable.run({ points: block, ...others });
    const { affinities: result } = results as { affinities: DeviceTensor };
    const all = (await result.read()).data as Float32Array;
    for (let i = start; i < start + data.length / width; i++) {
      const row = all.subarray((i - start) * points.length, (i - start + 1) * points.length);
      largestOf(row, i, nearest);
      const norm = space.squaredNorms[points[i] as number] as number;
      const sum = nearest.reduce((total, affinity) => total + Math.sqrt(squaredDistance(norm, affinity)), 0);
      means[i] = sum / numNeighbours;
    }
    disposeTensors([result, block]);
  }
  disposeTensors(others);
  return means;
}

/** Fills `out` with the largest of `values`, position `own` left out, in no order: kept sorted by insertion. */
function largestOf(values: Float32Array, own: number, out: Float64Array): void {
  out.fill(Number.NEGATIVE_INFINITY);
  let smallest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < values.length; j++) {
    const value = values[j] as number;
    if (value <= smallest || j === own) continue;
    let at = out.length - 1;
    while (at > 0 && (out[at - 1] as number) < value) {
      out[at] = out[at - 1] as number;
      at--;
    }
    out[at] = value;
    smallest = out[out.length - 1] as number;
  }
}

/** The radius of ProbCover's balls (Yehuda et al. 2022, 2205.11320, section 3.3): the largest whose balls are pure. */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';
import { gather, identityMatrix, input, matMul, mul, reduceMax, scalar, sub } from '../../tensor/ops.ts';
import { program } from '../../tensor/program.ts';
import { disposeTensors } from './chunks.ts';
import { affinities, type EuclideanSpace } from './euclideanSpace.ts';
import { squaredDistance } from './pointSpace.ts';

/** Sampled points in one product. */
const POINTS_PER_RUN = 128;

export interface PurityRequest {
  /** [numPoints], pseudo-labels: k-means clusters, as many as there are classes. */
  readonly clusters: Int32Array;
  readonly numClusters: number;
  /** Points whose balls are looked at. */
  readonly sample: Int32Array;
  /** The part of the balls that must be pure. */
  readonly purity: number;
}

/**
 * max { δ : P(all points within δ of x are of x's cluster) ≥ purity }. A ball is pure up to x's distance to the nearest point
 * of another cluster, so δ is a quantile of these distances, and no grid of candidates is needed. +∞ with one cluster.
 * O(S N d) time for S sampled points.
 */
export async function purityRadius(
  compute: Compute,
  space: EuclideanSpace,
  { clusters, numClusters, sample, purity }: PurityRequest,
): Promise<number> {
  const { width } = space;
  const executable = await compute.compiled(`stranger ${width} ${numClusters}`, () =>
    strangerProgram(width, numClusters),
  );
  const labels = (data: Int32Array): DeviceTensor =>
    compute.engine.upload({ dtype: 'int32', shape: [data.length], data });
  const nearest = new Float32Array(sample.length).fill(Number.NEGATIVE_INFINITY);
  for (const { start, numRows, tensor } of space.chunks) {
    const halfNorms = compute.engine.upload({
      ...{ dtype: 'float32', shape: [1, numRows] },
      data: space.squaredNorms.slice(start, start + numRows).map((norm) => norm / 2),
    });
    const otherClusters = labels(clusters.slice(start, start + numRows));
    for (let first = 0; first < sample.length; first += POINTS_PER_RUN) {
      const part = sample.subarray(first, first + POINTS_PER_RUN);
      const shape = [part.length, width];
      const points = compute.engine.upload({ dtype: 'float32', shape, data: space.rows(part) });
      const ownClusters = labels(part.map((i) => clusters[i] as number));
      const inputs = { points, ownClusters, centres: tensor, halfNorms, otherClusters };
      const results = await executable.run(inputs);
      const { affinity } = results as { affinity: DeviceTensor };
      (await affinity.read()).data.forEach((value, i) => {
        nearest[first + i] = Math.max(nearest[first + i] as number, value);
      });
      disposeTensors([affinity, points, ownClusters]);
    }
    disposeTensors([halfNorms, otherClusters]);
  }
  const radii = Float64Array.from(sample, (point, i) => {
    const affinity = nearest[i] as number;
    const isAlone = affinity < -SAME_CLUSTER / 2;
    return isAlone
      ? Number.POSITIVE_INFINITY
      : Math.sqrt(squaredDistance(space.squaredNorms[point] as number, affinity));
  }).sort();
  // At least purity · S radii are this large or larger; δ must be below them, a ball including its edge.
  const quantile = radii[Math.floor((1 - purity) * radii.length)] as number;
  return quantile * (1 - 1e-6);
}

/** Taken from the affinity to points of the same cluster, so that they are never the nearest. */
const SAME_CLUSTER = 1e30;

/** Output: affinity [numPoints, 1], the largest to any centre of another cluster. */
function strangerProgram(width: number, numClusters: number) {
  const oneHot = (name: string, size: string) =>
    gather(identityMatrix(numClusters), input(name, 'int32', [size]));
  const isSame = matMul(oneHot('ownClusters', 'numPoints'), oneHot('otherClusters', 'numCentres'), {
    transposeB: true,
  });
  return program({ affinity: reduceMax(sub(affinities(width), mul(isSame, scalar(SAME_CLUSTER)))) });
}

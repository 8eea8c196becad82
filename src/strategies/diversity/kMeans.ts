/**
 * k-means: Lloyd's iterations from a k-means++ start (Arthur & Vassilvitskii 2007), with weighted points. The nearest centres
 * of a chunk of points are one product and an argmax on the engine; the new centres are sums of points, added up here.
 */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';
import type { RandomStream } from '../../foundation/randomStream.ts';
import { disposeTensors } from './chunks.ts';
import { centreInputs, type EuclideanSpace, nearestCentreProgram } from './euclideanSpace.ts';
import { squaredDistance } from './pointSpace.ts';
import { sampleBySquaredDistance } from './squaredDistanceSampling.ts';

export interface KMeansConfig {
  /** Starts; the result with the smallest sum of squared distances is kept. */
  readonly numInit: number;
  readonly maxIterations: number;
  /** Ends where the centres moved, squared and summed, by less than this part of the mean variance of a feature. */
  readonly tolerance: number;
}

export interface KMeansRequest extends KMeansConfig {
  readonly k: number;
  /** [numPoints], at least 0, not all 0. Left out: 1. */
  readonly weights?: Float64Array;
  readonly stream: RandomStream;
}

export interface Clustering {
  readonly k: number;
  /** [k, width] */
  readonly centres: Float32Array;
  /** [numPoints], the nearest centre of each point. */
  readonly clusters: Int32Array;
  /** [numPoints], squared distance to it. */
  readonly squaredDistances: Float32Array;
  /** Weighted sum of the squared distances. */
  readonly inertia: number;
}

/** O(N k d) per iteration, O(N + kd) memory beside the points. Clusters are empty only where points are too few or equal. */
export async function kMeans(
  compute: Compute,
  space: EuclideanSpace,
  { numInit, ...request }: KMeansRequest,
): Promise<Clustering> {
  const stop = request.tolerance * meanVariance(space);
  let best: Clustering | undefined;
  for (let i = 0; i < numInit; i++) {
    const first = drawByWeight(space.numPoints, request.weights, request.stream);
    const start = await sampleBySquaredDistance(space, { ...request, first });
    const clustering = await lloyd(compute, space, space.rows(start), { ...request, stop });
    if (best === undefined || clustering.inertia < best.inertia) best = clustering;
  }
  return best as Clustering;
}

/** Lloyd's iterations from `start` [k, width] until the centres move by at most `stop`, squared and summed. */
export async function lloyd(
  compute: Compute,
  space: EuclideanSpace,
  start: Float32Array,
  {
    weights,
    maxIterations,
    stop,
  }: Pick<KMeansRequest, 'weights' | 'maxIterations'> & { readonly stop: number },
): Promise<Clustering> {
  const { width } = space;
  const k = start.length / width;
  let centres = start;
  let clusters = await nearestCentres(compute, space, centres);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const { sums, totals } = sumClusters(space, clusters, k, weights);
    if (totals.includes(0)) fillEmptyClusters(space, { centres, clusters, sums, totals, weights });
    const moved = sums.map((sum, i) => {
      const total = totals[Math.floor(i / width)] as number;
      return total > 0 ? sum / total : (centres[i] as number);
    });
    let shift = 0;
    for (let i = 0; i < moved.length; i++) shift += ((moved[i] as number) - (centres[i] as number)) ** 2;
    centres = Float32Array.from(moved);
    const before = clusters;
    clusters = await nearestCentres(compute, space, centres);
    if (shift <= stop || clusters.every((cluster, i) => cluster === before[i])) break;
  }
  const squaredDistances = distancesToOwn(space, centres, clusters);
  const inertia = squaredDistances.reduce((sum, value, i) => sum + value * (weights?.[i] ?? 1), 0);
  return { k, centres, clusters, squaredDistances, inertia };
}

async function nearestCentres(
  compute: Compute,
  { chunks, numPoints, width }: EuclideanSpace,
  centres: Float32Array,
): Promise<Int32Array> {
  const executable = await compute.compiled(`nearest ${width}`, () => nearestCentreProgram(width));
  const inputs = centreInputs(compute, centres, width);
  const clusters = new Int32Array(numPoints);
  for (const { start, tensor: points } of chunks) {
    const { nearest } = (await executable.run({ points, ...inputs })) as { nearest: DeviceTensor };
    clusters.set((await nearest.read()).data, start);
    nearest.dispose();
  }
  disposeTensors(inputs);
  return clusters;
}

interface ClusterSums {
  /** [k, width], weighted sums of each cluster's points. */
  readonly sums: Float64Array;
  /** [k], sums of their weights. */
  readonly totals: Float64Array;
}

function sumClusters(
  space: EuclideanSpace,
  clusters: Int32Array,
  k: number,
  weights: Float64Array | undefined,
): ClusterSums {
  const { width } = space;
  const sums = new Float64Array(k * width);
  const totals = new Float64Array(k);
  clusters.forEach((cluster, i) => {
    const weight = weights?.[i] ?? 1;
    addRow(sums, cluster * width, space.row(i), weight);
    totals[cluster] = (totals[cluster] as number) + weight;
  });
  return { sums, totals };
}

function addRow(sums: Float64Array, offset: number, row: Float32Array, weight: number): void {
  for (let f = 0; f < row.length; f++) {
    sums[offset + f] = (sums[offset + f] as number) + weight * (row[f] as number);
  }
}

/** Each empty cluster gets the point farthest from its centre, which leaves its own cluster (scikit-learn's rule). */
function fillEmptyClusters(
  space: EuclideanSpace,
  {
    centres,
    clusters,
    sums,
    totals,
    weights,
  }: ClusterSums & {
    readonly centres: Float32Array;
    readonly clusters: Int32Array;
    readonly weights: Float64Array | undefined;
  },
): void {
  const { width } = space;
  const distances = distancesToOwn(space, centres, clusters);
  const weightOf = (point: number): number => weights?.[point] ?? 1;
  const farthest = Array.from(distances.keys())
    .filter((i) => (distances[i] as number) > 0 && weightOf(i) > 0)
    .sort((a, b) => (distances[b] as number) - (distances[a] as number));
  for (let empty = totals.indexOf(0); empty >= 0; empty = totals.indexOf(0, empty + 1)) {
    const point = farthest.find((i) => isOneOfMany(i));
    if (point === undefined) return;
    farthest.splice(farthest.indexOf(point), 1);
    const weight = weightOf(point);
    const left = clusters[point] as number;
    addRow(sums, left * width, space.row(point), -weight);
    totals[left] = (totals[left] as number) - weight;
    addRow(sums, empty * width, space.row(point), weight);
    totals[empty] = weight;
  }

  /** Whether the point's cluster has others left: of one alone nothing but rounding would stay. */
  function isOneOfMany(point: number): boolean {
    return (totals[clusters[point] as number] as number) > (1 + 1e-9) * weightOf(point);
  }
}

function distancesToOwn(space: EuclideanSpace, centres: Float32Array, clusters: Int32Array): Float32Array {
  const { width, squaredNorms } = space;
  const distances = new Float32Array(clusters.length);
  clusters.forEach((cluster, i) => {
    const row = space.row(i);
    let [product, norm] = [0, 0];
    for (let f = 0; f < width; f++) {
      const centre = centres[cluster * width + f] as number;
      product += (row[f] as number) * centre;
      norm += centre * centre;
    }
    distances[i] = squaredDistance(squaredNorms[i] as number, product - norm / 2);
  });
  return distances;
}

/** The mean over features of their variance. */
function meanVariance(space: EuclideanSpace): number {
  const { numPoints, width, squaredNorms } = space;
  const { sums } = sumClusters(space, new Int32Array(numPoints), 1, undefined);
  const meanSquare = squaredNorms.reduce((sum, value) => sum + value, 0) / numPoints;
  const squaredMean = sums.reduce((sum, value) => sum + (value / numPoints) ** 2, 0);
  return Math.max(0, meanSquare - squaredMean) / width;
}

function drawByWeight(numPoints: number, weights: Float64Array | undefined, stream: RandomStream): number {
  if (weights === undefined) return stream.integer(numPoints);
  let rest = stream.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return drawn >= 0 ? drawn : weights.findLastIndex((weight) => weight > 0);
}

/**
 * Cluster-Margin (Citovsky et al. 2021, 2107.14263): of the least certain samples, one cluster after the other, the smallest
 * first. Clusters are those of the whole pool by average linkage; of a large pool, of a part of it, and the other candidates
 * belong to the cluster with the nearest mean.
 */
import type { Compute } from '../../engines/compute.ts';
import type { DeviceTensor } from '../../engines/engine.ts';
import type { RandomStream } from '../../foundation/randomStream.ts';
import { margin } from '../measures.ts';
import { drawRowKey, rowHash } from '../rowHash.ts';
import type { Strategy } from '../strategy.ts';
import { averageLinkage } from './averageLinkage.ts';
import { disposeTensors } from './chunks.ts';
import { centreInputs, type EuclideanSpace, euclideanSpace, nearestCentreProgram } from './euclideanSpace.ts';
import { prefilter } from './prefilter.ts';
import { inRowOrder } from './rowOrder.ts';

export interface ClusterMarginConfig {
  /** Candidates per sample of the batch: the paper's k_m / k_t. */
  readonly candidates: number;
  /** Left out: as many as the batch has samples. */
  readonly numClusters?: number | undefined;
  /** Samples that are clustered; the matrix of their distances is held. */
  readonly maxClustered: number;
}

export function clusterMargin({ candidates, numClusters, maxClustered }: ClusterMarginConfig): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const { compute, poolRows, stream } = context;
      const scores = margin(await context.predictions());
      const { rows, positions } = await prefilter(context, scores, Math.ceil(candidates * batchSize));
      const space = await euclideanSpace(compute, [await context.embeddings()]);
      // In random order: of clusters that are equally near, linkage merges those that come first.
      const clustered = stream.permutation(poolRows.length).subarray(0, maxClustered);
      const clusters = await clusterOf(compute, space, {
        ...{ clustered, positions },
        numClusters: Math.min(numClusters ?? batchSize, clustered.length),
      });
      space.dispose();
      return roundRobin(rows, clusters, batchSize, stream);
    },
  };
}

/** The cluster of each of `positions`. */
async function clusterOf(
  compute: Compute,
  space: EuclideanSpace,
  {
    clustered,
    positions,
    numClusters,
  }: { readonly clustered: Int32Array; readonly positions: Int32Array; readonly numClusters: number },
): Promise<Int32Array> {
  const distances = symmetricRoots(await space.distancesAmong(clustered), clustered.length);
  const clusters = averageLinkage(distances, numClusters);
  const own = new Map(Array.from(clustered, (position, i) => [position, clusters[i] as number] as const));
  const others = positions.filter((position) => !own.has(position));
  const nearest = await nearestMeans(compute, space, { others, clustered, clusters, numClusters });
  others.forEach((position, i) => {
    own.set(position, nearest[i] as number);
  });
  return positions.map((position) => own.get(position) as number);
}

/** In place. Row and column round differently, because each takes its own squared norm: the roots' means. */
function symmetricRoots(squared: Float32Array, n: number): Float32Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (Math.sqrt(squared[i * n + j] as number) + Math.sqrt(squared[j * n + i] as number)) / 2;
      squared[i * n + j] = mean;
      squared[j * n + i] = mean;
    }
  }
  return squared;
}

async function nearestMeans(
  compute: Compute,
  space: EuclideanSpace,
  {
    others,
    clustered,
    clusters,
    numClusters,
  }: Record<'others' | 'clustered' | 'clusters', Int32Array> & { readonly numClusters: number },
): Promise<ArrayLike<number>> {
  if (others.length === 0) return [];
  const { width } = space;
  const means = new Float32Array(numClusters * width);
  const sizes = new Int32Array(numClusters);
  for (const cluster of clusters) sizes[cluster] = (sizes[cluster] as number) + 1;
  clusters.forEach((cluster, i) => {
    space.row(clustered[i] as number).forEach((value, f) => {
      means[cluster * width + f] =
        (means[cluster * width + f] as number) + value / (sizes[cluster] as number);
    });
  });
  const executable = await compute.compiled(`nearest ${width}`, () => nearestCentreProgram(width));
  const data = space.rows(others);
  const points = compute.engine.upload({ dtype: 'float32', shape: [others.length, width], data });
  const inputs = { points, ...centreInputs(compute, means, width) };
  const results = await executable.run(inputs);
  const nearest = (await (results as { nearest: DeviceTensor }).nearest.read()).data.slice();
  disposeTensors({ ...inputs, ...results });
  return nearest;
}

/** Clusters in ascending order of their candidates, equal ones at random; from each in turn one candidate at random. */
function roundRobin(rows: Int32Array, clusters: Int32Array, count: number, stream: RandomStream): Int32Array {
  const key = drawRowKey(stream);
  const hash = (row: number): number => rowHash(row, key);
  const members = new Map<number, number[]>();
  const inRandomOrder = Array.from(rows, (row, i) => ({ row, cluster: clusters[i] as number })).sort(
    (a, b) => hash(a.row) - hash(b.row),
  );
  for (const { row, cluster } of inRandomOrder) {
    const list = members.get(cluster) ?? [];
    members.set(cluster, list);
    list.push(row);
  }
  const queue = [...members.values()].sort(
    (a, b) => a.length - b.length || hash(a[0] as number) - hash(b[0] as number),
  );
  const picked: number[] = [];
  for (let turn = 0; picked.length < count; turn++) {
    for (const list of queue) {
      const row = list[turn];
      if (row !== undefined && picked.length < count) picked.push(row);
    }
  }
  return Int32Array.from(picked);
}

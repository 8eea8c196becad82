/**
 * TypiClust (Hacohen, Dekel & Weinshall 2022, 2202.02794): clusters of the labelled and the unlabelled samples together; of
 * those with the fewest labels, the largest first, the most typical sample. For budgets so small that a model knows nothing.
 */
import type { Compute } from '../../engines/compute.ts';
import type { RandomStream } from '../../foundation/randomStream.ts';
import { drawRowKey, type RowKey, rowHash } from '../rowHash.ts';
import type { Strategy } from '../strategy.ts';
import { type EuclideanSpace, euclideanSpace } from './euclideanSpace.ts';
import { type KMeansConfig, kMeans } from './kMeans.ts';
import { inRowOrder } from './rowOrder.ts';
import { meanNeighbourDistances } from './typicality.ts';

export interface TypiClustConfig extends KMeansConfig {
  readonly maxClusters: number;
  /** Smaller clusters are passed over while there are others. */
  readonly minClusterSize: number;
  readonly numNeighbours: number;
  /** Of a cluster with more samples, so many are looked at, drawn at random. */
  readonly maxClusterSize: number;
}

export function typiClust(config: TypiClustConfig): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const { compute, poolRows, labelled, stream } = context;
      const numLabelled = labelled.rows.length;
      const parts = [await context.embeddings(), await context.labelledEmbeddings()];
      const k = Math.min(numLabelled + batchSize, config.maxClusters, poolRows.length + numLabelled);
      const space = await euclideanSpace(compute, numLabelled > 0 ? parts : parts.slice(0, 1), k);
      const { clusters } = await kMeans(compute, space, { ...config, k, stream });
      const assignment = { clusters, k, rows: poolRows };
      const picked = await typicalSamples({ compute, space, stream }, assignment, batchSize, config);
      space.dispose();
      return picked.map((i) => poolRows[i] as number);
    },
  };
}

export interface Assignment {
  /** [numPool + numLabelled] */
  readonly clusters: Int32Array;
  readonly k: number;
  /** [numPool] */
  readonly rows: Int32Array;
}

/**
 * The pool's members of each cluster that has any, in the order of asking: fewest labels first, of these the largest, equal
 * ones at random. In two lists: clusters of at least `minSize` samples, labelled ones counted, and smaller ones.
 */
function clusterQueues(
  { clusters, k, rows }: Assignment,
  minSize: number,
  stream: RandomStream,
): number[][][] {
  const key = drawRowKey(stream);
  const members: number[][] = Array.from({ length: k }, () => []);
  const sizes = new Int32Array(k);
  clusters.forEach((cluster, i) => {
    sizes[cluster] = (sizes[cluster] as number) + 1;
    if (i < rows.length) members[cluster]?.push(i);
  });
  const size = (cluster: number): number => sizes[cluster] as number;
  const numLabelled = (cluster: number): number => size(cluster) - (members[cluster]?.length ?? 0);
  const isSmall = (cluster: number): boolean => size(cluster) < minSize;
  const tie = (cluster: number): number => rowHash(rows[members[cluster]?.[0] ?? 0] as number, key);
  const order = Array.from(members.keys())
    .filter((cluster) => (members[cluster]?.length ?? 0) > 0)
    .sort((a, b) => numLabelled(a) - numLabelled(b) || size(b) - size(a) || tie(a) - tie(b));
  return [order.filter((cluster) => !isSmall(cluster)), order.filter(isSmall)].map((queue) =>
    queue.map((cluster) => members[cluster] as number[]),
  );
}

interface Picking {
  readonly compute: Compute;
  /** The pool, then what is labelled. */
  readonly space: EuclideanSpace;
  readonly stream: RandomStream;
}

/**
 * Positions of `count` samples of the pool: round after round the most typical sample of each cluster that has any left;
 * small clusters after all others.
 */
export async function typicalSamples(
  picking: Picking,
  assignment: Assignment,
  count: number,
  config: Omit<TypiClustConfig, keyof KMeansConfig>,
): Promise<Int32Array> {
  const queues = clusterQueues(assignment, config.minClusterSize, picking.stream);
  const key = drawRowKey(picking.stream);
  const picked: number[] = [];
  for (const queue of queues) {
    let left = queue;
    while (left.length > 0 && picked.length < count) {
      for (const members of left) {
        if (picked.length === count) break;
        const best = await mostTypical({ ...picking, rows: assignment.rows, key }, members, config);
        picked.push(best);
        members.splice(members.indexOf(best), 1);
      }
      left = left.filter((members) => members.length > 0);
    }
  }
  return Int32Array.from(picked);
}

async function mostTypical(
  { compute, space, rows, key }: Picking & { readonly rows: Int32Array; readonly key: RowKey },
  members: readonly number[],
  { numNeighbours, maxClusterSize }: Pick<TypiClustConfig, 'numNeighbours' | 'maxClusterSize'>,
): Promise<number> {
  const tie = (position: number): number => rowHash(rows[position] as number, key);
  const seen =
    members.length <= maxClusterSize
      ? members
      : members.toSorted((a, b) => tie(a) - tie(b)).slice(0, maxClusterSize);
  // A small cluster's density is that among half of it, as the authors' code has it.
  const count = Math.min(numNeighbours, Math.floor(seen.length / 2));
  const distances = await meanNeighbourDistances(compute, space, Int32Array.from(seen), count);
  let best = 0;
  for (let i = 1; i < seen.length; i++) {
    const difference = (distances[i] as number) - (distances[best] as number);
    if (difference < 0 || (difference === 0 && tie(seen[i] as number) < tie(seen[best] as number))) best = i;
  }
  return seen[best] as number;
}

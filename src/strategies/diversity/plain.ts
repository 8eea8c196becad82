/** k-center and k-means of the whole pool, whatever the model predicts. */
import type { Strategy } from '../strategy.ts';
import { euclideanSpace } from './euclideanSpace.ts';
import { farthestFirst } from './farthestFirst.ts';
import { type KMeansConfig, kMeans } from './kMeans.ts';
import { representatives } from './representatives.ts';
import { inRowOrder } from './rowOrder.ts';
import { distancesToLabelled } from './selectors.ts';

/** Greedy core-set (Sener & Savarese 2018, 1708.00489). */
export function kCenterStrategy(): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const { poolRows: rows, stream, onChosen } = context;
      const space = await euclideanSpace(context.compute, [await context.embeddings()]);
      const nearest = await distancesToLabelled(space, context);
      const picked = await farthestFirst(space, nearest, { k: batchSize, rows, stream, onChosen });
      space.dispose();
      return picked.map((i) => rows[i] as number);
    },
  };
}

/** The sample nearest to each centre, that of the largest cluster first. */
export function kMeansStrategy(config: KMeansConfig): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const { compute, poolRows, stream } = context;
      const space = await euclideanSpace(compute, [await context.embeddings()], batchSize);
      const clustering = await kMeans(compute, space, { ...config, k: batchSize, stream });
      space.dispose();
      return representatives(clustering, poolRows, stream).map((i) => poolRows[i] as number);
    },
  };
}

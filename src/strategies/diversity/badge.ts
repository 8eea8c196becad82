/** BADGE (Ash et al. 2020, 1906.03671): k-means++ in the space of gradients by the last layer's weights. */
import { drawRowKey } from '../rowHash.ts';
import type { Strategy } from '../strategy.ts';
import { gradientSpace } from './gradientSpace.ts';
import { largest } from './largest.ts';
import { inRowOrder } from './rowOrder.ts';
import { sampleBySquaredDistance } from './squaredDistanceSampling.ts';

/** First the largest gradient, then D² sampling; uniform where all gradients are 0. */
export function badge(): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const { compute, poolRows, stream, onChosen } = context;
      const space = await gradientSpace(compute, await context.predictions(), await context.embeddings());
      const [first = 0] = largest(space.squaredNorms, 1, poolRows, drawRowKey(stream)).positions;
      const picked = await sampleBySquaredDistance(space, { k: batchSize, first, stream, onChosen });
      space.dispose();
      return picked.map((i) => poolRows[i] as number);
    },
  };
}

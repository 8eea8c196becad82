/**
 * Discriminative active learning (Gissin & Shalev-Shwartz 2019, 1907.06347): what a classifier is surest to be unlabelled is
 * labelled next, so that in the end the labelled set cannot be told from the pool. The batch is chosen in parts, each part
 * counted as labelled before the next.
 */
import type { Strategy } from '../strategy.ts';
import { topK } from '../topK.ts';
import { createDiscriminator, type DiscriminatorConfig } from './discriminator.ts';
import { euclideanSpace } from './euclideanSpace.ts';
import { inRowOrder } from './rowOrder.ts';

export interface DiscriminativeConfig extends DiscriminatorConfig {
  readonly numParts: number;
}

/** The first part is random where nothing is labelled: there is nothing to tell apart. */
export function discriminative({ numParts, ...config }: DiscriminativeConfig): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const { compute, poolRows, stream } = context;
      const space = await euclideanSpace(compute, [await context.embeddings()], config.hiddenUnits);
      const { values, numSamples, width } = await context.labelledEmbeddings();
      const labelled = Array.from({ length: numSamples }, (_, i) =>
        values.subarray(i * width, (i + 1) * width),
      );
      const discriminator = await createDiscriminator(compute, space, config, stream);
      const partSize = Math.ceil(batchSize / numParts);
      const picked: number[] = [];
      let open = Int32Array.from(poolRows.keys());
      while (picked.length < batchSize) {
        let scores = new Float64Array(open.length);
        if (labelled.length > 0) {
          await discriminator.train(labelled, open);
          const all = await discriminator.score();
          scores = Float64Array.from(open, (position) => all[position] as number);
        }
        const rows = open.map((position) => poolRows[position] as number);
        const part = new Set(topK(scores, rows, Math.min(partSize, batchSize - picked.length), stream));
        picked.push(...part);
        const isPicked = (position: number): boolean => part.has(poolRows[position] as number);
        for (const position of open.filter(isPicked)) labelled.push(space.row(position));
        open = open.filter((position) => !isPicked(position));
      }
      discriminator.dispose();
      space.dispose();
      return Int32Array.from(picked);
    },
  };
}

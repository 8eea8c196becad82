/**
 * Information density (Settles & Craven 2008, equation 14): uncertainty times the mean cosine similarity to the pool, to the
 * power β. The mean over the pool of x̂·ŷ is x̂ · (mean of ŷ), so two passes over the embeddings do: O(Nd), not O(N²d).
 */
import type { Embeddings } from '../../learner/learner.ts';
import type { Measure, Strategy } from '../strategy.ts';
import { topK } from '../topK.ts';
import { checkFinite } from './checkFinite.ts';
import { inRowOrder } from './rowOrder.ts';

export interface InformationDensityConfig {
  readonly measure: Measure;
  readonly beta: number;
}

export function informationDensity({ measure, beta }: InformationDensityConfig): Strategy {
  return {
    async select(given, batchSize) {
      const { context } = inRowOrder(given);
      const density = meanCosineSimilarities(await context.embeddings());
      const scores = measure(await context.predictions()).map(
        (uncertainty, i) => uncertainty * Math.max(0, density[i] as number) ** beta,
      );
      return topK(scores, context.poolRows, batchSize, context.stream);
    },
  };
}

/** [numSamples], each sample's mean cosine similarity to all, itself included; 0 for the origin. */
export function meanCosineSimilarities({ values, numSamples, width }: Embeddings): Float64Array {
  const norms = new Float32Array(numSamples);
  const mean = new Float64Array(width);
  for (let i = 0; i < numSamples; i++) {
    let squared = 0;
    for (let f = i * width; f < (i + 1) * width; f++) squared += (values[f] as number) ** 2;
    const norm = Math.sqrt(squared);
    norms[i] = norm;
    if (norm === 0) continue;
    const share = 1 / (norm * numSamples);
    for (let f = 0; f < width; f++) mean[f] = (mean[f] as number) + (values[i * width + f] as number) * share;
  }
  checkFinite(norms);
  return Float64Array.from(norms, (norm, i) => {
    let product = 0;
    for (let f = 0; f < width; f++) product += (values[i * width + f] as number) * (mean[f] as number);
    return norm === 0 ? 0 : product / norm;
  });
}

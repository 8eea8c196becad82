/** The registry of query strategies: a name, what it does, and how to make one. */
import { entropy, leastConfidence, margin, ratio } from './measures.ts';
import type { Measure, Strategy } from './strategy.ts';
import { topK } from './topK.ts';

export interface StrategyEntry {
  /** Raised when the same input may lead to another pick: part of the trial's id. */
  readonly version: number;
  readonly description: string;
  create(): Strategy;
}

/** Explicit: a strategy's name is its key. */
export const strategies: Readonly<Record<string, StrategyEntry>> = {
  random: {
    version: 1,
    description: 'uniform over the pool; the baseline every other strategy is held against',
    create: () => ({
      // All scores equal: the seeded ties decide, which is a uniform draw without replacement.
      select: async ({ poolRows, stream }, batchSize) =>
        topK(new Float64Array(poolRows.length), poolRows, batchSize, stream),
    }),
  },
  'least-confidence': fromMeasure('max 1 − p₁ (Lewis & Gale 1994)', leastConfidence),
  margin: fromMeasure('min p₁ − p₂ (Scheffer, Decomain & Wrobel 2001)', margin),
  ratio: fromMeasure('max p₂ / p₁: the margin on a logarithmic scale', ratio),
  entropy: fromMeasure('max −Σ p log p (Shannon; Settles & Craven 2008)', entropy),
};

/** The samples that `measure` scores highest under the model's predictions. */
function fromMeasure(description: string, measure: Measure): StrategyEntry {
  return {
    version: 1,
    description,
    create: () => ({
      async select({ poolRows, predictions, stream }, batchSize) {
        return topK(measure(await predictions()), poolRows, batchSize, stream);
      },
    }),
  };
}

/** The registry of query strategies: a name, what it does, and how to make one. */
import { entropy, leastConfidence, margin, ratio } from './measures.ts';
import type { Measure } from './strategy.ts';
import { defineStrategy, type StrategyDetails, type StrategyEntry } from './strategyEntry.ts';
import { topK } from './topK.ts';

/** Explicit: a strategy's name is its key. */
export const strategies: Readonly<Record<string, StrategyEntry>> = {
  random: defineStrategy({
    version: 1,
    description: 'uniform over the pool; the baseline every other strategy is held against',
    details: { source: 'none', formula: 'uniform without replacement', cost: 'O(N)' },
    create: () => ({
      // All scores equal: the seeded ties decide, which is a uniform draw without replacement.
      select: async ({ poolRows, stream }, batchSize) =>
        topK(new Float64Array(poolRows.length), poolRows, batchSize, stream),
    }),
  }),
  'least-confidence': fromMeasure('max 1 − p₁ (Lewis & Gale 1994)', leastConfidence, {
    ...{ source: 'Lewis & Gale 1994', formula: 'max 1 − p₁', cost: 'O(NC)' },
  }),
  margin: fromMeasure('min p₁ − p₂ (Scheffer, Decomain & Wrobel 2001)', margin, {
    ...{ source: 'Scheffer, Decomain & Wrobel 2001', formula: 'min p₁ − p₂', cost: 'O(NC)' },
  }),
  ratio: fromMeasure('max p₂ / p₁: the margin on a logarithmic scale', ratio, {
    ...{ source: 'Settles 2009, section 3.1', formula: 'max p₂ / p₁', cost: 'O(NC)' },
  }),
  entropy: fromMeasure('max −Σ p log p (Shannon; Settles & Craven 2008)', entropy, {
    ...{ source: 'Shannon 1948; Settles & Craven 2008', formula: 'max −Σ p log p', cost: 'O(NC)' },
  }),
};

/** The samples that `measure` scores highest under the model's predictions. */
function fromMeasure(description: string, measure: Measure, details: StrategyDetails): StrategyEntry {
  return defineStrategy({
    version: 1,
    description,
    details,
    needs: ['predictions'],
    create: () => ({
      async select({ poolRows, predictions, stream }, batchSize) {
        return topK(measure(await predictions()), poolRows, batchSize, stream);
      },
    }),
  });
}

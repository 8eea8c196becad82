/** The registry of query strategies: a name, what it does, and how to make one. */
import { oracleGreedy } from './bounds/oracleGreedy.ts';
import { fromMeasure } from './composition/fromMeasure.ts';
import { diversityStrategies } from './diversity/index.ts';
import { samplingMeasures, samplingStrategies } from './sampling/index.ts';
import { defineStrategy, type MeasureEntry, type StrategyEntry } from './strategyEntry.ts';
import { topK } from './topK.ts';
import { uncertaintyMeasures } from './uncertainty/index.ts';

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
  ...withTopK(uncertaintyMeasures),
  ...withTopK(samplingMeasures),
  ...samplingStrategies,
  ...diversityStrategies,
  'oracle-greedy': oracleGreedy,
};

function withTopK(measures: Readonly<Record<string, MeasureEntry>>): Record<string, StrategyEntry> {
  return Object.fromEntries(Object.entries(measures).map(([name, entry]) => [name, fromMeasure(entry)]));
}

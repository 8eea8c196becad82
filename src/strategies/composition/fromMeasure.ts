/** A measure as a strategy: its scores and a selector. */
import type { Acquisition, Selector, Strategy } from '../strategy.ts';
import type { MeasureEntry, StrategyEntry } from '../strategyEntry.ts';
import { topK } from '../topK.ts';

export function compose(score: Acquisition, selector: Selector): Strategy {
  return {
    select: async (context, batchSize) => selector(context, await score(context), batchSize),
  };
}

const highest: Selector = async ({ poolRows, stream }, scores, batchSize) =>
  topK(scores, poolRows, batchSize, stream);

/** The rows that the measure scores highest; in a composition another selector takes the place of top-k. */
export function fromMeasure(measure: MeasureEntry): StrategyEntry {
  return { ...measure, measure, create: (options) => compose(measure.create(options), highest) };
}

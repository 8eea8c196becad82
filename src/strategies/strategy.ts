/** What a query strategy is asked, and what it may look at: never a label that was not paid for. */
import type { RandomStream } from '../foundation/randomStream.ts';
import type { Prediction } from '../learner/prediction.ts';

/** The unlabelled pool after a round's training, as a strategy sees it. */
export interface QueryContext {
  /** [numPool] unlabelled rows, ascending. */
  readonly poolRows: Int32Array;
  /** The model's predictions for `poolRows`, in their order; computed when first asked for. */
  predictions(): Promise<Prediction>;
  /** The strategy's own stream, derived from (strategy, seed, round). */
  readonly stream: RandomStream;
}

/** A query strategy: picks which samples to label next. */
export interface Strategy {
  /** Exactly `batchSize` different rows of `context.poolRows`, most wanted first. `batchSize` is at most their number. */
  select(context: QueryContext, batchSize: number): Promise<Int32Array>;
}

/** An acquisition function: one score per sample, higher is more informative. */
export type Measure = (prediction: Prediction) => Float64Array; // [numSamples]

/** What a query strategy is asked, and what it may look at: never a label that was not paid for. */
import type { Compute } from '../engines/compute.ts';
import type { RandomStream } from '../foundation/randomStream.ts';
import type { Embeddings } from '../learner/learner.ts';
import type { Prediction } from '../learner/prediction.ts';
import type { SampleChunk } from '../learner/samples.ts';

/** The unlabelled pool after a round's training, as a strategy sees it. */
export interface QueryContext {
  /** [numPool] unlabelled rows, ascending; a part of them where the spec limits scoring. */
  readonly poolRows: Int32Array;
  /** What has been labelled, in the order it was; may be empty. */
  readonly labelled: { readonly rows: Int32Array; readonly answers: Int32Array };
  readonly numClasses: number;
  /** [numClasses] */
  readonly classNames: readonly string[];
  /**
   * The model's predictions for `poolRows`, in their order; computed when first asked for. Where the model is sampled:
   * the logarithm of the samples' mean probability.
   */
  predictions(): Promise<Prediction>;
  /**
   * Every sample's predictions for `poolRows`, [numDrawn, numRows, numClasses] for some of the rows at a time, so that
   * a measure can reduce them without holding all. Computed anew at each call, to the same bits.
   */
  samples(): AsyncIterable<SampleChunk>;
  /** The input of the model's last dense layer for `poolRows`, in their order; computed when first asked for. */
  embeddings(): Promise<Embeddings>;
  /** The same for the labelled rows, in their order. */
  labelledEmbeddings(): Promise<Embeddings>;
  /** Products of matrices on the engine that trains: loops of JavaScript are a hundred times slower. */
  readonly compute: Compute;
  /** The strategy's own stream, derived from (strategy, seed, round). */
  readonly stream: RandomStream;
  /** Told how many of the batch are chosen so far, by strategies that choose one after another. */
  readonly onChosen?: ((count: number) => void) | undefined;
  /** For bounds alone (`StrategyEntry.isBound`). */
  readonly foresight?: Foresight;
}

/** What labels that nobody has paid for would bring. */
export interface Foresight {
  /** For each of `rows` by itself, what training anew with its true label would measure on held-out rows. */
  tryLabelling(rows: Int32Array): Promise<readonly Outcome[]>;
}

/** Measured on held-out rows; of a training that diverged, the worst there is. */
export interface Outcome {
  readonly accuracy: number;
  readonly nll: number;
}

/** A query strategy: picks which samples to label next. */
export interface Strategy {
  /**
   * Exactly `batchSize` different rows of `context.poolRows`, most wanted first. `batchSize` is at least 1 and at most
   * their number.
   */
  select(context: QueryContext, batchSize: number): Promise<Int32Array>;
}

/** An acquisition function: one score for each of `context.poolRows`, [numPool], higher is more wanted. */
export type Acquisition = (context: QueryContext) => Promise<Float64Array>;

/** Picks `batchSize` rows by their scores, which it may change: the rule of `Strategy.select`. */
export type Selector = (
  context: QueryContext,
  scores: Float64Array,
  batchSize: number,
) => Promise<Int32Array>;

/** An acquisition function of the mean prediction alone: one score per sample, higher is more informative. */
export type Measure = (prediction: Prediction) => Float64Array; // [numSamples]

/** What a learner does: fit a model to labelled rows, predict, sample, embed. It does not know which strategy is asking. */
import type { RandomStream } from '../foundation/randomStream.ts';
import type { FitRequest, FittedModel } from './fit.ts';
import type { Prediction } from './prediction.ts';
import type { SampleChunk } from './samples.ts';

export interface Learner {
  /** Throws `TrainingDiverged` where the loss becomes NaN or infinite. */
  fit(request: FitRequest): Promise<FittedModel>;
  /** Class log-probabilities of `rows`, in their order. */
  predict(model: FittedModel, rows: Int32Array): Promise<Prediction>;
  /**
   * MC-dropout: class log-probabilities of `rows` under masks of each stream, in chunks. Throws where the model
   * has no dropout layer.
   */
  sample(model: FittedModel, rows: Int32Array, streams: readonly RandomStream[]): AsyncIterable<SampleChunk>;
  /** The input of the last dense layer for each of `rows`. */
  embed(model: FittedModel, rows: Int32Array): Promise<Embeddings>;
  readonly clock: LearnerClock;
}

/** Seconds, ever growing. The two differ where learners share their runs: one waits for all, and has its part of the work. */
export interface LearnerClock {
  /** Between asking and being answered. */
  readonly waited: number;
  /** Of the runs that answered, this learner's part. */
  readonly worked: number;
}

export interface Embeddings {
  /** [numSamples, width]. */
  readonly values: Float32Array;
  readonly numSamples: number;
  readonly width: number;
}

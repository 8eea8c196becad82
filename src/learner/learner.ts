/** The learner: fits a model to labelled rows, predicts, samples, embeds. It does not know which strategy is asking. */
import type { Dataset, Normalization } from '../datasets/dataset.ts';
import type { Engine } from '../engines/engine.ts';
import type { RandomStream } from '../foundation/randomStream.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import type { FitRequest, FittedModel } from './fit.ts';
import { createLockstep } from './lockstep.ts';
import type { Prediction } from './prediction.ts';
import { createReplicaLearner } from './replicaLearner.ts';
import type { SampleChunk } from './samples.ts';

export interface Learner {
  /** Throws `TrainingDiverged` where the loss becomes NaN or infinite. */
  fit(request: FitRequest): Promise<FittedModel>;
  /** Class log-probabilities of `rows`, in their order. */
  predict(model: FittedModel, rows: Int32Array): Promise<Prediction>;
  /**
   * MC-dropout: class log-probabilities of `rows` under one set of masks per stream, in chunks. Throws where the model
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

export interface OwnLearner extends Learner {
  dispose(): Promise<void>;
}

/** A learner that shares its programs with nobody, compiled for one data set. */
export async function createLearner(
  engine: Engine,
  dataset: Dataset,
  normalization: Normalization,
  config: ModelConfig,
): Promise<OwnLearner> {
  const replicas = await createReplicaLearner(engine, dataset, normalization, config, 1);
  return { ...createLockstep(replicas).join(), dispose: () => replicas.dispose() };
}

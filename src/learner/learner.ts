/** The learner: fits a model to labelled rows, predicts, samples, embeds. It does not know which strategy is asking. */
import type { Dataset, Normalization } from '../datasets/dataset.ts';
import type { DeviceTensor, Engine, Executable } from '../engines/engine.ts';
import type { RandomStream } from '../foundation/randomStream.ts';
import { initialize } from '../models/initialize.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import { buildNetwork } from '../models/network.ts';
import { buildOptimizer } from '../models/optimizer.ts';
import type { FitRequest, FittedModel } from './fit.ts';
import { accuracy, type Prediction } from './prediction.ts';
import { type ProgramDefinition, predictionProgram, trainingProgram } from './programs.ts';
import { runInChunks } from './runInChunks.ts';
import { sampleInChunks } from './sampleInChunks.ts';
import type { SampleChunk } from './samples.ts';
import { embeddingProgram, samplingProgram } from './samplingPrograms.ts';
import { createStopRule } from './stopRule.ts';
import { train } from './train.ts';

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
  dispose(): Promise<void>;
}

export interface Embeddings {
  /** [numSamples, width]. */
  readonly values: Float32Array;
  readonly numSamples: number;
  readonly width: number;
}

/** Compiles the model's programs for one data set. */
export async function createLearner(
  engine: Engine,
  dataset: Dataset,
  normalization: Normalization,
  config: ModelConfig,
): Promise<Learner> {
  const { sampleShape, numClasses, numSamples } = dataset.info;
  const network = buildNetwork(config.layers, { sampleShape, numClasses });
  const definition: ProgramDefinition = { network, numReplicas: 1, numSamples, sampleShape, normalization };
  const optimizer = buildOptimizer(config.training.optimizer);
  const trainer = await engine.compile(trainingProgram(definition, optimizer, config.training));
  const predictor = await engine.compile(predictionProgram(definition));
  const features = engine.upload({
    dtype: 'uint8',
    shape: [numSamples, dataset.features.length / numSamples],
    data: dataset.features,
  });

  // Few trials ask for more than predictions: these are compiled when one does.
  let sampler: Promise<Executable> | undefined;
  let embedder: Promise<Executable> | undefined;

  async function predict(parameters: readonly DeviceTensor[], rows: Int32Array): Promise<Prediction> {
    const chunked = { engine, executable: predictor, features, parameters };
    const output = { name: 'logProbabilities', width: numClasses };
    return {
      logProbabilities: await runInChunks(chunked, output, rows),
      numSamples: rows.length,
      numClasses,
    };
  }
  return {
    async fit(request) {
      const parameters = request.startFrom?.parameters ?? newWeights(request.streams.weights);
      return train({
        ...{ engine, trainer, features, network, optimizer, parameters },
        training: config.training,
        stopRule: createStopRule(config.training.stop),
        request,
        validationAccuracy: async (current) =>
          accuracy(await predict(current, request.validation.rows), request.validation.labels),
        trainingAccuracy: async (current) =>
          accuracy(
            await predict(current, request.rows),
            request.rows.map((row) => request.labels[row] as number),
          ),
      });
    },
    predict: (model, rows) => predict(model.parameters, rows),
    async *sample({ parameters }, rows, streams) {
      if (network.masks.length === 0) throw new Error('Sampling by masks needs a dropout layer.');
      sampler ??= engine.compile(samplingProgram(definition));
      yield* sampleInChunks(
        { engine, executable: await sampler, features, parameters, network },
        rows,
        streams,
      );
    },
    async embed({ parameters }, rows) {
      embedder ??= engine.compile(embeddingProgram(definition));
      const width = network.embeddingWidth;
      const chunked = { engine, executable: await embedder, features, parameters };
      const values = await runInChunks(chunked, { name: 'embeddings', width }, rows);
      return { values, numSamples: rows.length, width };
    },
    async dispose() {
      features.dispose();
      const all = await Promise.all([trainer, predictor, sampler, embedder]);
      await Promise.all(all.map((executable) => executable?.dispose()));
    },
  };

  function newWeights(stream: RandomStream): DeviceTensor[] {
    return initialize(config.initializer, network.parameters, stream).map((data, i) =>
      engine.upload({ dtype: 'float32', shape: [1, ...(network.parameters[i]?.shape ?? [])], data }),
    );
  }
}

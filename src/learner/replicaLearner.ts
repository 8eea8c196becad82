/** Fits, predicts, samples and embeds for several networks of one kind at once, each in a slot of its own. */
import type { Dataset, Normalization } from '../datasets/dataset.ts';
import type { DeviceTensor, Engine, Executable } from '../engines/engine.ts';
import type { RandomStream } from '../foundation/randomStream.ts';
import { initialize } from '../models/initialize.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import { buildNetwork, type Network } from '../models/network.ts';
import { buildOptimizer } from '../models/optimizer.ts';
import { numElements } from '../tensor/shape.ts';
import type { FitRequest } from './fit.ts';
import { keepingProgram } from './keepReplicas.ts';
import { accuracy, type Prediction } from './prediction.ts';
import { type ProgramDefinition, predictionProgram, trainingProgram } from './programs.ts';
import { runInChunks } from './runInChunks.ts';
import { type SampleRequest, sampleChunk } from './sampleInChunks.ts';
import { type MaskDrawer, masksPerRow, sharedMasks } from './sampleMasks.ts';
import { embeddingProgram, samplingProgram } from './samplingPrograms.ts';
import { anyOf, mapSlots, type Slots } from './slots.ts';
import { type TrainedReplicas, train } from './train.ts';

/** Every method takes `numReplicas` slots; parameters are a fitted model's, each [numReplicas, …shape]. */
export interface ReplicaLearner {
  readonly numReplicas: number;
  readonly network: Network;
  /** Rows of each replica that one run of the sampling program takes. */
  readonly rowsPerSampling: number;
  /** What samples are drawn under, one per stream. */
  drawMasks(streams: readonly RandomStream[]): MaskDrawer;
  /** All requests have as many labelled rows, and the same weights to start from or none. */
  fit(requests: Slots<FitRequest>): Promise<TrainedReplicas>;
  predict(parameters: readonly DeviceTensor[], rows: Slots<Int32Array>): Promise<Slots<Prediction>>;
  /** All requests have as many rows and samples. [numDrawn, numRows, numClasses] each. */
  sample(
    parameters: readonly DeviceTensor[],
    asked: Slots<SampleRequest>,
    numDrawn: number,
  ): Promise<Slots<Float32Array>>;
  /** [rows.length, embeddingWidth] each. */
  embed(parameters: readonly DeviceTensor[], rows: Slots<Int32Array>): Promise<Slots<Float32Array>>;
  dispose(): Promise<void>;
}

/** Rows that all replicas of a run have together: activations of this many stay in a core's cache. */
const ROWS_PER_RUN = 512;
/** A bound on the memory of masks, where every row has its own. */
const MASK_BYTES_PER_RUN = 2 ** 26;

/** Compiles the model's programs for one data set. */
export async function createReplicaLearner(
  engine: Engine,
  dataset: Dataset,
  normalization: Normalization,
  config: ModelConfig,
  numReplicas: number,
): Promise<ReplicaLearner> {
  const { sampleShape, numClasses, numSamples } = dataset.info;
  const { training, samples } = config;
  const hasMasksPerRow = samples?.masks === 'per-row';
  const network = buildNetwork(config.layers, { sampleShape, numClasses }, config.embedding);
  const featureType = dataset.features instanceof Float32Array ? 'float32' : 'uint8';
  const definition: ProgramDefinition = {
    ...{ network, numReplicas, numSamples, sampleShape, featureType, normalization },
  };
  const optimizer = buildOptimizer(training.optimizer);
  const trainer = await engine.compile(trainingProgram(definition, optimizer, training));
  const predictor = await engine.compile(predictionProgram(definition));
  const features = engine.upload({
    dtype: featureType,
    shape: [numSamples, dataset.features.length / numSamples],
    data: dataset.features,
  });
  const rowsPerRun = Math.max(1, Math.floor((engine.packing?.rowsPerRun ?? ROWS_PER_RUN) / numReplicas));
  const maskBytes = network.masks.reduce((sum, { shape }) => sum + numElements(shape), 0);
  const maskedRows = Math.floor(
    MASK_BYTES_PER_RUN / Math.max(1, maskBytes * (samples?.count ?? 1) * numReplicas),
  );
  // Few trials ask for more than predictions: these are compiled when one does.
  const sampler = compiledOnce(() => engine.compile(samplingProgram(definition, samples?.masks)));
  const embedder = compiledOnce(() => engine.compile(embeddingProgram(definition)));
  const keeper = compiledOnce(() => engine.compile(keepingProgram(network, numReplicas)));

  async function predict(parameters: readonly DeviceTensor[], rows: Slots<Int32Array>) {
    const chunked = { engine, executable: predictor, features, parameters };
    const output = { name: 'logProbabilities', width: numClasses, rowsPerRun };
    return mapSlots(
      await runInChunks(chunked, output, rows),
      (logProbabilities): Prediction => ({
        ...{ logProbabilities, numClasses },
        numSamples: logProbabilities.length / numClasses,
      }),
    );
  }
  async function accuracies(
    parameters: readonly DeviceTensor[],
    asked: Slots<{ readonly rows: Int32Array; readonly labels: ArrayLike<number> }>,
  ): Promise<Slots<number>> {
    const predictions = await predict(
      parameters,
      mapSlots(asked, ({ rows }) => rows),
    );
    return mapSlots(predictions, (prediction, slot) => accuracy(prediction, asked[slot]?.labels ?? []));
  }
  return {
    ...{ numReplicas, network, predict },
    rowsPerSampling: hasMasksPerRow ? Math.min(rowsPerRun, Math.max(1, maskedRows)) : rowsPerRun,
    drawMasks: (streams) => (hasMasksPerRow ? masksPerRow : sharedMasks)(network.masks, streams),
    fit(requests) {
      const labelled = mapSlots(requests, ({ rows, labels }) => ({
        rows,
        labels: rows.map((row) => labels[row] as number),
      }));
      return train({
        ...{ engine, trainer, keeper: keeper.get, features, network, optimizer, training, requests },
        parameters: anyOf(requests).startFrom?.parameters ?? newWeights(requests),
        validationAccuracies: (current) =>
          accuracies(
            current,
            mapSlots(requests, ({ validation }) => validation),
          ),
        trainingAccuracies: (current) => accuracies(current, labelled),
      });
    },
    async sample(parameters, asked, numDrawn) {
      if (network.masks.length === 0) throw new Error('Sampling by masks needs a dropout layer.');
      const chunked = { engine, executable: await sampler.get(), features, parameters, network };
      return sampleChunk(chunked, asked, numDrawn);
    },
    async embed(parameters, rows) {
      const chunked = { engine, executable: await embedder.get(), features, parameters };
      return runInChunks(chunked, { name: 'embeddings', width: network.embeddingWidth, rowsPerRun }, rows);
    },
    async dispose() {
      features.dispose();
      await Promise.all([trainer.dispose(), predictor.dispose()]);
      await Promise.all([sampler, embedder, keeper].map((program) => program.dispose()));
    },
  };

  function newWeights(requests: Slots<FitRequest>): DeviceTensor[] {
    const drawn = mapSlots(requests, ({ streams }) =>
      initialize(config.initializer, network.parameters, streams.weights),
    );
    return network.parameters.map(({ shape }, i) => {
      const size = numElements(shape);
      const data = new Float32Array(numReplicas * size);
      for (let slot = 0; slot < numReplicas; slot++) {
        data.set((drawn[slot] ?? anyOf(drawn))[i] as Float32Array, slot * size);
      }
      return engine.upload({ dtype: 'float32', shape: [numReplicas, ...shape], data });
    });
  }
}

/** A program that is compiled when first asked for. */
function compiledOnce(compile: () => Promise<Executable>) {
  let program: Promise<Executable> | undefined;
  return {
    get: (): Promise<Executable> => {
      program ??= compile();
      return program;
    },
    dispose: async (): Promise<void> => (await program)?.dispose(),
  };
}

/** The learner: fits a model to labelled rows and predicts. It does not know which strategy is asking. */
import type { Dataset, Normalization } from '../datasets/dataset.ts';
import type { DeviceTensor, Engine } from '../engines/engine.ts';
import type { RandomStream } from '../foundation/randomStream.ts';
import { initialize } from '../models/initialize.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import { buildNetwork } from '../models/network.ts';
import { buildOptimizer } from '../models/optimizer.ts';
import type { FitRequest, FittedModel } from './fit.ts';
import { predictInChunks } from './predictInChunks.ts';
import { accuracy, type Prediction } from './prediction.ts';
import { type ProgramDefinition, predictionProgram, trainingProgram } from './programs.ts';
import { createStopRule } from './stopRule.ts';
import { train } from './train.ts';

export interface Learner {
  /** Throws `TrainingDiverged` where the loss becomes NaN or infinite. */
  fit(request: FitRequest): Promise<FittedModel>;
  /** Class log-probabilities of `rows`, in their order. */
  predict(model: FittedModel, rows: Int32Array): Promise<Prediction>;
  dispose(): Promise<void>;
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
  const hasL2 = config.training.l2.strength > 0;
  const trainer = await engine.compile(trainingProgram(definition, optimizer, { hasL2 }));
  const predictor = await engine.compile(predictionProgram(definition));
  const features = engine.upload({
    dtype: 'uint8',
    shape: [numSamples, dataset.features.length / numSamples],
    data: dataset.features,
  });

  const predict = (parameters: readonly DeviceTensor[], rows: Int32Array): Promise<Prediction> =>
    predictInChunks({ engine, predictor, features, parameters, numClasses }, rows);
  return {
    async fit(request) {
      const parameters = request.startFrom?.parameters ?? newWeights(request.streams.weights);
      const labels = engine.upload({ dtype: 'int32', shape: [numSamples], data: request.labels });
      return train({
        ...{ engine, trainer, features, labels, network, optimizer, parameters },
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
    async dispose() {
      features.dispose();
      await Promise.all([trainer.dispose(), predictor.dispose()]);
    },
  };

  function newWeights(stream: RandomStream): DeviceTensor[] {
    return initialize(config.initializer, network.parameters, stream).map((data, i) =>
      engine.upload({ dtype: 'float32', shape: [1, ...(network.parameters[i]?.shape ?? [])], data }),
    );
  }
}

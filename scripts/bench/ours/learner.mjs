// A learner on random images, and what it is asked to fit.
import { createEngine } from '../../../dist/engines/index.js';
import { createLearner } from '../../../dist/learner/createLearner.js';
import { fitStreams } from '../../../dist/learner/fitStreams.js';
import { randomImages } from './data.mjs';
import { models } from './models.mjs';

/** Trained for `steps` steps, whatever the model's own stop rule. */
export async function benchLearner(modelName, { numSamples, steps }) {
  const dataset = randomImages(numSamples);
  const { training, ...model } = models[modelName];
  const config = { ...model, training: { ...training, stop: { rule: 'steps', steps } } };
  const normalization = { scale: 1 / 255, shift: 0 };
  return {
    learner: await createLearner(await createEngine('onnx'), dataset, normalization, config),
    rows: Int32Array.from({ length: numSamples }, (_, i) => i),
    labels: Int32Array.from(dataset.labels),
  };
}

/** Streams are made anew for every fit: each repetition does the same work. */
export const fitRequest = (rows, labels) => ({
  ...{ rows, labels, validation: { rows: new Int32Array(), labels: [] } },
  streams: fitStreams({ bench: 'fit' }),
});

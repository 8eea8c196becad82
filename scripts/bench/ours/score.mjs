// `score.mjs MODEL IMAGES SAMPLES WORKERS`: log-probabilities of IMAGES, the mean of SAMPLES dropout masks (one set per
// sample, the same for all images), in each of WORKERS threads at once: what a worker does when a strategy asks for predictions.
import { deriveStream } from '../../../dist/foundation/randomStream.js';
import { meanPrediction } from '../../../dist/learner/samples.js';
import { benchLearner, fitRequest } from './learner.mjs';
import { serveByThreads } from './serveByThreads.mjs';

const [modelName, images, samples, workers] = process.argv.slice(2);
const [numSamples, numDrawn] = [Number(images), Number(samples)];

await serveByThreads(import.meta.url, {
  what: `querybench-score-${modelName}`,
  numThreads: Number(workers),
  async prepare() {
    const { learner, rows, labels } = await benchLearner(modelName, { numSamples, steps: 1 });
    const fitted = await learner.fit(fitRequest(rows.subarray(0, 64), labels));
    return async () => {
      const streams = Array.from({ length: numDrawn }, (_, sample) => deriveStream('mc-dropout', { sample }));
      await meanPrediction(learner.sample(fitted, rows, streams), { numSamples, numClasses: 10 });
      return numSamples;
    };
  },
});

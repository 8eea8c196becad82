// `train.mjs mlp|cnn STEPS WORKERS`: learner.fit on minibatches of 32 of 2,048 images, in each of WORKERS threads at once:
// what a worker of a sweep does, minibatches drawn and weights initialised anew every time.
import { benchLearner, fitRequest } from './learner.mjs';
import { serveByThreads } from './serveByThreads.mjs';

const [modelName, steps, workers] = process.argv.slice(2);

await serveByThreads(import.meta.url, {
  what: `querybench-train-${modelName}`,
  numThreads: Number(workers),
  async prepare() {
    const setting = { numSamples: 2048, steps: Number(steps) };
    const { learner, rows, labels } = await benchLearner(modelName, setting);
    return async () => {
      await learner.fit(fitRequest(rows, labels));
      return setting.steps * 32;
    };
  },
});

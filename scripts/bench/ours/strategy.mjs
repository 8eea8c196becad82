// `strategy.mjs NAME OPTIONS SHAPE K`: a strategy picks K of a pool of random numbers, on one engine of one thread, as
// `querybench select` has it. OPTIONS and SHAPE ({ numPool, width, numClasses, numLabelled }) are JSON.
import { strategies } from '../../../dist/strategies/index.js';
import { serveByThreads } from './serveByThreads.mjs';
import { strategyContexts } from './strategyContext.mjs';

const [name, options, shape, k] = process.argv.slice(2);

await serveByThreads(import.meta.url, {
  what: `querybench-${name}`,
  numThreads: 1,
  async prepare() {
    const contexts = await strategyContexts(JSON.parse(shape));
    const strategy = strategies[name].create(JSON.parse(options));
    let seed = 0;
    return async () => {
      await strategy.select(contexts(seed++), Number(k));
      return Number(k);
    };
  },
});

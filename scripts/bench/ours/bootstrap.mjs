// `bootstrap.mjs SHAPE`: stratified percentile intervals of inter-quartile means. SHAPE: { numStrategies, numSeeds, numResamples }.
import { interquartileMean, stratifiedInterval } from '../../../dist/analysis/statistics/robustMeans.js';
import { deriveStream } from '../../../dist/foundation/randomStream.js';
import { serveByThreads } from './serveByThreads.mjs';

const { numStrategies, numSeeds, numResamples } = JSON.parse(process.argv[2]);

await serveByThreads(import.meta.url, {
  what: 'querybench-bootstrap',
  numThreads: 1,
  async prepare() {
    const stream = deriveStream('bootstrap', { bench: true });
    const scores = Array.from({ length: numStrategies }, () => [
      Array.from({ length: numSeeds }, () => stream.uniform()),
    ]);
    return async () => {
      for (const tasks of scores) stratifiedInterval(tasks, interquartileMean, { stream, numResamples });
      return numStrategies * numResamples;
    };
  },
});

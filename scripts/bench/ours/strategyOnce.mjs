// `strategyOnce.mjs NAME OPTIONS SHAPE K`: one selection by one thread. Prints its seconds and by how many bytes the
// process grew at its peak over what it held before, embeddings and predictions included; or why the strategy refused.
import { strategies } from '../../../dist/strategies/index.js';
import { strategyContexts } from './strategyContext.mjs';

const [name, options, shape, k] = process.argv.slice(2);
const contexts = await strategyContexts(JSON.parse(shape));
const strategy = strategies[name].create(JSON.parse(options));
const context = contexts(0);
const before = process.resourceUsage().maxRSS * 1024;
const start = performance.now();
try {
  await strategy.select(context, Number(k));
  const seconds = (performance.now() - start) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ seconds, extra: peak - before, peak }));
} catch (error) {
  if (error.name !== 'UserError') throw error;
  console.log(JSON.stringify({ refused: error.message }));
}

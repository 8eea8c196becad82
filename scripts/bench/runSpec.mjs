// Usage: node runSpec.mjs SPEC DIRECTORY WORKERS [path=value …]: runs a spec and prints seconds and peak memory as JSON.
import { loadPlan } from '../../dist/experiment/loadPlan.js';
import { runExperiment } from '../../dist/experiment/runExperiment.js';

const [spec, directory, numWorkers, ...overrides] = process.argv.slice(2);
const plan = await loadPlan(spec, overrides);
const start = performance.now();
const outcome = await runExperiment(plan, { directory, numWorkers: Number(numWorkers) });
if (outcome.state !== 'complete' || outcome.numFailed > 0) throw new Error(JSON.stringify(outcome));
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ seconds, gibibytes: process.resourceUsage().maxRSS / 2 ** 20 }));

// Runs experiments/fashion-pyrelational.yaml with one strategy and seed, once per line: plan, data, worker, records and all.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadPlan } from '../../../dist/experiment/loadPlan.js';
import { runExperiment } from '../../../dist/experiment/runExperiment.js';

const what = 'querybench-quickstart';
const print = (line) => process.stdout.write(`${JSON.stringify({ what, ...line })}\n`);
print({ ready: true, versions: { node: process.versions.node } });
for await (const _ of createInterface({ input: process.stdin })) {
  const directory = mkdtempSync(join(tmpdir(), 'querybench-bench-'));
  const start = performance.now();
  const plan = await loadPlan('experiments/fashion-pyrelational.yaml', ['strategy=margin', 'seed=0']);
  const outcome = await runExperiment(plan, { directory });
  const seconds = (performance.now() - start) / 1000;
  rmSync(directory, { recursive: true });
  if (outcome.state !== 'complete' || outcome.numFailed > 0) throw new Error(JSON.stringify(outcome));
  print({ samples: 50_000, seconds });
}

// `trainPacked.mjs REPLICAS STEPS`: the MLP on the tfjs engine's device node, REPLICAS of them as one program, on minibatches of
// 32 of 2,048 images each, in this process.
import { createInterface } from 'node:readline';
import { createEngine } from '../../../dist/engines/index.js';
import { fitStreams } from '../../../dist/learner/fitStreams.js';
import { createReplicaLearner } from '../../../dist/learner/replicaLearner.js';
import { randomImages } from './data.mjs';
import { models } from './models.mjs';

const [numReplicas, steps] = process.argv.slice(2).map(Number);
const engine = await createEngine('tfjs', 'node');
const dataset = randomImages(2048);
const { training, ...model } = models.mlp;
const config = { ...model, training: { ...training, stop: { rule: 'steps', steps } } };
const normalization = { scale: 1 / 255, shift: 0 };
const learner = await createReplicaLearner(engine, dataset, normalization, config, numReplicas);
const rows = Int32Array.from({ length: 2048 }, (_, i) => i);
const labels = Int32Array.from(dataset.labels);

async function repeat() {
  const requests = Array.from({ length: numReplicas }, (_, replica) => ({
    ...{ rows, labels, validation: { rows: new Int32Array(), labels: [] } },
    streams: fitStreams({ bench: 'fit', replica }),
  }));
  const { parameters } = await learner.fit(requests);
  for (const tensor of parameters) tensor.dispose();
  return numReplicas * steps * 32;
}

const print = (line) =>
  process.stdout.write(`${JSON.stringify({ what: 'querybench-train-packed', ...line })}\n`);
await repeat();
print({ ready: true, versions: engine.environment });
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const samples = await repeat();
  print({ samples, seconds: (performance.now() - start) / 1000 });
}
process.exit(0);

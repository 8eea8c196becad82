// TensorFlow.js layers on libtensorflow: `tfjs_train.mjs STEPS` trains the MLP by model.fit on minibatches of 32 of 2,048.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import util from 'node:util';

// Gone in Node 23; tfjs-node still calls it.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
// By NODE_PATH, which only this way of loading heeds.
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node');
const numSteps = Number(process.argv[2]);
const [numSamples, batchSize] = [2048, 32];
const numRows = Math.min(numSamples, numSteps * batchSize);
const x = tf.randomUniform([numRows, 784]);
const y = tf
  .oneHot(
    tf.tensor1d(
      Array.from({ length: numRows }, (_, i) => i % 10),
      'int32',
    ),
    10,
  )
  .toFloat();
const layers = [
  tf.layers.dense({ inputShape: [784], units: 128, activation: 'relu' }),
  tf.layers.dense({ units: 256, activation: 'relu' }),
  tf.layers.dense({ units: 10, activation: 'softmax' }),
];
const model = tf.sequential({ layers });
model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });

async function repeat() {
  const epochs = Math.ceil((numSteps * batchSize) / numRows);
  await model.fit(x, y, { batchSize, epochs, verbose: 0, yieldEvery: 'never' });
  return epochs * numRows;
}

const what = 'tfjs-train-mlp';
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
await repeat();
print({
  what,
  ready: true,
  versions: { 'tfjs-node': tf.version['tfjs-node'] ?? tf.version.tfjs, node: process.version },
});
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const samples = await repeat();
  print({ what, samples, seconds: (performance.now() - start) / 1000 });
}
process.exit(0);

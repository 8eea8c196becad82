// Training the MLP 784-128-256-10 (Adam) and a small CNN (SGD with momentum) on minibatches of 32, all cores busy.
import { availableParallelism } from 'node:os';
import { compare } from './compare.mjs';
import { jax, ours, oursOnTfjsNode, tfjsNode, torch } from './sides.mjs';

const numCores = availableParallelism();
const detail = (rival) => `querybench: learner.fit in ${numCores} worker threads; ${rival}`;

export async function* mlp(repetitions = 9) {
  const what = 'MLP training, batch 32';
  // Repetitions of about a second on either side.
  const side = ours('train.mjs', 'mlp', 2048, numCores);
  const eager = `PyTorch eager: ${numCores} processes of one thread`;
  const rival = torch(numCores, 'torch_train.py', 'mlp', 1024);
  yield compare({ what, ours: side, rival, goal: 2.2, detail: detail(eager) }, repetitions);
  const scan = 'JAX: jit + scan, vmap over 8 replicas, one process with its threads';
  yield compare(
    { what, ours: side, rival: jax('jax_train.py', 8, 512), goal: 1.1, detail: detail(scan) },
    repetitions,
  );
  const layers = 'tfjs-node: LayersModel.fit, one process with its threads';
  yield compare(
    { what, ours: side, rival: tfjsNode('tfjs_train.mjs', 128), goal: 20, detail: detail(layers) },
    repetitions,
  );
}

export async function* cnn(repetitions = 9) {
  const what = 'CNN training, batch 32';
  const side = ours('train.mjs', 'cnn', 32, numCores);
  const eager = `PyTorch eager: ${numCores} processes of one thread`;
  const rival = torch(numCores, 'torch_train.py', 'cnn', 32);
  yield compare({ what, ours: side, rival, goal: 1, detail: detail(eager) }, repetitions);
}

/** Time per replica and step is batch size over samples per second: the ratio is the same. */
export async function* tfjs(repetitions = 9) {
  const numReplicas = 16;
  const side = oursOnTfjsNode('trainPacked.mjs', numReplicas, 256);
  const detail = `querybench: ${numReplicas} replicas as one program on the tfjs engine's device node, one process; tfjs-node: LayersModel.fit, one process; each with ${numCores} threads`;
  const what = 'MLP training on tfjs-node, batch 32';
  yield compare({ what, ours: side, rival: tfjsNode('tfjs_train.mjs', 256), goal: 8, detail }, repetitions);
}

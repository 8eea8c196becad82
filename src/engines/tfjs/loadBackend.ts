/** Loads TensorFlow.js with the backend of a device. */
import { freemem } from 'node:os';
import type * as TensorFlow from '@tensorflow/tfjs-core';
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import type { Packing } from '../engine.ts';
import { gpuPacking } from '../gpuPacking.ts';
import type { Backend } from './backend.ts';
import { requireTfjsNode } from './requireTfjsNode.ts';

type Tf = typeof TensorFlow;

/** Throws `UserError("device-unavailable")`. */
export async function loadBackend(device: string): Promise<Backend> {
  if (device === 'cpu') return loadPlainBackend();
  const { tf, native, environment } = requireTfjsNode(device === 'node-gpu' ? 'tfjs-node-gpu' : 'tfjs-node');
  await tf.setBackend('tensorflow');
  const attributes = [{ name: 'T', type: native.binding.TF_ATTR_TYPE, value: native.binding.TF_FLOAT }];
  return {
    ...callsInto(tf, 'tensorflow'),
    ...{ device, environment, packing: device === 'node-gpu' ? await gpuPacking() : cpuPacking() },
    logSoftmax: (x) => native.executeSingleOutput('LogSoftmax', attributes, [x]),
  };
}

/**
 * Beyond 16 networks a step of a small one is bound by arithmetic, no longer by the number of calls; see CONTRIBUTING.md
 * ("TensorFlow.js").
 */
const cpuPacking = (): Packing => ({ mostReplicas: 16, memoryBytes: freemem() / 2, rowsPerRun: 4096 });

async function loadPlainBackend(): Promise<Backend> {
  const tf = await import('@tensorflow/tfjs-core');
  tf.enableProdMode(); // without it, the backend advises people on Node to use another one
  const { version_cpu } = await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return {
    ...callsInto(tf, 'cpu'),
    ...{ device: 'cpu', environment: { tfjs: version_cpu } },
    logSoftmax: (x) => tf.tidy(() => tf.logSoftmax(x, -1)),
  };
}

function callsInto(tf: Tf, name: string): Pick<Backend, 'activate' | 'call' | 'callForMany' | 'tensor'> {
  const engine = tf.engine();
  return {
    activate() {
      // Loaded already, so it takes effect at once; the promise has nothing left to tell.
      if (engine.backendName !== name) void tf.setBackend(name);
    },
    call: (kernel, inputs, attributes) =>
      engine.runKernel<Tensor>(kernel, inputs as NamedTensorMap, attributes),
    callForMany: (kernel, inputs, attributes) => engine.runKernel<Tensor[]>(kernel, inputs, attributes),
    tensor: (values, shape) =>
      engine.makeTensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32'),
  };
}

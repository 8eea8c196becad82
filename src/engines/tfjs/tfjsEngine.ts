/**
 * The TensorFlow.js engine: the graph interpreted call by call. A call costs about as much as the arithmetic of a small
 * network, so its worth shows with many replicas packed into one program, who share every call.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Program } from '../../tensor/program.ts';
import { bindShape } from '../../tensor/shape.ts';
import { asDeviceFailure } from '../deviceFailed.ts';
import type { DeviceTensor, Engine, Executable } from '../engine.ts';
import { inputTensor } from '../inputTensor.ts';
import type { Backend } from './backend.ts';
import { loadBackend } from './loadBackend.ts';
import { planBlock } from './planBlock.ts';
import { runBlock } from './runBlock.ts';
import { TfjsTensor } from './tfjsTensor.ts';

/** @param device `cpu`, `node` or `node-gpu`. Throws `UserError("device-unavailable")`. */
export async function createTfjsEngine(device: string): Promise<Engine> {
  const backend = await loadBackend(device);
  return {
    name: 'tfjs',
    device,
    environment: { engine: 'tfjs', device, ...backend.environment },
    ...(backend.packing && { packing: backend.packing }),
    upload: ({ dtype, shape, data }) => new TfjsTensor(backend, dtype, shape, data),
    compile: async (program) => compile(program, backend),
  };
}

function compile({ inputs, outputs }: Program, backend: Backend): Executable {
  backend.activate();
  const constants: Tensor[] = [];
  const block = planBlock({
    roots: Object.values(outputs),
    owned: [],
    borrowed: inputs,
    backend,
    constantOf: ({ data, shape }) => {
      const tensor = backend.tensor(data, shape as readonly number[]);
      constants.push(tensor);
      return tensor;
    },
  });
  return {
    async run(given) {
      const sizes = new Map<string, number>();
      const tensors = inputs.map((node) => inputTensor(given, node));
      for (const [i, { name, shape }] of inputs.entries()) {
        bindShape(name, shape, tensors[i]?.shape ?? [], sizes);
      }
      const values = await Promise.all(tensors.map((tensor) => adopt(tensor, backend)));
      backend.activate();
      try {
        const results = await runBlock(block, values, { sizes, backend });
        return Object.fromEntries(
          Object.entries(outputs).map(([name, { dtype }], i) => {
            const tensor = results[i] as Tensor;
            return [name, new TfjsTensor(backend, dtype, tensor.shape, tensor)];
          }),
        );
      } catch (error) {
        throw asDeviceFailure(backend.device, error);
      } finally {
        for (const value of values) if (!tensors.includes(value)) value.dispose();
      }
    },
    async dispose() {
      for (const tensor of constants.splice(0)) tensor.dispose();
    },
  };
}

/** The tensor itself, or a copy of what another engine computed. */
async function adopt(tensor: DeviceTensor, backend: Backend): Promise<TfjsTensor> {
  if (tensor instanceof TfjsTensor) return tensor;
  const { dtype, shape, data } = await tensor.read();
  return new TfjsTensor(backend, dtype, shape, data);
}

/**
 * Copies between the host and the WebGPU device: tiny sessions, because the runtime's own way down,
 * `Tensor.getData()`, ends the process in version 1.30.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DType } from '../../tensor/node.ts';
import type { HostTensor, TypedArray } from '../engine.ts';
import type { Transfer } from './gpuTensor.ts';
import type { Runtime } from './loadRuntime.ts';
import { type OnnxGraph, writeOnnxModel } from './onnxModel.ts';

export function createTransfer(
  { InferenceSession, Tensor }: Runtime,
  options: InferenceSession.SessionOptions,
): Transfer {
  const sessions = new Map<string, Promise<InferenceSession>>();
  const wrap = ({ dtype, shape, data }: HostTensor): Tensor => new Tensor(dtype, data as Float32Array, shape);
  async function copy(tensor: Tensor, location: 'cpu' | 'gpu-buffer'): Promise<Tensor> {
    const [dtype, rank] = [tensor.type as DType, tensor.dims.length];
    const key = `${location} ${dtype} ${rank}`;
    const session =
      sessions.get(key) ??
      InferenceSession.create(writeOnnxModel(copyGraph(dtype, rank), 'querybench'), {
        ...{ ...options, preferredOutputLocation: location },
      });
    sessions.set(key, session);
    const { y } = await (await session).run({ x: tensor });
    return y as Tensor;
  }
  return {
    wrap,
    upload: (host) => copy(wrap(host), 'gpu-buffer'),
    download: async (tensor) => (await (await copy(tensor, 'cpu')).getData()) as TypedArray,
  };
}

/** `Reshape` to what it was, where 0 stands for "as before": the one operator that takes every type. */
function copyGraph(dtype: DType, rank: number): OnnxGraph {
  const shape = Array.from({ length: rank }, (_, axis) => `size${axis}`);
  const data = new BigInt64Array(rank);
  return {
    name: 'copy',
    nodes: [{ type: 'Reshape', domain: '', inputs: ['x', 'same'], outputs: ['y'], attributes: {} }],
    initializers: [{ name: 'same', type: 'int64', shape: [rank], data }],
    inputs: [{ name: 'x', type: dtype, shape }],
    outputs: [{ name: 'y', type: dtype, shape }],
  };
}

/** Engines whose provider has loops, so that a whole program is one session: the CPU's and CUDA's. */
import type { Tensor } from 'onnxruntime-node';
import type { DType } from '../../tensor/node.ts';
import { bindShape } from '../../tensor/shape.ts';
import { asDeviceFailure } from '../deviceFailed.ts';
import type { DeviceTensor, Engine, HostTensor, TypedArray } from '../engine.ts';
import { inputTensor } from '../inputTensor.ts';
import { cpuKernels, cudaKernels } from './kernelSet.ts';
import type { Runtime } from './loadRuntime.ts';
import { lowerProgram, outputName } from './lowerProgram.ts';
import { writeOnnxModel } from './onnxModel.ts';
import { sessionOptions } from './sessionOptions.ts';

export interface SessionEngineOptions {
  readonly device: 'cpu' | 'cuda';
  readonly environment: Engine['environment'];
}

/** With CUDA the runtime's Node binding returns results to the host after each run; within one they stay on the device. */
export function createSessionEngine(
  { InferenceSession, Tensor }: Runtime,
  { device, environment }: SessionEngineOptions,
): Engine {
  const kernels = device === 'cuda' ? cudaKernels : cpuKernels;
  const upload = ({ dtype, shape, data }: HostTensor): OnnxTensor =>
    new OnnxTensor(new Tensor(dtype, data as Float32Array, shape), dtype);
  const guarded = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw device === 'cpu' ? error : asDeviceFailure(device, error);
    });
  return {
    ...{ name: 'onnx', device, environment, upload },
    async compile(program) {
      const model = writeOnnxModel(lowerProgram(program, kernels), 'querybench');
      const session = await guarded(InferenceSession.create(model, sessionOptions(device)));
      return {
        async run(given) {
          const feeds: Record<string, Tensor> = {};
          const sizes = new Map<string, number>();
          for (const node of program.inputs) {
            const tensor = inputTensor(given, node);
            bindShape(node.name, node.shape, tensor.shape, sizes);
            feeds[node.name] =
              tensor instanceof OnnxTensor ? tensor.tensor : upload(await tensor.read()).tensor;
          }
          const results = await guarded(session.run(feeds));
          return Object.fromEntries(
            Object.entries(program.outputs).map(([name, node]) => [
              name,
              new OnnxTensor(results[outputName(name)] as Tensor, node.dtype),
            ]),
          );
        },
        dispose: () => session.release(),
      };
    },
  };
}

class OnnxTensor implements DeviceTensor {
  readonly tensor: Tensor;
  readonly dtype: DType;

  constructor(tensor: Tensor, dtype: DType) {
    this.tensor = tensor;
    this.dtype = dtype;
  }

  get shape(): readonly number[] {
    return this.tensor.dims;
  }

  async read(): Promise<HostTensor> {
    return { dtype: this.dtype, shape: this.shape, data: (await this.tensor.getData()) as TypedArray };
  }

  dispose(): void {
    this.tensor.dispose();
  }
}

/** The ONNX Runtime engine: one program, one native session. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DType } from '../../tensor/node.ts';
import { bindShape } from '../../tensor/shape.ts';
import type { DeviceTensor, Engine, HostTensor, TypedArray } from '../engine.ts';
import { inputTensor } from '../inputTensor.ts';
import { lowerProgram, outputName } from './lowerProgram.ts';
import { writeOnnxModel } from './onnxModel.ts';

/**
 * Loads the native runtime. One thread per session: parallelism is one engine per worker thread. More only where a
 * process has the machine to itself and computes in one place.
 */
export async function createOnnxEngine({ numThreads = 1 } = {}): Promise<Engine> {
  const { InferenceSession, Tensor, env } = await import('onnxruntime-node');
  const upload = ({ dtype, shape, data }: HostTensor): OnnxTensor =>
    new OnnxTensor(new Tensor(dtype, data as Float32Array, shape), dtype);
  return {
    name: 'onnx',
    device: 'cpu',
    environment: { engine: 'onnx', device: 'cpu', onnxruntime: env.versions.node ?? env.versions.common },
    upload,
    async compile(program) {
      const model = writeOnnxModel(lowerProgram(program), 'querybench');
      const session = await InferenceSession.create(model, {
        ...sessionOptions,
        intraOpNumThreads: numThreads,
      });
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
          const results = await session.run(feeds);
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

const sessionOptions: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  interOpNumThreads: 1,
  // Errors are thrown; warnings about fallbacks on the CPU say nothing a user could act on.
  logSeverityLevel: 3,
  // Adam's second moment underflows to denormal numbers, which double the time of a step.
  extra: { session: { set_denormal_as_zero: '1' } },
};

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

/** The engine on the device "webgpu": any GPU with a Vulkan, Metal or Direct3D 12 driver. */
import { asDeviceFailure } from '../deviceFailed.ts';
import type { DeviceTensor, Engine, Executable } from '../engine.ts';
import { fromHost, type GpuTensor } from './gpuTensor.ts';
import { webgpuKernels } from './kernelSet.ts';
import type { Runtime } from './loadRuntime.ts';
import { writeOnnxModel } from './onnxModel.ts';
import { sessionOptions } from './sessionOptions.ts';
import { compileStepped, type SteppedDevice } from './steppedExecutable.ts';
import { createTransfer } from './webgpuTransfer.ts';

/** Steps in one graph: see CONTRIBUTING.md ("GPU"). */
const UNROLLED_STEPS = 8;

export function createWebgpuEngine(runtime: Runtime, environment: Engine['environment']): Engine {
  const options = sessionOptions('webgpu');
  const transfer = createTransfer(runtime, options);
  const device: SteppedDevice = {
    ...{ kernels: webgpuKernels, transfer, unrolledSteps: UNROLLED_STEPS },
    createSession: (graph) =>
      runtime.InferenceSession.create(writeOnnxModel(graph, 'querybench'), {
        ...options,
        preferredOutputLocation: 'gpu-buffer',
      }),
  };
  return {
    ...{ name: 'onnx', device: 'webgpu', environment },
    upload: (tensor) => guardedTensor(fromHost(tensor, transfer)),
    compile: (program) => guarded(compileStepped(program, device)).then(guardedExecutable),
  };
}

/** Names a failure of the device as such. */
const guarded = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw asDeviceFailure('webgpu', error);
  });

const guardedTensor = (tensor: GpuTensor): GpuTensor => ({ ...tensor, read: () => guarded(tensor.read()) });

function guardedExecutable(executable: Executable): Executable {
  return {
    async run(inputs) {
      const results = await guarded(executable.run(inputs));
      const entries = Object.entries(results) as [string, DeviceTensor & GpuTensor][];
      return Object.fromEntries(entries.map(([name, tensor]) => [name, guardedTensor(tensor)]));
    },
    dispose: () => executable.dispose(),
  };
}

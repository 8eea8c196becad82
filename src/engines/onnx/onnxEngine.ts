/** The ONNX Runtime engine: one program, one native session; on the device "webgpu" a few of them. */
import type { Engine } from '../engine.ts';
import { gpuPacking } from '../gpuPacking.ts';
import { chooseDevice, hasGraphicsHardware } from './chooseDevice.ts';
import { createSessionEngine } from './sessionEngine.ts';
import type { OnnxDevice } from './sessionOptions.ts';
import { createWebgpuEngine } from './webgpuEngine.ts';

export interface OnnxEngineOptions {
  readonly device?: OnnxDevice | 'auto';
  /**
   * One thread per session by default: parallelism is one engine per worker thread. More only where a process has the
   * machine to itself and computes in one place.
   */
  readonly numThreads?: number;
}

/** Loads the native runtime. Throws `UserError("device-unavailable")` where this machine does not have the device. */
export async function createOnnxEngine({
  device = 'cpu',
  numThreads = 1,
}: OnnxEngineOptions = {}): Promise<Engine> {
  const runtime = await import('onnxruntime-node');
  const { chosen, reason } = await chooseDevice(runtime, device);
  const environment = {
    ...{ engine: 'onnx', device: chosen },
    ...(reason && { deviceChoice: reason }),
    ...(chosen === 'webgpu' && !hasGraphicsHardware() && { adapter: 'software: no graphics hardware found' }),
    onnxruntime: runtime.env.versions.node ?? runtime.env.versions.common,
  };
  const engine =
    chosen === 'webgpu'
      ? createWebgpuEngine(runtime, environment)
      : createSessionEngine(runtime, { device: chosen, numThreads, environment });
  return chosen === 'cpu' ? engine : { ...engine, packing: await gpuPacking() };
}

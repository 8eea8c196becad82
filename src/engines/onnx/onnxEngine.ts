/** The ONNX Runtime engine: one program, one native session; on the device "webgpu" a few of them. */
import type { Engine } from '../engine.ts';
import { gpuPacking } from '../gpuPacking.ts';
import { chooseDevice, hasGraphicsHardware } from './chooseDevice.ts';
import { loadRuntime } from './loadRuntime.ts';
import { createSessionEngine } from './sessionEngine.ts';
import type { OnnxDevice } from './sessionOptions.ts';
import { createWebgpuEngine } from './webgpuEngine.ts';

export interface OnnxEngineOptions {
  readonly device?: OnnxDevice | 'auto';
}

/** Loads the native runtime. Throws `UserError("device-unavailable")` where this machine does not have the device. */
export async function createOnnxEngine({ device = 'cpu' }: OnnxEngineOptions = {}): Promise<Engine> {
  const runtime = await loadRuntime();
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
      : createSessionEngine(runtime, { device: chosen, environment });
  return chosen === 'cpu' ? engine : { ...engine, packing: await gpuPacking() };
}

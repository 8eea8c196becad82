/** Whether this machine has the device that was asked for, and which one is the best that it has. */
import { existsSync } from 'node:fs';
import { UserError } from '../../foundation/userError.ts';
import { missingCudaFiles } from './cudaProvider.ts';
import type { Runtime } from './loadRuntime.ts';
import { writeOnnxModel } from './onnxModel.ts';
import { type OnnxDevice, sessionOptions } from './sessionOptions.ts';

export interface DeviceChoice {
  readonly chosen: OnnxDevice;
  /** Why `auto` came to it. */
  readonly reason?: string;
}

const remedies: Readonly<Record<Exclude<OnnxDevice, 'cpu'>, string>> = {
  webgpu:
    'It needs a GPU driver: on Linux one for Vulkan and libvulkan1, on macOS and Windows the system’s own. Else use the device "cpu".',
  cuda: 'It needs an NVIDIA driver and the CUDA provider, which scripts/install-cuda.sh installs and checks. Else use "webgpu" or "cpu".',
};

/** Throws `UserError("device-unavailable")`, never for `auto`. */
export async function chooseDevice(runtime: Runtime, device: OnnxDevice | 'auto'): Promise<DeviceChoice> {
  if (device === 'cpu') return { chosen: device };
  if (device !== 'auto') {
    const problem = await deviceProblem(runtime, device);
    if (problem === undefined) return { chosen: device };
    throw new UserError(
      'device-unavailable',
      `The device "${device}" must be there and is not: ${problem} ${remedies[device]}`,
    );
  }
  const cuda = await deviceProblem(runtime, 'cuda');
  if (cuda === undefined) return { chosen: 'cuda', reason: 'auto: cuda works here' };
  if (!hasGraphicsHardware()) {
    return { chosen: 'cpu', reason: 'auto: no CUDA and no graphics hardware' };
  }
  const webgpu = await deviceProblem(runtime, 'webgpu');
  return webgpu === undefined
    ? { chosen: 'webgpu', reason: 'auto: webgpu works here, CUDA does not' }
    : { chosen: 'cpu', reason: 'auto: neither CUDA nor WebGPU works here' };
}

/** Why the device cannot be used, in one sentence; undefined where it just computed something. */
async function deviceProblem(
  { InferenceSession, Tensor }: Runtime,
  device: Exclude<OnnxDevice, 'cpu'>,
): Promise<string | undefined> {
  if (device === 'cuda') {
    // Asked for without these, the runtime complains on standard error by itself.
    const { folder, missing } = missingCudaFiles();
    if (missing.length > 0) return `${folder} lacks ${missing.join(' and ')}.`;
  }
  const x = { name: 'x', type: 'float32', shape: [1] } as const;
  const node = { type: 'Add', domain: '', inputs: ['x', 'x'], outputs: ['y'], attributes: {} } as const;
  const graph = {
    name: 'probe',
    nodes: [node],
    initializers: [],
    inputs: [x],
    outputs: [{ ...x, name: 'y' }],
  };
  try {
    const session = await InferenceSession.create(
      writeOnnxModel(graph, 'querybench'),
      sessionOptions(device),
    );
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(2), [1]) });
    await session.release();
    return y?.data[0] === 4 ? undefined : `It computed 2 + 2 = ${y?.data[0]}.`;
  } catch (error) {
    return `${lastSentence(error instanceof Error ? error.message : String(error))}.`;
  }
}

/** Of a native error, whose first lines are source files and signatures. */
const lastSentence = (message: string): string =>
  (message.trim().split(/\n/).at(-1) ?? message).replace(/^.*was false\.\s*/, '').replace(/\.+$/, '');

/**
 * Whether a GPU is there for WebGPU to find: the runtime does not say whether its adapter is software, such as SwiftShader.
 * Elsewhere than on Linux the system's own driver is taken to be one for hardware.
 */
export function hasGraphicsHardware(): boolean {
  if (process.platform !== 'linux') return true;
  return ['/dev/dri/renderD128', '/dev/nvidia0', '/dev/dxg'].some((path) => existsSync(path));
}

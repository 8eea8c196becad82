/** The registry of engines and the devices that each computes on. Heavy ones load when asked for. */
import { lookUp, unknownName } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import type { Engine } from './engine.ts';
import type { OnnxDevice } from './onnx/sessionOptions.ts';

/** What a worker must be, so that several compute side by side: some native libraries do not survive threads. */
export type Isolation = 'thread' | 'process';

export interface EngineEntry {
  readonly description: string;
  /** Where it can compute; the first is the default. Whether this machine has one shows when the engine is created. */
  readonly devices: readonly [string, ...string[]];
  readonly isolation: Isolation;
  /** Throws `UserError("device-unavailable")`: what is missing on this machine, and how to get it. */
  create(device: string): Promise<Engine>;
}

/** Explicit: an engine's name is its key. */
export const engines: Readonly<Record<string, EngineEntry>> = {
  onnx: {
    description: 'ONNX Runtime: whole training runs as one native program (default)',
    devices: ['cpu', 'webgpu', 'cuda', 'auto'],
    isolation: 'thread',
    create: async (device) =>
      (await import('./onnx/onnxEngine.ts')).createOnnxEngine({ device: device as OnnxDevice | 'auto' }),
  },
  tfjs: {
    description:
      'TensorFlow.js, call by call; devices node and node-gpu need its packages installed (see README)',
    devices: ['cpu', 'node', 'node-gpu'],
    isolation: 'process',
    create: async (device) => (await import('./tfjs/tfjsEngine.ts')).createTfjsEngine(device),
  },
  reference: {
    description: 'plain TypeScript, hundreds of times slower: what the other engines are tested against',
    devices: ['cpu'],
    isolation: 'thread',
    create: async () => (await import('./reference/referenceEngine.ts')).referenceEngine,
  },
};

/** On the engine's default device where none is named. Throws `UserError`: "unknown-name" and what `create` throws. */
export async function createEngine(name: string, device?: string): Promise<Engine> {
  const { devices, create } = lookUp('engine', engines, name);
  const chosen = device ?? devices[0];
  if (!devices.includes(chosen)) {
    throw new UserError('unknown-name', unknownName(`device of engine "${name}"`, chosen, devices));
  }
  return create(chosen);
}

/** Throws `UserError("unknown-name")`. */
export function isolationOf(name: string): Isolation {
  return lookUp('engine', engines, name).isolation;
}

/** Every processor core is a device of its own, while all workers on a GPU share that one. */
const devicesOnCores: readonly string[] = ['cpu', 'node'];

/** Whether more workers than one make a run faster: see `devicesOnCores`. */
export const computesOnCores = ({ device }: Pick<Engine, 'device'>): boolean =>
  devicesOnCores.includes(device);

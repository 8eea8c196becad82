/**
 * Loads `@tensorflow/tfjs-node` or `-node-gpu`, which the user installs: their install step fetches a libtensorflow, so they
 * cannot be plain dependencies.
 */
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-core';
import { UserError } from '../../foundation/userError.ts';

type Attribute = { readonly name: string; readonly type: number; readonly value: number };

/** What its backend offers beyond the kernels: any operation of libtensorflow by name. */
interface NativeBackend {
  readonly binding: Readonly<Record<'TF_ATTR_TYPE' | 'TF_FLOAT', number>> & { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
  executeSingleOutput(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorFlow.Tensor[],
  ): TensorFlow.Tensor;
}

type TfjsNode = typeof TensorFlow & { readonly version: Readonly<Record<string, string>> };

export interface LoadedTfjsNode {
  readonly tf: typeof TensorFlow;
  readonly native: NativeBackend;
  readonly environment: Readonly<Record<string, string>>;
}

/** libtensorflow reads these when it is loaded; what the user has set stays. */
const settings: Readonly<Record<string, string>> = {
  // All of a GPU's memory would be taken at once, and nothing left for a second worker.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  TF_DETERMINISTIC_OPS: '1',
  TF_CUDNN_DETERMINISTIC: '1',
  // Workers are one per core; and how many threads share a sum may show in its last bit.
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  // Warnings about missing GPUs and unused instruction sets say nothing that a user could act on.
  TF_CPP_MIN_LOG_LEVEL: '2',
};

/** Throws `UserError("device-unavailable")`: what is missing and the commands that get it. */
export function requireTfjsNode(name: 'tfjs-node' | 'tfjs-node-gpu'): LoadedTfjsNode {
  for (const [variable, value] of Object.entries(settings)) process.env[variable] ??= value;
  restoreRemovedUtilities();
  const tf = load(name);
  tf.enableProdMode();
  const native = tf.findBackend('tensorflow') as unknown as NativeBackend;
  if (name === 'tfjs-node-gpu' && !native.isUsingGpuDevice) {
    throw new UserError(
      'device-unavailable',
      'The tfjs engine\'s device "node-gpu" needs a GPU, and its TensorFlow finds none that it can use. nvidia-smi shows ' +
        'what the driver sees, and TF_CPP_MIN_LOG_LEVEL=0 what TensorFlow misses. Or use --device node.',
    );
  }
  return {
    tf,
    native,
    environment: { [name]: tf.version['tfjs-node'] ?? '?', libtensorflow: native.binding.TF_Version },
  };
}

function load(name: string): TfjsNode {
  const require = createRequire(import.meta.url);
  try {
    return require(`@tensorflow/${name}`) as TfjsNode;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isAbsent = 'code' in error && error.code === 'MODULE_NOT_FOUND';
    throw unavailable(name, isAbsent ? 'it is not installed' : reasonOf(error), { cause: error });
  }
}

/** The first line: what follows is where it looked. */
function reasonOf({ message }: Error): string {
  return /native addon module.*can not be found/s.test(message)
    ? 'its native addon is not built'
    : `it does not load (${message.split('\n')[0]?.trim()})`;
}

function unavailable(name: string, reason: string, options?: ErrorOptions): UserError {
  const script = relative(
    process.cwd(),
    fileURLToPath(new URL('../../../scripts/build-tfjs-node.sh', import.meta.url)),
  );
  return new UserError(
    'device-unavailable',
    `The tfjs engine's device "${name.replace('tfjs-', '')}" needs the package @tensorflow/${name}, and ${reason}. ` +
      `Get it, on TensorFlow 2.18, by: npm install --no-save --ignore-scripts @tensorflow/${name}@4.22 && bash ${script} . ${name}  ` +
      `Or as published, on TensorFlow 2.9: npm install --no-save @tensorflow/${name}@4.22  Or use --device cpu.`,
    options,
  );
}

/** Node 23 removed functions of `util` that tfjs-node calls. */
function restoreRemovedUtilities(): void {
  const removed: Record<string, unknown> = {
    isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, f] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: f });
  }
}

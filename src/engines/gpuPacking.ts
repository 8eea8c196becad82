/** How many networks to train as one program on a GPU. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Packing } from './engine.ts';

/** Where nobody tells how much there is, as with WebGPU. A device that has less halves its packs. */
const ASSUMED_BYTES = 2 * 2 ** 30;
/** Of the memory that is free: the runtime keeps buffers for reuse. */
const USABLE_SHARE = 0.7;
const MOST_REPLICAS = 128;
/** Activations of a CNN at this many rows take some hundred MiB, below WebGPU's limit for one buffer. */
const ROWS_PER_RUN = 4096;

export async function gpuPacking(): Promise<Packing> {
  const free = await freeNvidiaBytes();
  return {
    memoryBytes: free === undefined ? ASSUMED_BYTES : free * USABLE_SHARE,
    mostReplicas: MOST_REPLICAS,
    rowsPerRun: ROWS_PER_RUN,
  };
}

/** Of the first GPU, which is the one that computes. */
async function freeNvidiaBytes(): Promise<number | undefined> {
  try {
    const query = ['--query-gpu=memory.free', '--format=csv,noheader,nounits', '--id=0'];
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: 10_000 });
    const mebibytes = Number.parseInt(stdout, 10);
    return Number.isFinite(mebibytes) ? mebibytes * 2 ** 20 : undefined;
  } catch {
    return undefined; // no NVIDIA driver
  }
}

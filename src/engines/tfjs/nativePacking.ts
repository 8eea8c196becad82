/** How many networks libtensorflow trains at once: each call into it costs the same for one as for many small ones. */
import { execFileSync } from 'node:child_process';
import { freemem } from 'node:os';
import type { Packing } from '../engine.ts';

export function nativePacking(isGpu: boolean): Packing {
  return {
    // On a CPU, more no longer fit its cache, and a step is bound by arithmetic by then; see CONTRIBUTING.md ("TensorFlow.js").
    mostReplicas: isGpu ? 128 : 16,
    memoryBytes: (isGpu ? freeGpuBytes() : freemem()) / 2,
    rowsPerRun: 4096,
  };
}

/** TensorFlow.js does not tell. */
function freeGpuBytes(): number {
  const query = ['--query-gpu=memory.free', '--format=csv,noheader,nounits'];
  try {
    const [mebibytes] = execFileSync('nvidia-smi', query, { encoding: 'utf8' }).split('\n');
    return Number(mebibytes) * 2 ** 20 || cautious;
  } catch {
    return cautious;
  }
}

/** What the smallest of GPUs has: a pack that does not fit is halved, but the attempt costs time. */
const cautious = 2 ** 31;

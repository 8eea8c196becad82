/**
 * What an execution provider has kernels for. Lowering asks here, and writes an operation in other ones where a kernel is
 * missing: a node that fell back to the CPU in mid-step would carry its tensors over the bus and back at every step.
 */

export interface KernelSet {
  /** Loops inside a graph. Without: steps are unrolled, and the host runs them again and again (`steppedProgram.ts`). */
  readonly scan: boolean;
  /** Products of transposed matrices in one kernel. */
  readonly fusedMatMul: boolean;
  readonly logSoftmax: boolean;
  readonly sign: boolean;
  /** Its result is int64. */
  readonly argMax: boolean;
  /** `MaxPool` with indices and `MaxUnpool`. */
  readonly maxUnpool: boolean;
}

export const cpuKernels: KernelSet = {
  scan: true,
  fusedMatMul: true,
  logSoftmax: true,
  sign: true,
  argMax: true,
  maxUnpool: true,
};

/**
 * From memory of ONNX Runtime's table of kernels, where `MaxUnpool` is the CPU's alone; no CUDA device was there to try any
 * of it on.
 */
export const cudaKernels: KernelSet = { ...cpuKernels, maxUnpool: false };

/** Every operator that lowering uses was tried on the provider of ONNX Runtime 1.30, one by one. */
export const webgpuKernels: KernelSet = {
  scan: false,
  fusedMatMul: false,
  logSoftmax: false,
  sign: false,
  argMax: false,
  maxUnpool: false,
};

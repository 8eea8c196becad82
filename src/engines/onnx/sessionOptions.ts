/** How sessions are set up on each device. */
import type { InferenceSession } from 'onnxruntime-node';

export type OnnxDevice = 'cpu' | 'webgpu' | 'cuda';

/**
 * In its default layout, channels last, the provider of ONNX Runtime 1.30 convolves wrongly where the input's channels are
 * no multiple of 4 and the output's are, and in some grouped cases: see `test/tensor/graphCases.ts`.
 */
const webgpu: InferenceSession.WebGpuExecutionProviderOption = {
  name: 'webgpu',
  preferredLayout: 'NCHW',
};

export function sessionOptions(device: OnnxDevice): InferenceSession.SessionOptions {
  return {
    executionProviders: [device === 'webgpu' ? webgpu : device],
    // Parallelism is one engine per worker. A second thread gained a selection nothing, and its bits would depend on it.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // Errors are thrown; warnings about fallbacks on the CPU say nothing a user could act on.
    logSeverityLevel: 3,
    extra: {
      session: {
        // Adam's second moment underflows to denormal numbers, which double the time of a step.
        set_denormal_as_zero: '1',
        // A node without a kernel is an error, for it would carry its tensors over the bus at every step.
        ...(device === 'webgpu' && { disable_cpu_ep_fallback: '1' }),
      },
    },
  };
}

/** How sessions are set up on each device. */
import type { InferenceSession } from 'onnxruntime-node';

export type OnnxDevice = 'cpu' | 'webgpu' | 'cuda';

export function sessionOptions(device: OnnxDevice, numThreads = 1): InferenceSession.SessionOptions {
  return {
    executionProviders: [device],
    intraOpNumThreads: numThreads,
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

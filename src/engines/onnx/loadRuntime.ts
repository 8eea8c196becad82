/** The native runtime, silent: its official builds report to their maker what they are used for unless told not to. */
export type Runtime = typeof import('onnxruntime-node');

/**
 * Names of models and devices are nobody else's business; a report's cache and log file per process are litter besides.
 * ONNX Runtime reads the variable once, at the first session of the process; a thread's own variables it does
 * not see, so that the main thread must load it first. What the user has set stays.
 */
export function loadRuntime(): Promise<Runtime> {
  process.env.ORT_DISABLE_TELEMETRY ??= '1';
  return import('onnxruntime-node');
}

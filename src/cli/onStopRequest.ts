/** Ctrl-C and `kill`: the first asks for a clean stop, the second ends the process at once. */

export interface StopRequest {
  readonly signal: AbortSignal;
  dispose(): void;
}

export function onStopRequest(announce: () => void): StopRequest {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    announce();
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    signal: controller.signal,
    dispose: () => void process.off('SIGINT', stop).off('SIGTERM', stop),
  };
}

/**
 * Ctrl-C and `kill`: the first asks for a clean stop, another ends the process at once, and by force: a thread inside
 * native code survives no orderly exit. What that leaves behind, the next run takes over.
 */

export interface StopRequest {
  readonly signal: AbortSignal;
  /** As if it had come from outside. */
  ask(): void;
  dispose(): void;
}

/** A terminal signals everybody and a parent such as npm passes it on: within this time it is one request. */
const SAME_REQUEST_MILLISECONDS = 500;

export function onStopRequest(announce: () => void): StopRequest {
  const controller = new AbortController();
  let askedAt = 0;
  const stop = (): void => {
    if (!controller.signal.aborted) {
      askedAt = performance.now();
      announce();
      controller.abort();
    } else if (performance.now() - askedAt > SAME_REQUEST_MILLISECONDS) process.kill(process.pid, 'SIGKILL');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    signal: controller.signal,
    ask: stop,
    dispose: () => void process.off('SIGINT', stop).off('SIGTERM', stop),
  };
}

/** Resolves at the first request; another one, later, ends the process by force. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const { signal } = onStopRequest(() => undefined);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

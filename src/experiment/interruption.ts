/** A request to stop that reaches worker threads while they compute: a flag in shared memory. */

/** Thrown where a trial notices the request; its finished rounds are stored already. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface InterruptionFlag {
  readonly memory: SharedArrayBuffer;
  request(): void;
  isRequested(): boolean;
  /** Throws `Interrupted` once `request` was called, in whichever thread. */
  check(): void;
}

/** Pass `memory` to a thread to make the same flag there. */
export function interruptionFlag(memory = new SharedArrayBuffer(4)): InterruptionFlag {
  const flag = new Int32Array(memory);
  const isRequested = (): boolean => Atomics.load(flag, 0) === 1;
  return {
    memory,
    isRequested,
    request() {
      Atomics.store(flag, 0, 1);
    },
    check() {
      if (isRequested()) throw new Interrupted('The run was interrupted.');
    },
  };
}

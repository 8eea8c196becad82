/** The main thread's end of a worker, whatever carries its messages. */
import { DeviceFailed } from '../engines/deviceFailed.ts';
import type { Isolation } from '../engines/index.ts';
import type { RoundRecord, TrialFooter } from '../store/record.ts';
import { Interrupted } from './interruption.ts';
import { startProcess } from './processTransport.ts';
import { startThread } from './threadTransport.ts';
import type { PackTask, WorkerReply, WorkerSetup } from './workerMessages.ts';
import type { StartTransport } from './workerTransport.ts';

/** Sees what becomes of a pack's trials, as it comes. */
export interface PackListener {
  onRound(trialId: string, record: RoundRecord): void;
  onEnd(trialId: string, footer: TrialFooter): void;
  onModel(trialId: string, bytes: Uint8Array): void;
}

export interface TrialWorker {
  /**
   * Runs a pack of trials. Throws `Interrupted`, `DeviceFailed`, what `listener` threw, or what crashed the worker; in any
   * case only once the worker computes nothing any more.
   */
  run(task: PackTask, listener: PackListener): Promise<void>;
  /** For an idle worker only: a thread that is ended inside native code takes the whole process with it. */
  terminate(): Promise<void>;
}

const transports: Readonly<Record<Isolation, StartTransport>> = {
  thread: startThread,
  process: startProcess,
};

/** @param interruption stops the worker between two training runs */
export function startTrialWorker(
  setup: WorkerSetup,
  isolation: Isolation,
  interruption: AbortSignal,
): TrialWorker {
  const worker = transports[isolation](setup, interruption);
  return {
    run: (task, listener) =>
      new Promise((resolve, reject) => {
        /** E.g. a full disk. */
        let failure: { readonly error: unknown } | undefined;
        const attempt = (work: () => void): void => {
          try {
            if (failure === undefined) work();
          } catch (error) {
            failure = { error };
          }
        };
        const settle = (error?: Error): void => {
          if (failure !== undefined) reject(failure.error);
          else if (error !== undefined) reject(error);
          else resolve();
        };
        worker.failure.then(settle);
        worker.onReply((message) => {
          if (message.kind === 'round') attempt(() => listener.onRound(message.id, message.record));
          else if (message.kind === 'model') attempt(() => listener.onModel(message.id, message.bytes));
          else if (message.kind === 'end') attempt(() => listener.onEnd(message.id, message.footer));
          else settle(errorOf(message));
        });
        worker.post(task);
      }),
    terminate: worker.terminate,
  };
}

/** What ended a pack, none where it came to its end. */
function errorOf(message: Exclude<WorkerReply, { kind: 'round' | 'end' | 'model' }>): Error | undefined {
  switch (message.kind) {
    case 'packEnd':
      return undefined;
    case 'interrupted':
      return new Interrupted('The run was interrupted.');
    case 'deviceFailed':
      return new DeviceFailed(message.device, message.failure, new Error(message.message));
    case 'crash': {
      // With the stack it had in the worker.
      const error = new Error(message.message);
      error.stack = message.stack;
      return error;
    }
  }
}

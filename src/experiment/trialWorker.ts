/** The main thread's end of a worker, whatever carries its messages. */
import type { Isolation } from '../engines/index.ts';
import type { RoundRecord, TrialFooter } from '../store/record.ts';
import { Interrupted } from './interruption.ts';
import { startProcess } from './processTransport.ts';
import { startThread } from './threadTransport.ts';
import type { TrialTask, WorkerReply, WorkerSetup } from './workerMessages.ts';
import type { StartTransport } from './workerTransport.ts';

export interface TrialWorker {
  /**
   * Runs one trial; `onRound` sees each record as it comes. Throws `Interrupted`, what `onRound` threw, or what crashed
   * the worker; in any case only once the worker computes nothing any more.
   */
  run(task: TrialTask, onRound: (record: RoundRecord) => void): Promise<TrialFooter>;
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
    run: (task, onRound) =>
      new Promise((resolve, reject) => {
        /** E.g. a full disk. */
        let failure: { readonly error: unknown } | undefined;
        const settle = (finish: () => void): void => {
          if (failure === undefined) finish();
          else reject(failure.error);
        };
        worker.failure.then((error) => settle(() => reject(error)));
        worker.onReply((message) => {
          if (message.kind === 'round') {
            try {
              if (failure === undefined) onRound(message.record);
            } catch (error) {
              failure = { error };
            }
          } else if (message.kind === 'end') settle(() => resolve(message.footer));
          else if (message.kind === 'interrupted') {
            settle(() => reject(new Interrupted('The run was interrupted.')));
          } else settle(() => reject(crash(message)));
        });
        worker.post(task);
      }),
    terminate: worker.terminate,
  };
}

/** An error of the worker's, with the stack it had there. */
function crash({ message, stack }: Extract<WorkerReply, { kind: 'crash' }>): Error {
  const error = new Error(message);
  error.stack = stack;
  return error;
}

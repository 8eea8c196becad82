/** The main thread's end of a worker thread. */
import { Worker } from 'node:worker_threads';
import type { RoundRecord, TrialFooter } from '../store/record.ts';
import { Interrupted } from './interruption.ts';
import type { TrialTask, WorkerReply, WorkerSetup } from './workerMessages.ts';

export interface TrialWorker {
  /**
   * Runs one trial; `onRound` sees each record as it comes. Throws `Interrupted`, what `onRound` threw, or what crashed
   * the worker; in any case only once the thread computes nothing any more.
   */
  run(task: TrialTask, onRound: (record: RoundRecord) => void): Promise<TrialFooter>;
  /** For an idle thread only: one that is ended inside native code takes the whole process with it. */
  terminate(): Promise<void>;
}

export function startTrialWorker(setup: WorkerSetup): TrialWorker {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: setup });
  return {
    run: (task, onRound) =>
      new Promise((resolve, reject) => {
        /** E.g. a full disk. */
        let failure: { readonly error: unknown } | undefined;
        const settle = (finish: () => void): void => {
          worker.off('message', onMessage).off('error', onError).off('exit', onExit);
          if (failure === undefined) finish();
          else reject(failure.error);
        };
        const onError = (error: Error): void => settle(() => reject(error));
        const onExit = (code: number): void =>
          settle(() => reject(new Error(`A worker thread ended unasked with code ${code}.`)));
        const onMessage = (message: WorkerReply): void => {
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
        };
        worker.on('message', onMessage).once('error', onError).once('exit', onExit);
        worker.postMessage(task);
      }),
    async terminate() {
      await worker.terminate();
    },
  };
}

/** An error of the worker's, with the stack it had there. */
function crash({ message, stack }: Extract<WorkerReply, { kind: 'crash' }>): Error {
  const error = new Error(message);
  error.stack = stack;
  return error;
}

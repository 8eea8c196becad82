/** What carries messages to a worker and back: a thread of this process, or a process of its own. */
import type { PackTask, WorkerReply, WorkerSetup } from './workerMessages.ts';

/** The main thread's end. Starting one is handing it its setup. */
interface WorkerTransport {
  post(task: PackTask): void;
  /** From now on `listener`, and nobody else, hears what the worker says. */
  onReply(listener: (reply: WorkerReply) => void): void;
  /** Resolves where the worker ends without being asked to. */
  readonly failure: Promise<Error>;
  /** For an idle worker only: a thread that is ended inside native code takes the whole process with it. */
  terminate(): Promise<void>;
}

/** Starts a worker that notices, between two training runs, when `interruption` is aborted. */
export type StartTransport = (setup: WorkerSetup, interruption: AbortSignal) => WorkerTransport;

/** The worker's end, whatever carries it. */
export interface WorkerPort {
  readonly setup: WorkerSetup;
  onTask(listener: (task: PackTask) => void): void;
  reply(message: WorkerReply): void;
  /** Throws `Interrupted` once the main thread asked to stop. */
  checkInterruption(): void;
}

/** The file that workers run: the same for every transport. */
export const workerFile = new URL('./worker.js', import.meta.url);

/** Workers as threads. Data sets and the request to stop are shared memory, which a thread sees while it computes. */
import { type MessagePort, Worker } from 'node:worker_threads';
import { Interrupted } from './interruption.ts';
import type { WorkerReply, WorkerSetup } from './workerMessages.ts';
import { type StartTransport, type WorkerPort, workerFile } from './workerTransport.ts';

interface ThreadData {
  readonly setup: WorkerSetup;
  /** One Int32: 1 once the run is to stop. */
  readonly interruption: SharedArrayBuffer;
}

export const startThread: StartTransport = (setup, interruption) => {
  const memory = new SharedArrayBuffer(4);
  const request = (): void => void Atomics.store(new Int32Array(memory), 0, 1);
  if (interruption.aborted) request();
  interruption.addEventListener('abort', request, { once: true });
  const worker = new Worker(workerFile, {
    workerData: { setup, interruption: memory } satisfies ThreadData,
  });
  let listen: (reply: WorkerReply) => void = () => {};
  worker.on('message', (reply: WorkerReply) => listen(reply));
  return {
    post: (task) => worker.postMessage(task),
    onReply(listener) {
      listen = listener;
    },
    failure: new Promise((resolve) => {
      worker.once('error', resolve);
      worker.once('exit', (code) => resolve(new Error(`A worker thread ended unasked with code ${code}.`)));
    }),
    async terminate() {
      interruption.removeEventListener('abort', request);
      await worker.terminate();
    },
  };
};

/** @param data what the thread was started with */
export function threadPort(port: MessagePort, data: unknown): WorkerPort {
  const { setup, interruption } = data as ThreadData;
  const flag = new Int32Array(interruption);
  return {
    setup,
    onTask: (listener) => void port.on('message', listener),
    reply: (message) => port.postMessage(message),
    checkInterruption() {
      if (Atomics.load(flag, 0) === 1) throw new Interrupted('The run was interrupted.');
    },
  };
}

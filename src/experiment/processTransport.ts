/**
 * Workers as processes, for engines whose native library does not survive threads. No memory is shared: data sets are
 * sent once, and the request to stop is a message, heard when the engine lets the event loop turn.
 */
import { fork } from 'node:child_process';
import { Interrupted } from './interruption.ts';
import { unshared } from './shareDatasets.ts';
import type { PackTask, SharedDataset, WorkerReply, WorkerSetup } from './workerMessages.ts';
import { type StartTransport, type WorkerPort, workerFile } from './workerTransport.ts';

type Message =
  | { readonly kind: 'setup'; readonly setup: WorkerSetup }
  | { readonly kind: 'task'; readonly task: PackTask }
  | { readonly kind: 'interrupt' };

export const startProcess: StartTransport = (setup, interruption) => {
  const child = fork(workerFile, {
    serialization: 'advanced',
    // Native libraries print what they like: nothing of it belongs on standard output, among results.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  /** To a child that has died nothing can be sent; that it has, `failure` tells. */
  const send = (message: Message): void => void child.send(message, () => {});
  const request = (): void => send({ kind: 'interrupt' });
  send({ kind: 'setup', setup: { ...setup, datasets: setup.datasets.map(withoutSharing) } });
  if (interruption.aborted) request();
  interruption.addEventListener('abort', request, { once: true });
  let listen: (reply: WorkerReply) => void = () => {};
  child.on('message', (reply) => listen(reply as WorkerReply));
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  return {
    post: (task) => send({ kind: 'task', task }),
    onReply(listener) {
      listen = listener;
    },
    failure: new Promise((resolve) => {
      child.once('error', resolve);
      exited.then((reason) => resolve(new Error(`A worker process ended unasked with ${reason}.`)));
    }),
    async terminate() {
      interruption.removeEventListener('abort', request);
      // It owns no file, and native threads may not survive an orderly exit.
      child.kill('SIGKILL');
      await exited;
    },
  };
};

function withoutSharing({ features, labels, ...rest }: SharedDataset): SharedDataset {
  return { ...rest, features: unshared(features), labels: unshared(labels) };
}

/** Resolves once the setup has come. */
export function processPort(): Promise<WorkerPort> {
  // A terminal's Ctrl-C reaches every process of the group; what to do about it is for the parent to say.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  // Nobody is left to work for, and a native thread may not survive an orderly exit.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  let isInterrupted = false;
  const early: PackTask[] = [];
  let listen = (task: PackTask): void => void early.push(task);
  return new Promise((resolve) => {
    process.on('message', (message: Message) => {
      if (message.kind === 'task') listen(message.task);
      else if (message.kind === 'interrupt') isInterrupted = true;
      else
        resolve({
          setup: message.setup,
          onTask(listener) {
            listen = listener;
            for (const task of early.splice(0)) listener(task);
          },
          reply: (reply) => void process.send?.(reply),
          checkInterruption() {
            if (isInterrupted) throw new Interrupted('The run was interrupted.');
          },
        });
    });
  });
}

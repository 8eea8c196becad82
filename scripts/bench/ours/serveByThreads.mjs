// The rivals' protocol (rivals/lines.py) for a program whose work is done in worker threads, each with an engine of its own.
import { createInterface } from 'node:readline';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

/**
 * @param address of the program itself: each thread runs it again, with the same arguments
 * @param prepare called in each thread; returns the repetition, which returns the number of samples it handled
 */
export async function serveByThreads(address, { what, numThreads, prepare }) {
  if (isMainThread) await serve(address, what, numThreads);
  else await work(prepare);
}

async function work(prepare) {
  const repeat = await prepare();
  await repeat();
  parentPort.on('message', async () => parentPort.postMessage(await repeat()));
  parentPort.postMessage('ready');
}

async function serve(address, what, numThreads) {
  const threads = Array.from(
    { length: numThreads },
    () => new Worker(new URL(address), { argv: process.argv.slice(2) }),
  );
  const answers = () => Promise.all(threads.map(answerOf));
  await answers();
  const print = (line) => process.stdout.write(`${JSON.stringify({ what, ...line })}\n`);
  print({ ready: true, versions: { node: process.versions.node } });
  for await (const _ of createInterface({ input: process.stdin })) {
    const start = performance.now();
    const done = answers();
    for (const thread of threads) thread.postMessage('go');
    const samples = (await done).reduce((sum, count) => sum + count, 0);
    print({ samples, seconds: (performance.now() - start) / 1000 });
  }
  await Promise.all(threads.map((thread) => thread.terminate()));
}

const answerOf = (thread) =>
  new Promise((resolve, reject) => {
    thread.once('message', resolve).once('error', reject);
  });

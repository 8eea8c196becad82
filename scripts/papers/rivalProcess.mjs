// A rival's program: a line of JSON in for each run, a line of JSON out.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @param name what its failures are told by */
export function startRival(name, program, args) {
  const child = spawn(program, args);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4000);
  });
  child.stdin.on('error', () => {}); // one that has ended is told of when its answer is missed
  const ended = new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const tell = (value) => child.stdin.write(`${JSON.stringify(value)}\n`);
  return {
    /** Where no answer is due. */
    tell,
    async ask(request) {
      tell(request);
      const { done, value } = await lines.next();
      if (done) throw new Error(`${name} ended with ${await ended}:\n${errors}`);
      return JSON.parse(value);
    },
    kill: () => child.kill(),
    stop() {
      child.stdin.end();
      return ended;
    },
  };
}

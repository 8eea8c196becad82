// One side of a comparison: processes that stay alive, warm, and do one repetition at a word. The protocol is in rivals/README.md.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts the side's processes and waits until each is warm.
 * @param commands one [program, …arguments] per process; they repeat at the same time
 */
export async function startSide({ name, commands, environment = {} }) {
  const processes = commands.map((command) => startProcess(name, command, environment));
  const [first] = await Promise.all(processes.map(({ answer }) => answer()));
  return {
    name,
    versions: first.versions,
    /** One repetition: samples handled by all processes, and the seconds they report. */
    async repeat() {
      const start = performance.now();
      const lines = await Promise.all(processes.map((process) => process.repeat()));
      const samples = lines.reduce((sum, line) => sum + line.samples, 0);
      // Several processes are done when the last one is; one alone knows best what it measures.
      const seconds = lines.length > 1 ? (performance.now() - start) / 1000 : lines[0].seconds;
      return { samples, seconds };
    },
    stop: () => Promise.all(processes.map((process) => process.stop())),
  };
}

function startProcess(name, [program, ...args], environment) {
  const child = spawn(program, args, { env: { ...process.env, ...environment } });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4000);
  });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message)).once('close', resolve);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { done, value } = await lines.next();
    if (done) throw new Error(`${name} ended with ${await ended}:\n${errors}`);
    // Libraries may print on their own.
    return value.startsWith('{') ? JSON.parse(value) : answer();
  };
  return {
    answer,
    repeat: () => {
      child.stdin.write('\n');
      return answer();
    },
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}

// `querybench` in a process of its own, with its progress. Ctrl-C reaches it too, and it stops cleanly; this process then goes on.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Its exit code, and what it wrote on its standard output where that is kept and not shown. */
export function runQuerybench(words, { keepsOutput = false } = {}) {
  const ignore = () => {};
  process.on('SIGINT', ignore);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      stdio: ['inherit', keepsOutput ? 'pipe' : 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (piece) => {
      output += piece;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', ignore);
      resolve({ code: code ?? 130, output });
    });
  });
}

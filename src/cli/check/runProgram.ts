/** Other programs (git, npm, another querybench), run to their end or until the user asks to stop. */
import { spawn } from 'node:child_process';
import { Interrupted } from '../../experiment/interruption.ts';

export interface ProgramOptions {
  readonly cwd: string;
  /** Default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Passed on as SIGINT; `Interrupted` is thrown once the program has ended. */
  readonly signal?: AbortSignal;
  /** What it says on its standard error goes to ours, so that its progress is seen. Default: off. */
  readonly showsProgress?: boolean;
}

export interface ProgramEnd {
  readonly code: number | NodeJS.Signals;
  readonly output: string;
  /** Its standard output and error together, but for what was shown. */
  readonly everything: string;
}

/** Throws `Interrupted`, and Node's `ENOENT` where there is no such program. */
export function runProgram(
  program: string,
  words: readonly string[],
  { cwd, env = process.env, signal, showsProgress = false }: ProgramOptions,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Interrupted());
    const child = spawn(program, words, {
      ...{ cwd, env },
      stdio: ['ignore', 'pipe', showsProgress ? 'inherit' : 'pipe'],
      // npm is a script there.
      shell: process.platform === 'win32' && program === 'npm',
    });
    let output = '';
    let everything = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
      everything += piece;
    });
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      everything += piece;
    });
    const interrupt = (): void => void child.kill('SIGINT');
    signal?.addEventListener('abort', interrupt, { once: true });
    child.once('error', (error) => {
      signal?.removeEventListener('abort', interrupt);
      reject(error);
    });
    child.once('close', (code, killedBy) => {
      signal?.removeEventListener('abort', interrupt);
      if (signal?.aborted) reject(new Interrupted());
      else resolve({ code: code ?? killedBy ?? 1, output, everything });
    });
  });
}

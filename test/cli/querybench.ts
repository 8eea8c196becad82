/** The real command line, as `npm test` has built it, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export const builtFolder = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface QuerybenchOptions {
  /** The working folder. */
  readonly cwd: string;
  /** Laid over this process's, from which QUERYBENCH_* are taken out. */
  readonly env?: Readonly<Record<string, string>>;
  /** The built program, where it is a copy. */
  readonly dist?: string;
}

export interface Ended {
  /** The exit code, or the name of the signal that ended the process. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that has begun, and how it ends. */
export interface Begun {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export function begin(
  words: readonly string[],
  { cwd, env = {}, dist = builtFolder }: QuerybenchOptions,
): Begun {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('QUERYBENCH_'));
  const child = spawn(process.execPath, [join(dist, 'cli', 'main.js'), ...words], {
    cwd,
    env: { ...Object.fromEntries(own), QUERYBENCH_CACHE: join(cwd, 'no-cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const collect = async (stream: NodeJS.ReadableStream | null): Promise<string> => {
    let text = '';
    for await (const piece of stream ?? []) text += piece;
    return text;
  };
  const code = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject).once('close', (status, signal) => resolve(status ?? signal ?? 'unknown'));
  });
  const ended = Promise.all([code, collect(child.stdout), collect(child.stderr)]).then(
    ([status, stdout, stderr]) => ({ code: status, stdout, stderr }),
  );
  return { child, ended };
}

export function querybench(words: readonly string[], options: QuerybenchOptions): Promise<Ended> {
  return begin(words, options).ended;
}

/** Runs and expects success. */
export async function succeed(words: readonly string[], options: QuerybenchOptions): Promise<Ended> {
  const ended = await querybench(words, options);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended;
}

/**
 * Runs and expects what bad input is always answered with: exit code 2, a message that says all of `says`, no stack, and
 * the working folder as it was. Returns the message.
 */
export async function refuse(
  words: readonly string[],
  says: readonly (string | RegExp)[],
  options: QuerybenchOptions,
): Promise<string> {
  const before = filesIn(options.cwd);
  const { code, stdout, stderr } = await querybench(words, options);
  expect(code, stderr).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain('fault of querybench');
  for (const each of says) expect(stderr).toMatch(each);
  expect(filesIn(options.cwd)).toEqual(before);
  return stderr;
}

/** Every file below `folder`, and what is in it; folders have none. */
export function filesIn(folder: string): Readonly<Record<string, string | undefined>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const full = join(folder, path);
      return [path, statSync(full).isFile() ? readFileSync(full, 'latin1') : undefined];
    }),
  );
}

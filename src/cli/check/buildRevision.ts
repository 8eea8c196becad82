/** Makes a revision of querybench runnable: its packages, then its build. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import { runProgram } from './runProgram.ts';

export interface BuildOptions {
  /** Where the revision's files are. */
  readonly folder: string;
  /** The checkout they are of. */
  readonly repository: string;
  /** As messages call it. */
  readonly name: string;
  readonly signal: AbortSignal;
}

const NUM_LAST_LINES = 12;

/** Throws `UserError("broken-revision")` with the last lines of what was said, and `Interrupted`. */
export async function buildRevision({ folder, repository, name, signal }: BuildOptions): Promise<void> {
  if (packageName(folder) !== 'querybench') {
    throw new UserError(
      'broken-revision',
      `--against must name a revision that holds querybench, and ${name} has no package.json of it. Name another.`,
    );
  }
  if (!linkPackages(folder, repository)) {
    await npm(['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']);
  }
  await npm(['run', '--silent', 'build']);
  if (!existsSync(programOf(folder))) {
    throw new UserError(
      'broken-revision',
      `--against must name a revision that builds dist/cli/main.js, and ${name} builds none. Name another.`,
    );
  }

  async function npm(words: readonly string[]): Promise<void> {
    const { code, everything } = await runProgram('npm', words, { cwd: folder, signal });
    if (code === 0) return;
    const lines = everything.trimEnd().split('\n').slice(-NUM_LAST_LINES);
    throw new UserError(
      'broken-revision',
      `--against must name a revision that builds, and at ${name} "npm ${words.join(' ')}" ends with ${code}:\n` +
        `${lines.map((line) => `  ${line}`).join('\n')}\nName another.`,
    );
  }
}

/** The command line that `buildRevision` has built. */
export function programOf(folder: string): string {
  return join(folder, 'dist', 'cli', 'main.js');
}

/** Uses the checkout's installed packages where the revision asks for exactly the same; says whether it does. */
function linkPackages(folder: string, repository: string): boolean {
  const installed = join(repository, 'node_modules');
  const [theirs, ours] = [folder, repository].map((root) => textOf(join(root, 'package-lock.json')));
  if (theirs === undefined || theirs !== ours || !existsSync(installed)) return false;
  symlinkSync(installed, join(folder, 'node_modules'), 'junction');
  return true;
}

function packageName(folder: string): unknown {
  try {
    return (JSON.parse(textOf(join(folder, 'package.json')) ?? '{}') as { readonly name?: unknown }).name;
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

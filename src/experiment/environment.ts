/** Where a result was made: written into every record, and no part of a trial's id. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import { version } from '../foundation/version.ts';

/** Versions, engine, device, CPU and its vector units (they decide last bits), and the working folder's git commit. */
export async function environment(
  engine: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const features = await cpuFeatures();
  const commit = await gitCommit();
  return {
    querybench: version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    ...engine,
    cpu: cpus()[0]?.model ?? 'unknown',
    ...(features && { cpuFeatures: features }),
    ...(commit && { commit }),
  };
}

/** The instruction sets by which numeric libraries choose their kernels; Linux only. */
async function cpuFeatures(): Promise<string | undefined> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const flags = new Set(/^flags\s*:\s*(.*)$/m.exec(text)?.[1]?.split(' '));
  const known = ['avx', 'avx2', 'fma', 'avx_vnni', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_tile'];
  return known.filter((flag) => flags.has(flag)).join(' ') || undefined;
}

async function gitCommit(): Promise<string | undefined> {
  const run = promisify(execFile);
  try {
    const { stdout: commit } = await run('git', ['rev-parse', '--short=12', 'HEAD']);
    const { stdout: changes } = await run('git', ['status', '--porcelain', '--untracked-files=no']);
    return commit.trim() + (changes.trim() === '' ? '' : '+changes');
  } catch {
    return undefined; // not a repository, or no git
  }
}

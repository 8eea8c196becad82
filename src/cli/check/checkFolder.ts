/**
 * Where checks keep what they run. A trial's id says all that decides its result but the program itself, which is
 * what a check is about: results of another build must never pass for this one's. So each build has a directory of
 * its own.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from '../../foundation/once.ts';

/** Relative to the working folder; CI may keep it from run to run. */
export const checkFolder = join('results', 'check');

/**
 * Where the trials of this very build go; those that were timed are others, because an untimed one cannot be timed
 * afterwards.
 */
export function directoryOfBuild(name: string, isTimed: boolean): string {
  return join(checkFolder, `${name}-${buildHash()}${timedSuffix(isTimed)}`);
}

export function timedSuffix(isTimed: boolean): string {
  return isTimed ? '-timed' : '';
}

/** 12 hexadecimal digits of the program's files, the versions it was installed with, and Node's. */
export const buildHash: () => string = once(() => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const program = fileURLToPath(new URL('../..', import.meta.url));
  const names = readdirSync(program, { recursive: true, encoding: 'utf8' });
  const files = [
    ...names
      .filter((name) => /\.(js|ts)$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => join(program, name)),
    ...['package.json', 'package-lock.json'].map((name) => join(root, name)),
  ];
  const hash = createHash('sha256').update(process.version);
  for (const file of files.sort()) {
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
});

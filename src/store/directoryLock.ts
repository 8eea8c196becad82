/**
 * Keeps two processes from writing to one directory. The lock is a file that names its owner; where the owner
 * is dead, killed before it could clean up, the lock is taken over.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { guardFile, systemErrorCode, unlessMissing } from './fileErrors.ts';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Tells this lock from every other, those of an earlier process with the same number included. */
  readonly token: string;
}

/** An owner writes its name within microseconds of creating the lock; this is half a second. */
const MOST_WAITS = 10;
const WAIT_MILLISECONDS = 50;

/** Tokens of the locks this process holds. */
const held = new Set<string>();

/**
 * Locks `directory` until the returned function is called. Throws `UserError("directory-locked")` where
 * another process, or another run in this one, has locked it.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, '.lock');
  const owner: Owner = { pid: process.pid, host: hostname(), token: randomUUID() };
  let numWaits = 0;
  while (!create(path, JSON.stringify(owner))) {
    const text = unlessMissing(() => readFileSync(path, 'utf8'));
    if (text === undefined) continue;
    if (text === '') {
      // Its owner is about to put its name in, or was killed before it could.
      if (numWaits++ < MOST_WAITS) {
        wait();
        continue;
      }
    } else {
      const other = parseOwner(text);
      if (other === undefined || isAlive(other)) throw locked(directory, path, other);
    }
    takeAway(path, text, owner.token);
  }
  held.add(owner.token);
  return () => {
    if (!held.delete(owner.token)) return;
    unlessMissing(() => {
      if (parseOwner(readFileSync(path, 'utf8'))?.token === owner.token) unlinkSync(path);
    });
  };
}

/** Since when a process that is alive has been writing to `directory`, in milliseconds since 1970; undefined: none is. */
export function lockedSince(directory: string): number | undefined {
  const path = join(directory, '.lock');
  return unlessMissing(() => {
    const owner = parseOwner(readFileSync(path, 'utf8'));
    return owner !== undefined && isAlive(owner) ? statSync(path).mtimeMs : undefined;
  });
}

/** False where the file exists already. */
function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    return guardFile('write', path, () => {
      throw error;
    });
  }
}

/** Moves a stale lock away, or back again if it turns out to be one that somebody has just taken. */
function takeAway(path: string, text: string, token: string): void {
  const aside = `${path}.stale-${token}`;
  guardFile('write', path, () =>
    unlessMissing(() => {
      renameSync(path, aside);
      if (readFileSync(aside, 'utf8') === text) unlinkSync(aside);
      else renameSync(aside, path);
    }),
  );
}

function wait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MILLISECONDS);
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner: Partial<Owner> | null = JSON.parse(text);
    return typeof owner?.pid === 'number' ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

/** Of a process on another machine nothing is known: it counts as alive. */
function isAlive({ pid, host, token }: Owner): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(token);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH';
  }
}

function locked(directory: string, path: string, owner: Owner | undefined): UserError {
  const who = owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  return new UserError(
    'directory-locked',
    `Only one run may write to ${directory} at a time, and ${who} is doing so. ` +
      `Wait for it to end; if you are sure that it has ended, delete ${path}.`,
  );
}

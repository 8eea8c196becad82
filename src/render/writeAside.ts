/** Files that are either there whole or not at all: written under another name, then renamed. */
import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory } from '../foundation/makeDirectory.ts';
import { UserError } from '../foundation/userError.ts';

/** What the user can do about it, by the operating system's word for it. */
const remedies: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied; choose another folder or change its permissions',
  EPERM: 'permission is denied; choose another folder or change its permissions',
  ENOENT: 'a part of the path does not exist and cannot be made; choose another folder',
  EROFS: 'the file system is read-only; choose another folder',
  ENOSPC: 'the disk is full; make room or choose another folder',
  EDQUOT: 'the disk quota is used up; make room or choose another folder',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another folder',
  EEXIST: 'a file stands where a folder is needed; choose another folder',
  EISDIR: 'a folder stands where the file belongs; move it away or choose another folder',
  ENAMETOOLONG: 'the name is too long for this file system; choose a shorter path',
};

/**
 * Writes `content` to `path`, making its folder where needed. A file already there stays whole until it is replaced.
 * Throws `UserError("cannot-write")` for what the user can mend.
 */
export async function writeAside(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    makeDirectory(dirname(path));
    await writeFile(aside, content);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw asUserError(error, path);
  }
}

function asUserError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const remedy = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  if (remedy === undefined) return error;
  return new UserError('cannot-write', `Cannot write "${path}": ${remedy}.`, { cause: error });
}

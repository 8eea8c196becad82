/**
 * `mkdir -p`. Node's own `recursive` option never returns where the system answers ENOENT though the parent exists, as
 * Linux does below /proc (nodejs/node, `MKDirpSync`): one look upwards per level is all that is needed.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes `path` and what leads to it, where it is not there. Throws Node's system errors. */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(path);
    if (code === 'ENOENT' && parent !== path && !isDirectory(parent)) {
      makeDirectory(parent);
      makeDirectory(path);
    } else if (!isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

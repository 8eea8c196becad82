/** Text to a file or to standard output. */
import { writeFileSync } from 'node:fs';
import { UserError } from '../foundation/userError.ts';

/** Throws `UserError("unwritable-file")`. */
export function writeOutput(text: string, path: string | undefined, flag: 'w' | 'wx' = 'w'): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text, { flag });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const remedy =
      code === 'EEXIST' ? 'Choose another name; nothing is ever overwritten.' : 'Choose another place.';
    throw new UserError('unwritable-file', `${path} must be writable, and is not: ${message}. ${remedy}`);
  }
}

/** File-system failures that the user can mend, told as such: which path, what is wrong, what to do. */
import { UserError } from '../foundation/userError.ts';

/** System error code → stable word, rule and remedy. Codes not listed here are no fault of the user's. */
const EXPLANATIONS: Readonly<Record<string, readonly [code: string, problem: string, remedy: string]>> = {
  ENOSPC: ['disk-full', 'the disk is full', 'Free some space and run again; what is stored so far is kept.'],
  EDQUOT: [
    'disk-full',
    'your disk quota is used up',
    'Free some space and run again; what is stored so far is kept.',
  ],
  EACCES: ['no-permission', 'permission is denied', 'Change its permissions or choose another directory.'],
  EPERM: [
    'no-permission',
    'the operation is not permitted',
    'Change its permissions or choose another directory.',
  ],
  EROFS: ['read-only', 'the file system is read-only', 'Choose another directory.'],
  ENOTDIR: ['not-a-directory', 'a part of this path is a file', 'Choose another directory.'],
  ENOENT: [
    'no-such-directory',
    'a part of this path does not exist and cannot be made',
    'Choose another directory.',
  ],
  EEXIST: ['not-a-directory', 'there is a file of this name', 'Choose another directory.'],
  EISDIR: ['not-a-file', 'there is a directory of this name', 'Move it away or choose another directory.'],
};

/**
 * Runs `action`, a file operation on `path`; failures the user can mend become a `UserError` (`disk-full`,
 * `no-permission`, `read-only`, `no-such-directory`, `not-a-directory`, `not-a-file`), all others pass unchanged.
 */
export function guardFile<T>(verb: 'read' | 'write', path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const explanation = EXPLANATIONS[systemErrorCode(error) ?? ''];
    if (explanation === undefined) throw error;
    const [code, problem, remedy] = explanation;
    throw new UserError(code, `Cannot ${verb} ${path}: ${problem}. ${remedy}`, { cause: error });
  }
}

/** Like `action`, but undefined where the file does not exist. */
export function unlessMissing<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The `code` of a Node system error, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A user's own strategy, a module, as what a selection runs. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UserError } from '../foundation/userError.ts';
import type { Strategy } from '../strategies/strategy.ts';
import { moduleStrategy } from '../strategies/userModule/moduleStrategy.ts';

/** Seconds that it may take: there is but one query. */
const TIMEOUT_SECONDS = 3600;

/** Whether a strategy is named by the path of a module. */
export function isModulePath(name: string): boolean {
  return /[./\\].*\.(js|mjs)$/.test(name);
}

/** Throws `UserError("unreadable-file")`; what the module does wrong, the strategy throws when it selects. */
export async function openModule(
  path: string,
  options: Readonly<Record<string, unknown>>,
): Promise<Strategy> {
  const content = await readFile(path).catch((error: Error) => {
    throw new UserError(
      'unreadable-file',
      `The strategy ${path} must be a module that can be read, and is not: ${error.message}. Correct the path.`,
    );
  });
  const sha256 = createHash('sha256').update(content).digest('hex');
  const module = { path: resolve(path), sha256, timeout: TIMEOUT_SECONDS };
  return moduleStrategy({ name: basename(path), version: 1, options, module }, () => {});
}

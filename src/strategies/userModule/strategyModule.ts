/** What a user's module exports, and how it is read. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../foundation/userError.ts';
import type { QueryContext } from '../strategy.ts';
import type { ModuleReference } from '../strategyConfig.ts';

/** What a user's strategy may look at: all that ours do but the engine. */
export type ModuleContext = Omit<QueryContext, 'compute'>;

/** A user's strategy: `Strategy`, with a pick in any list of numbers. */
export interface UserStrategy {
  select(context: ModuleContext, batchSize: number): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/**
 * The default export of a strategy module, or its export `strategy`: a strategy, or what makes one from the options that
 * stand beside its name in a spec.
 */
export type StrategyModule =
  | UserStrategy
  | ((options: Readonly<Record<string, unknown>>) => UserStrategy | Promise<UserStrategy>);

/**
 * Imports the module and makes its strategy. Throws `UserError` "changed-file" where its content is not what the plan
 * read, "bad-strategy" where it exports none, and what the module itself throws.
 */
export async function loadStrategyModule(
  { path, sha256 }: ModuleReference,
  options: Readonly<Record<string, unknown>>,
): Promise<UserStrategy> {
  const content = await readFile(path);
  if (createHash('sha256').update(content).digest('hex') !== sha256) {
    throw new UserError(
      'changed-file',
      `The strategy ${path} must not change while it runs, and it has. Start the run again.`,
    );
  }
  const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(resolve(path)).href);
  const found = exported.default ?? exported.strategy;
  const strategy: unknown = typeof found === 'function' ? await found(options) : found;
  if (isStrategy(strategy)) return strategy;
  const names = Object.keys(exported);
  throw new UserError(
    'bad-strategy',
    `The module ${path} must export a strategy, by default or as "strategy": { select(context, batchSize) }, or a function ` +
      `that returns one; it exports ${names.length === 0 ? 'nothing' : names.join(', ')}.`,
  );
}

function isStrategy(value: unknown): value is UserStrategy {
  return typeof (value as Partial<UserStrategy> | undefined)?.select === 'function';
}

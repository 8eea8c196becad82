/** What a group is called in titles, warnings and file names: everything that tells it from its siblings. */
import type { GroupKey } from './cells.ts';

/**
 * `digits, mlp, initial pool 20`, with the query batch size and the oracle appended where `siblings` have several.
 */
export function groupName(key: GroupKey, siblings: readonly GroupKey[]): string {
  const parts = [key.dataset, key.model, `initial pool ${key.initialPoolSize}`];
  if (differ(siblings, (sibling) => sibling.queryBatchSize)) parts.push(`batch ${key.queryBatchSize}`);
  if (differ(siblings, (sibling) => sibling.oracle)) parts.push(`oracle ${key.oracle}`);
  return parts.join(', ');
}

function differ<T>(items: readonly T[], property: (item: T) => unknown): boolean {
  return new Set(items.map(property)).size > 1;
}

/** What a group is called in titles, warnings and file names: everything that tells it from its siblings. */
import type { GroupKey } from './cells.ts';
import { type AxisName, varyingAxes } from './groupAxes.ts';

/**
 * `digits, mlp, initial pool 20`, with the query batch size and the oracle appended where `siblings` have several; without
 * the axes in `without`.
 */
export function groupName(
  key: GroupKey,
  siblings: readonly GroupKey[],
  without: readonly AxisName[] = [],
): string {
  const { dataset, model, initialPoolSize, queryBatchSize, oracle } = key;
  const varying = varyingAxes(siblings).map(({ name }) => name);
  const parts: readonly (readonly [AxisName, string])[] = [
    ['dataset', dataset],
    ['model', model],
    ['initial pool', `initial pool ${initialPoolSize}`],
    ...(varying.includes('query batch') ? [['query batch', `batch ${queryBatchSize}`] as const] : []),
    ...(varying.includes('oracle') ? [['oracle', `oracle ${oracle}`] as const] : []),
  ];
  return parts
    .filter(([name]) => !without.includes(name))
    .map(([, text]) => text)
    .join(', ');
}

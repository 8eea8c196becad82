/** What tells groups apart: the axes of a sweep other than strategies and seeds, and what each is called. */
import type { GroupKey } from './cells.ts';

export type AxisName = 'dataset' | 'model' | 'oracle' | 'initial pool' | 'query batch';

export interface GroupAxis {
  readonly name: AxisName;
  readonly isNumber: boolean;
  readonly text: (key: GroupKey) => string;
}

export const groupAxes: readonly GroupAxis[] = [
  { name: 'dataset', isNumber: false, text: ({ dataset }) => dataset },
  { name: 'model', isNumber: false, text: ({ model }) => model },
  { name: 'oracle', isNumber: false, text: ({ oracle }) => oracle },
  { name: 'initial pool', isNumber: true, text: ({ initialPoolSize }) => String(initialPoolSize) },
  { name: 'query batch', isNumber: true, text: ({ queryBatchSize }) => String(queryBatchSize) },
];

/** Those on which `keys` have several values. */
export function varyingAxes(keys: readonly GroupKey[]): GroupAxis[] {
  return groupAxes.filter(({ text }) => new Set(keys.map(text)).size > 1);
}

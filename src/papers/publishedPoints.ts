/** Published rows as points on a chart of learning curves. */
import type { PublishedPoint } from '../render/index.ts';
import type { StoredTrial } from '../store/record.ts';
import type { Published } from './published.ts';

/** Numbers at a label count lie there, labels to an accuracy at that height; claims and what was not reached have no place. */
export function publishedPoints(
  { rows }: Published,
  trials: readonly StoredTrial[],
): readonly PublishedPoint[] {
  const samples = new Set(trials.map(({ header }) => header.trial.identity.model.samples?.count));
  return rows.flatMap((row) => {
    if (!('band' in row)) return [];
    if (row.samples !== undefined && !samples.has(row.samples)) return [];
    const { strategy, where } = row;
    return row.published.flatMap(({ value, spread, quartiles, source, read }): PublishedPoint[] => {
      if (value === null) return [];
      const common = { strategy, where, source, note: `${source} (${read})` };
      if (row.kind === 'accuracy') {
        const range = spread === undefined ? {} : { low: value - spread, high: value + spread };
        return [{ ...common, numLabels: row.numLabels, accuracy: value, ...range }];
      }
      // The same threshold counted in another way is no second point.
      if (row.counting === 'batch-start') return [];
      const [from, , to] = quartiles ?? [];
      const range = from == null || to == null ? {} : { from, to };
      return [{ ...common, numLabels: value, accuracy: row.accuracy, ...range }];
    });
  });
}

/** The environments of many trials told as one: each key with the value, or the values, that it had. */
import type { StoredTrial } from '../store/record.ts';
import { naturalOrder } from './naturalOrder.ts';

/** More values than this are counted, not listed. */
const maximumValues = 4;

/** Keys in natural order. A key that only some trials have is listed with the values it has. */
export function mergeEnvironments(trials: readonly StoredTrial[]): Record<string, string> {
  const values = new Map<string, Set<string>>();
  for (const { header } of trials) {
    for (const [key, value] of Object.entries(header.environment)) {
      const known = values.get(key);
      if (known === undefined) values.set(key, new Set([value]));
      else known.add(value);
    }
  }
  const entries = [...values].sort(([a], [b]) => naturalOrder(a, b));
  return Object.fromEntries(entries.map(([key, several]) => [key, oneText([...several])]));
}

function oneText(values: readonly string[]): string {
  const sorted = [...values].sort(naturalOrder);
  if (sorted.length <= maximumValues) return sorted.join(', ');
  return `${sorted.slice(0, maximumValues).join(', ')} and ${sorted.length - maximumValues} more`;
}

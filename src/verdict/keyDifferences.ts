/** In which keys two plain objects differ: of two trials' identities, of two environments. */
import { canonicalJson } from '../foundation/contentHash.ts';

/** Of one key, named by its path: `model.training.batchSize`, `model.layers[0].units`. */
export interface KeyDifference {
  readonly key: string;
  /** As compact JSON, text without quotes; left out where that side lacks the key. */
  readonly first?: string;
  readonly second?: string;
}

/** All of them, in the order of the first object's keys, then the second's. Members that are undefined count as absent. */
export function keyDifferences(first: unknown, second: unknown, path = ''): KeyDifference[] {
  if (isBranch(first) && isBranch(second) && Array.isArray(first) === Array.isArray(second)) {
    const isList = Array.isArray(first);
    const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    return keys.flatMap((key) =>
      keyDifferences(
        first[key],
        second[key],
        isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
      ),
    );
  }
  if (canonicalJson(first) === canonicalJson(second)) return [];
  return [
    {
      key: path,
      ...(first !== undefined && { first: textOf(first) }),
      ...(second !== undefined && { second: textOf(second) }),
    },
  ];
}

/** `training.batchSize: 32 → 64`; a side without the key has none. */
export function keyDifferenceText({ key, first = 'none', second = 'none' }: KeyDifference): string {
  return `${key}: ${first} → ${second}`;
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

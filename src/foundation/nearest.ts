/** "Did you mean …?": the nearest known name to one that nobody knows. */
import { distance } from 'fastest-levenshtein';
import { UserError } from './userError.ts';

/** The candidate nearest to `value` by edit distance, or undefined when none is near enough to be a slip. */
export function nearest(value: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(value.length / 2)) + 1;
  for (const candidate of candidates) {
    const d = distance(value.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}

/** The sentence every unknown name is answered with: kind, value, nearest match, full list. */
export function unknownName(kind: string, value: string, candidates: readonly string[]): string {
  const guess = nearest(value, candidates);
  const hint = guess === undefined ? '' : ` Did you mean "${guess}"?`;
  return `Unknown ${kind} "${value}".${hint} Known: ${[...candidates].sort().join(', ')}.`;
}

/** Looks `name` up in an explicit registry. Throws `UserError("unknown-name")`. */
export function lookUp<T>(kind: string, registry: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(registry, name)) {
    throw new UserError('unknown-name', unknownName(kind, name, Object.keys(registry)));
  }
  return registry[name] as T;
}

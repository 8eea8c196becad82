import { expect, test } from 'vitest';
import { cohortId, trialId } from '../../src/experiment/planIds.ts';
import type { TrialIdentity } from '../../src/store/record.ts';
import { sampleHeader } from '../store/sampleTrial.ts';

const { identity } = sampleHeader().trial;

test('ids are what any SHA-256 of sorted JSON gives', () => {
  // python3: hashlib.sha256(json.dumps(identity, sort_keys=True, separators=(',', ':')).encode()).hexdigest()[:16]
  expect(trialId(identity)).toBe('726980a963f23936');
  // The same after del identity['strategy'].
  expect(cohortId(identity)).toBe('355bd1325a77df31');
});

/** The paths of all plain values in `value`. */
function leaves(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]));
}

/** A copy of `value` with another plain value at `path`. */
function changed(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return `other than ${value}`;
  const copy: Record<string, unknown> = structuredClone(value) as Record<string, unknown>;
  copy[key] = changed(copy[key], rest);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

const masked = { ...identity.dataset.split, masks: { path: 'masks.json', sha256: 'cd'.repeat(32) } };
const full = {
  ...identity,
  dataset: { ...identity.dataset, split: { ...masked, seed: 1 } },
  model: { ...identity.model, samples: { kind: 'mc-dropout', count: 10, evaluate: true } },
  scoring: { poolSubset: 2000 },
} satisfies TrialIdentity;

test.each(leaves(full).map((path) => [path.join('.'), path] as const))('%s', (name, path) => {
  const other = changed(full, path) as TrialIdentity;
  const decides = name !== 'dataset.split.masks.path';
  expect(trialId(other) !== trialId(full)).toBe(decides);
  expect(cohortId(other) !== cohortId(full)).toBe(decides && !name.startsWith('strategy.'));
});

test('the leaves cover what there is to decide', () => {
  expect(leaves(full).length).toBeGreaterThan(30);
  expect(new Set(leaves(full).map(([key]) => key))).toEqual(new Set(Object.keys(full)));
});

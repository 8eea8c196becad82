/** Where two configurations differ, by the names of their members. */
import type { TrialIdentity } from '../../store/record.ts';
import { type KeyDifference, keyDifferences, keyDifferenceText } from '../keyDifferences.ts';

/** By what a sweep's cells are told apart, beside the data set; each with the member of an identity that it decides. */
export const comparableAxes = {
  model: 'model',
  strategy: 'strategy',
  oracle: 'oracle',
  initialPoolSize: 'initialPoolSize',
  queryBatchSize: 'queryBatchSize',
} as const satisfies Readonly<Record<string, keyof TrialIdentity>>;

export type ComparableAxis = keyof typeof comparableAxes;

/** All keys that differ, but for what `compared` decides. Paths of files are none: contents decide, by their fingerprint. */
export function configDifferences(
  own: TrialIdentity,
  other: TrialIdentity,
  compared: readonly ComparableAxis[] = [],
): KeyDifference[] {
  const members = compared.map((axis) => comparableAxes[axis]);
  const isCompared = (key: string): boolean =>
    members.some((member) => key === member || key.startsWith(`${member}.`));
  const isPath = (key: string): boolean =>
    key.startsWith('dataset.source.') || key === 'dataset.split.masks.path';
  return keyDifferences(own, other).filter(({ key }) => !isCompared(key) && !isPath(key));
}

/** `budget: 300 → 400, model.training.batchSize: 32 → 64 and 3 more` */
export function showDifferences(differences: readonly KeyDifference[], most = 4): string {
  const rest = differences.length - most;
  const shown = differences.slice(0, most).map(keyDifferenceText).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** What runs must have in common to be compared, and what is to be known where they have not. */
import { listed } from '../../foundation/listed.ts';
import { UserError } from '../../foundation/userError.ts';
import type { TrialIdentity } from '../../store/record.ts';
import { keyDifferenceText } from '../keyDifferences.ts';
import { type ComparableAxis, configDifferences, showDifferences } from './configDifferences.ts';
import type { PairedCells } from './pairRuns.ts';

type ConfigPair = readonly [TrialIdentity, TrialIdentity];

/** The configurations that are held against each other, each pair once, whatever its seeds. */
function configPairs({ pairs }: PairedCells): ConfigPair[] {
  const found = new Map<string, ConfigPair>();
  for (const pair of pairs) {
    const partners = new Map(
      pair.new.finished.map(({ header }) => [header.trial.identity.seed, header.trial.identity]),
    );
    for (const { header } of pair.old.finished) {
      const own = header.trial.identity;
      const other = partners.get(own.seed);
      if (other === undefined) continue;
      const key = JSON.stringify([
        { ...own, seed: 0 },
        { ...other, seed: 0 },
      ]);
      if (!found.has(key)) found.set(key, [own, other]);
    }
  }
  return [...found.values()];
}

/** The same rows for testing, or nothing is paired. Throws `UserError("different-data")`. */
export function requireSameData(paired: PairedCells): void {
  for (const [own, other] of configPairs(paired)) {
    const [difference] = configDifferences(own, other).filter(
      ({ key }) => key === 'dataset.fingerprint' || key.startsWith('dataset.split.'),
    );
    if (difference === undefined) continue;
    throw new UserError(
      'different-data',
      `Both sides must be tested on the same rows, and theirs differ (${keyDifferenceText(difference)}). Compare runs of the same data and split.`,
    );
  }
}

/**
 * Runs may differ in one thing: that which is compared. What else differs is a warning, or, where `isRequired`, `UserError
 * ("different-config")`.
 */
export function requireSameConfig(paired: PairedCells, isRequired: boolean): string[] {
  return checkConfigs(configPairs(paired), paired.compared, isRequired);
}

/** As `requireSameConfig`, of pairs of configurations. */
export function checkConfigs(
  pairs: readonly ConfigPair[],
  compared: readonly ComparableAxis[],
  isRequired: boolean,
): string[] {
  const differing = pairs
    .map(([own, other]) => configDifferences(own, other, compared))
    .filter(({ length }) => length > 0);
  const problems = [
    ...(compared.length > 1 ? [`the two sides differ in ${listed(compared)}`] : []),
    ...(differing[0] === undefined
      ? []
      : [
          `${pairs.length === 1 ? 'they' : `${differing.length} of ${pairs.length} pairs of configurations`} differ in ${showDifferences(differing[0])}`,
        ]),
  ];
  if (problems.length === 0) return [];
  if (!isRequired) return [`Not the same configuration: ${problems.join('; ')}.`];
  throw new UserError(
    'different-config',
    `--same-config asks that configurations differ in one thing alone, and ${problems.join('; ')}. Choose runs with --old and --new, or leave --same-config out.`,
  );
}

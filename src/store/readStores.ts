/** Results of several directories as one: the same trial counts once, and what does not fit together is said. */
import type { Experiment } from './experimentFile.ts';
import { readStore } from './readStore.ts';
import type { StoredTrial } from './record.ts';

export interface MergedResults {
  /** In the order in which they were named. */
  readonly sources: readonly { readonly directory: string; readonly experiment: Experiment }[];
  /** Each id once, in its furthest state. */
  readonly trials: readonly StoredTrial[];
  /** Whole sentences. */
  readonly warnings: readonly string[];
  /** Planned in all, each id once. */
  readonly numPlanned: number;
}

/** Throws what `readStore` throws. */
export function readStores(directories: readonly string[]): MergedResults {
  const stores = [...new Set(directories)].map((directory) => ({ directory, ...readStore(directory) }));
  const trials = new Map<string, StoredTrial>();
  for (const trial of stores.flatMap((store) => store.trials)) {
    const known = trials.get(trial.header.trial.id);
    if (known === undefined || progress(trial) > progress(known)) trials.set(trial.header.trial.id, trial);
  }
  const merged = [...trials.values()];
  return {
    sources: stores.map(({ directory, experiment }) => ({ directory, experiment })),
    trials: merged,
    warnings: [
      ...stores.flatMap(({ directory, warnings }) =>
        stores.length === 1 ? warnings : warnings.map((warning) => `${directory}: ${warning}`),
      ),
      ...warningOfVersions(merged),
    ],
    numPlanned: new Set(stores.flatMap(({ experiment }) => experiment.trials.map(({ id }) => id))).size,
  };
}

function progress({ footer, rounds }: StoredTrial): number {
  return (footer?.status === 'finished' ? 1e9 : 0) + rounds.length;
}

function warningOfVersions(trials: readonly StoredTrial[]): string[] {
  const numbers = trials.map(({ header }) => header.schemaVersion);
  const versions = [...new Set(numbers)].sort((a, b) => a - b);
  if (versions.length < 2) return [];
  return [
    `Records of schema versions ${versions.join(' and ')} are mixed: what a member means may have changed between them. ` +
      'Run the older ones again where figures must be exact.',
  ];
}

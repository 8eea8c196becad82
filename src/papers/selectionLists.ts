/** What every strategy asked for, as CSV with a line per query: the rows in order of preference, and the answers. */
import { sortTrials } from '../analysis/index.ts';
import { csvText } from '../render/index.ts';
import type { StoredTrial } from '../store/record.ts';

/** Lists are separated by spaces; an answer of -1 is none. A fifth of the size of a line per sample, compressed half. */
export function selectionLists(trials: readonly StoredTrial[]): string {
  const lines = sortTrials(trials).flatMap(({ header: { trial }, rounds }) =>
    rounds
      .filter(({ queriedRows }) => queriedRows.length > 0)
      .map(({ round, queriedRows, answers }) => [
        ...[trial.id, trial.labels.strategy, trial.identity.seed, round],
        ...[queriedRows.join(' '), answers.join(' ')],
      ]),
  );
  return csvText(['trial', 'strategy', 'seed', 'round', 'rows', 'answers'], lines);
}

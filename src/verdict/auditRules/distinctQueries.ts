/** A query names different rows, none of which has a label already. A row that got no answer may return in a later query. */
import type { StoredTrial } from '../../store/record.ts';
import type { Finding } from './finding.ts';

export function distinctQueries(trials: readonly StoredTrial[]): Finding[] {
  return trials.flatMap((trial) => {
    const found = firstRepetition(trial);
    return found === undefined ? [] : [{ trial, ...found }];
  });
}

/** Rows of the initial pool are not recorded: only what was queried since is known to have a label. */
function firstRepetition({ rounds }: StoredTrial): Omit<Finding, 'trial'> | undefined {
  const labelledIn = new Map<number, number>();
  for (const { round, queriedRows, answers } of rounds) {
    const asked = new Set<number>();
    for (const row of queriedRows) {
      const labelled = labelledIn.get(row);
      if (asked.has(row))
        return { round, finding: `A query must name different rows, and names row ${row} twice.` };
      if (labelled !== undefined) {
        const finding = `A query must name rows without a label, and row ${row} has had one since round ${labelled}.`;
        return { round, finding };
      }
      asked.add(row);
    }
    queriedRows.forEach((row, i) => {
      if ((answers[i] ?? -1) >= 0) labelledIn.set(row, round);
    });
  }
  return undefined;
}

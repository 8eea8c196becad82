/** All rows of a reproduction at one scale, with what its trials do otherwise than the paper's said beside each. */
import { cells } from '../analysis/index.ts';
import type { StoredTrial } from '../store/record.ts';
import type { ComparedRow } from './comparedRow.ts';
import { compareRow } from './compareRow.ts';
import type { Published } from './published.ts';

/** In the order of the file. */
export function compareWithPublished(
  { rows, protocol }: Published,
  trials: readonly StoredTrial[],
): readonly ComparedRow[] {
  const all = cells(trials);
  return rows.map((row) => {
    const compared = compareRow(row, all);
    const isMeasured = compared.verdict === 'within' || compared.verdict === 'outside';
    const fixed = 'samples' in row && row.samples !== undefined ? { samples: row.samples } : {};
    const departures = isMeasured ? departuresOf({ ...protocol, ...fixed }, trials) : [];
    return { ...compared, remarks: [...compared.remarks, ...departures] };
  });
}

/** Settings that decide how long a trial takes, and that a smaller scale may therefore change. */
function departuresOf(
  { samples, poolSubset }: Published['protocol'],
  trials: readonly StoredTrial[],
): string[] {
  const identities = trials.map(({ header }) => header.trial.identity);
  const told = (values: readonly (number | undefined)[]) => [...new Set(values)].join(' and ');
  const counts = identities.map(({ model }) => model.samples?.count);
  const subsets = identities.map(({ scoring }) => scoring?.poolSubset);
  const departures: string[] = [];
  if (samples !== undefined && counts.some((count) => count !== samples)) {
    departures.push(`ours takes ${told(counts)} samples for ${samples}`);
  }
  if (poolSubset === 'none' && subsets.some((subset) => subset !== undefined)) {
    departures.push(`ours scores ${told(subsets)} of the pool, the paper all of it`);
  }
  if (typeof poolSubset === 'number' && subsets.some((subset) => subset !== poolSubset)) {
    departures.push(`the paper scores ${poolSubset} of the pool`);
  }
  return departures;
}

/** The cells that a plan will have, to be held against a baseline before anything is run. */
import type { CellKey } from '../analysis/index.ts';
import { groupBy } from '../foundation/groupBy.ts';
import type { Trial } from '../store/record.ts';
import { cellId } from './cellText.ts';
import type { MatchableCell } from './matchCells.ts';
import { sharedIdentity } from './sharedIdentity.ts';

/** In the order of the plan. */
export function plannedCells(trials: readonly Trial[]): readonly MatchableCell[] {
  return groupBy(trials, (trial) => cellId(plannedCellKey(trial))).flatMap((members) => {
    const identity = sharedIdentity(members);
    // A plan's axes have one entry per label.
    if ('differences' in identity) return [];
    const seeds = members.map((trial) => ({ seed: trial.identity.seed }));
    return [{ ...plannedCellKey(members[0]), identity: identity.shared, seeds }];
  });
}

/** The cell a planned trial belongs to. */
export function plannedCellKey({ labels, identity }: Trial): CellKey {
  const { dataset, model, oracle, strategy } = labels;
  const { initialPoolSize, queryBatchSize } = identity;
  return { dataset, model, oracle, initialPoolSize, queryBatchSize, strategy };
}

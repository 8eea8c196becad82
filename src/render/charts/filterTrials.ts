/** Trials that a filter lets through. */
import { type CellKey, cellKey, naturalOrder } from '../../analysis/index.ts';
import { unknownName } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { StoredTrial } from '../../store/record.ts';

/** Values that are let through, by what a cell is told apart by; a property left out lets all through. */
export type ChartFilter = Readonly<Partial<Record<keyof CellKey, readonly (string | number)[]>>>;

/** Throws `UserError("unknown-name")` where a filter names what no trial has. */
export function filterTrials(trials: readonly StoredTrial[], filter: ChartFilter): readonly StoredTrial[] {
  return Object.entries(filter).reduce(
    (left, [property, values]) => keep(trials, left, property as keyof CellKey, values),
    trials,
  );
}

function keep(
  all: readonly StoredTrial[],
  left: readonly StoredTrial[],
  property: keyof CellKey,
  values: readonly (string | number)[],
): readonly StoredTrial[] {
  const known = [...new Set(all.map((trial) => String(cellKey(trial)[property])))].sort(naturalOrder);
  const wanted = values.map(String);
  for (const value of wanted) {
    if (known.includes(value)) continue;
    throw new UserError('unknown-name', unknownName(property, value, known));
  }
  return left.filter((trial) => wanted.includes(String(cellKey(trial)[property])));
}

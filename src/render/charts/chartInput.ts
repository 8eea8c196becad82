/** From stored trials to what charts are made of: all of them, or those that a filter lets through. */
import { type CellKey, cellKey, cells, groups, naturalOrder } from '../../analysis/index.ts';
import { unknownName } from '../../foundation/nearest.ts';
import { UserError } from '../../foundation/userError.ts';
import type { StoredTrial } from '../../store/record.ts';
import { strategyStyles } from '../strategyStyles.ts';
import type { ChartInput, ChartOptions } from './chart.ts';

/** Values that are let through, by what a cell is told apart by; a property left out lets all through. */
export type ChartFilter = Readonly<Partial<Record<keyof CellKey, readonly (string | number)[]>>>;

export interface ChartInputOptions extends ChartOptions, Pick<ChartInput, 'datasets'> {
  readonly filter?: ChartFilter;
}

/** Throws `UserError("unknown-name")` where a filter names what no trial has. */
export function chartInput(
  trials: readonly StoredTrial[],
  { filter = {}, datasets, ...options }: ChartInputOptions = {},
): ChartInput {
  const chosen = Object.entries(filter).reduce(
    (left, [property, values]) => keep(trials, left, property as keyof CellKey, values),
    trials,
  );
  const strategies = (isBound?: true) =>
    trials
      .filter(({ header }) => isBound === undefined || header.trial.isBound === true)
      .map((trial) => cellKey(trial).strategy);
  return {
    trials: chosen,
    groups: groups(cells(chosen)),
    styles: strategyStyles(strategies(), strategies(true)),
    options,
    ...(datasets && { datasets }),
  };
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

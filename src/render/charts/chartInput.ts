/** From stored trials to what charts are made of: all of them, or those that a filter lets through. */
import { cellKey, cells, groups } from '../../analysis/index.ts';
import type { StoredTrial } from '../../store/record.ts';
import { strategyStyles } from '../strategyStyles.ts';
import type { ChartInput, ChartOptions } from './chart.ts';
import { type ChartFilter, filterTrials } from './filterTrials.ts';

export interface ChartInputOptions extends ChartOptions, Pick<ChartInput, 'datasets'> {
  readonly filter?: ChartFilter;
}

/** Throws `UserError("unknown-name")` where a filter names what no trial has. */
export function chartInput(
  trials: readonly StoredTrial[],
  { filter = {}, datasets, ...options }: ChartInputOptions = {},
): ChartInput {
  const chosen = filterTrials(trials, filter);
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

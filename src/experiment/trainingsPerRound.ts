/** How many trainings a trial's round is: a bound tries rows by training on them. */
import type { TrialIdentity } from '../store/record.ts';
import { strategies } from '../strategies/index.ts';

/** At least 1. An ensemble counts as one. */
export function trainingsPerRound({ strategy }: Pick<TrialIdentity, 'strategy'>): number {
  const entry = Object.hasOwn(strategies, strategy.name) ? strategies[strategy.name] : undefined;
  return entry?.trainingsPerRound?.(strategy.options) ?? 1;
}

/** From a gain and its interval to what is to be done. */
import type { Interval } from '../../analysis/index.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Decision } from './modelComparison.ts';

export interface DecisionRule {
  /** What the new one must win by at least, in the metric's unit; 0 if left out. A tie is never a win. */
  readonly minDelta?: number;
  /** The interval's lower end must win by as much, too. */
  readonly isConfident?: boolean;
}

/** Decimal fractions are not exact in binary: 0.3 − 0.2 must be 0.1. */
const ROUNDING = 1e-12;

/** Throws `UserError("bad-option")` where `minDelta` is negative or no number. */
export function decide(
  { gain, interval }: { readonly gain: number; readonly interval?: Interval },
  { minDelta = 0, isConfident = false }: DecisionRule = {},
): Decision {
  if (!(minDelta >= 0 && Number.isFinite(minDelta))) {
    throw new UserError(
      'bad-option',
      '--min-delta must be a difference of 0 or more. Write it as in --min-delta 0.01.',
    );
  }
  const wins = (value: number): boolean => value > ROUNDING && value >= minDelta - ROUNDING;
  const isSureWin = interval !== undefined && wins(interval.lower);
  const isSureLoss = interval !== undefined && !wins(interval.upper);
  return {
    action: wins(gain) && (isSureWin || !isConfident) ? 'update_model' : 'discard',
    ...{ minDelta, isConfident },
    isCertain: wins(gain) ? isSureWin : isSureLoss,
  };
}

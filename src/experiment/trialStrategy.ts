/** The strategy of a trial, a user's own included. */
import { createStrategy } from '../strategies/composition/createStrategy.ts';
import type { Strategy } from '../strategies/strategy.ts';
import type { StrategyConfig } from '../strategies/strategyConfig.ts';
import { moduleStrategy } from '../strategies/userModule/moduleStrategy.ts';

/** @param checkInterruption called again and again while a user's module runs; throws to end it */
export function createTrialStrategy(config: StrategyConfig, checkInterruption: () => void): Strategy {
  return createStrategy(config, (own) => moduleStrategy(own, checkInterruption));
}

/** From a strategy written out to the strategy: registries looked up, measures and selectors put together. */
import { lookUp } from '../../foundation/nearest.ts';
import { strategies } from '../index.ts';
import { selectors } from '../selectors/index.ts';
import type { Strategy } from '../strategy.ts';
import type { MixtureConfig, ModuleConfig, NamedStrategyConfig, StrategyConfig } from '../strategyConfig.ts';
import { compose } from './fromMeasure.ts';
import { mixture } from './mixture.ts';

/** @param ofModule makes a user's strategy, where `config` has one */
export function createStrategy(
  config: StrategyConfig,
  ofModule: (config: ModuleConfig) => Strategy = () => {
    throw new Error('No user’s strategy can be run here.');
  },
): Strategy {
  if ('module' in config) return ofModule(config);
  if ('parts' in config) return ofMixture(config, ofModule);
  return ofRegistry(config);
}

function ofMixture({ parts }: MixtureConfig, ofModule: (config: ModuleConfig) => Strategy): Strategy {
  return mixture(
    parts.map(({ strategy, weight }) => ({ strategy: createStrategy(strategy, ofModule), weight })),
  );
}

function ofRegistry({ name, options, selector }: NamedStrategyConfig): Strategy {
  const entry = lookUp('strategy', strategies, name);
  if (selector === undefined) return entry.create(options);
  if (entry.measure === undefined) throw new Error(`The strategy "${name}" has no scores to select by.`);
  const chosen = lookUp('selector', selectors, selector.name);
  return compose(entry.measure.create(options), chosen.create(selector.options));
}

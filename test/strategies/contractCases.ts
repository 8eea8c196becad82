/**
 * What the contract suite runs over: every entry of the registry, a measure with every selector, and the options
 * that some of them are given.
 */
import { compose } from '../../src/strategies/composition/fromMeasure.ts';
import { strategies } from '../../src/strategies/index.ts';
import { selectors } from '../../src/strategies/selectors/index.ts';
import type { Acquisition, Strategy } from '../../src/strategies/strategy.ts';
import type { StrategyEntry } from '../../src/strategies/strategyEntry.ts';
import { uncertaintyMeasures } from '../../src/strategies/uncertainty/index.ts';

/** Options for entries that cannot do without, or that show more of themselves with them; or would train for minutes. */
const givenOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'batch-bald': { outcomes: 30 }, // all of them at first, drawn ones after a few rows
  'class-entropy': { class: 1 },
  'class-probability': { class: 'class 0' },
  discriminative: { steps: 5, hiddenUnits: 8, numParts: 3 },
};

export interface ContractCase {
  readonly name: string;
  readonly needs: StrategyEntry['needs'];
  readonly strategy: Strategy;
}

const entries: readonly ContractCase[] = Object.entries(strategies)
  .filter(([, { isBound }]) => isBound !== true) // what looks at labels has a context of its own
  .map(([name, entry]) => ({
    name,
    needs: entry.needs,
    strategy: entry.create(givenOptions[name] ?? {}),
  }));

const compositions: readonly ContractCase[] = Object.entries(selectors).map(([name, entry]) => ({
  name: `entropy+${name}`,
  needs: [...new Set(['predictions' as const, ...entry.needs])],
  strategy: compose(uncertaintyMeasures.entropy?.create({}) as Acquisition, entry.create({})),
}));

export const contractCases: readonly ContractCase[] = [...entries, ...compositions];

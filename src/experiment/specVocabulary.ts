/**
 * The names that a spec may use. They are handed in, so that specs know nothing of what the names stand for.
 */
import type { ZodType } from 'zod';

export interface SpecVocabulary {
  readonly datasets: readonly string[];
  /** Model presets. */
  readonly models: readonly string[];
  readonly strategies: Readonly<Record<string, StrategyComponent>>;
  /** What picks by a measure's scores. */
  readonly selectors: Readonly<Record<string, StrategyComponent>>;
  readonly oracles: Readonly<Record<string, ComponentEntry>>;
  /** The devices of each engine, the default first. */
  readonly engines: Readonly<Record<string, readonly string[]>>;
}

type ComponentOptions = Readonly<Record<string, unknown>>;

/** What options may be held against. */
interface OptionsData {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly numClasses: number;
  readonly numSamples: number;
}

/** What a registry entry says of itself. */
export interface ComponentEntry {
  /** Raised when the implementation's results change; part of the trial's id. */
  readonly version: number;
  /** The options it takes, by name; left out: none. */
  readonly options?: Readonly<Record<string, ZodType>>;
  /** Throws `UserError` where options contradict each other or do not fit the data set. */
  checkOptions?(options: ComponentOptions, data: OptionsData): void;
  /** Of a strategy: it looks at labels that nobody paid for, and is named and drawn apart. */
  readonly isBound?: true;
  /** Of a strategy: it looks at samples of several rows together. */
  readonly isJoint?: true;
  /** Of an oracle: no answer costs less. Left out: 1. */
  minimumCost?(options: ComponentOptions): number;
}

export interface StrategyComponent extends ComponentEntry {
  /** What it asks of the model; left out: nothing. */
  readonly needs?: readonly string[];
  /** Present where it scores the pool and a selector may pick by the scores. */
  readonly measure?: unknown;
}

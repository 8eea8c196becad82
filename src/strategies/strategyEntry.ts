/**
 * What the registries say of strategies, measures and selectors, and how an entry states its options. A measure scores
 * the pool and a selector picks by the scores: a strategy is the two of them, or does both at once.
 */
import { z } from 'zod';
import type { Acquisition, Selector, Strategy } from './strategy.ts';

/** What a strategy asks of the model, besides training. `samples`: more than one, by dropout or an ensemble. */
export type Need = 'predictions' | 'samples' | 'embeddings';

type OptionShape = Readonly<Record<string, z.ZodType>>;

interface Entry<Made> {
  /** Raised when the same input may lead to another pick: part of the trial's id. */
  readonly version: number;
  /** One line: the rule and its source. */
  readonly description: string;
  /** For `querybench list strategies --long`. N pool, L labelled, d embedding width, C classes, K samples, k query batch. */
  readonly details: StrategyDetails;
  readonly needs: readonly Need[];
  /** Looks at samples of several rows together: each sample must be the same network for all of them. */
  readonly isJoint?: true;
  /** The options a spec may give, by name, each with a default or required, and a description. */
  readonly options: OptionShape;
  /** Throws `UserError` where the options do not fit the data set: before anything is run. */
  checkOptions?(options: Readonly<Record<string, unknown>>, dataset: ClassNames): void;
  /** `options` as a spec gives them, defaults filled in. */
  create(options: Readonly<Record<string, unknown>>): Made;
}

export type MeasureEntry = Entry<Acquisition>;
export type SelectorEntry = Entry<Selector>;

export interface StrategyEntry extends Entry<Strategy> {
  /** Looks at labels that nobody paid for: a bound for other strategies, no rival of theirs. */
  readonly isBound?: true;
  /** The model's own training included; left out: 1. By this the time of a run is estimated. */
  trainingsPerRound?(options: Readonly<Record<string, unknown>>): number;
  /** What scores the pool, where the strategy is that and top-k: any other selector may stand in for top-k. */
  readonly measure?: MeasureEntry;
}

export interface StrategyDetails {
  /** Author and year of the paper, with its arXiv number where there is one. */
  readonly source: string;
  readonly formula: string;
  /** Time and extra memory. */
  readonly cost: string;
}

export interface ClassNames {
  readonly name: string;
  readonly classNames: readonly string[];
}

interface Definition<Shape extends OptionShape, Made>
  extends Omit<Entry<Made>, 'options' | 'create' | 'needs' | 'checkOptions'> {
  readonly needs?: readonly Need[];
  readonly options?: Shape;
  readonly checkOptions?: (options: z.output<z.ZodObject<Shape>>, dataset: ClassNames) => void;
  readonly create: (options: z.output<z.ZodObject<Shape>>) => Made;
}

/** An entry whose `create` sees its options with their types. Left out: no needs, no options. */
function define<Shape extends OptionShape, Made, Own extends Definition<Shape, Made>>(definition: Own) {
  const { create, checkOptions, options, needs = [], ...entry } = definition;
  const schema = z.strictObject(options ?? ({} as Shape));
  return {
    ...entry,
    needs,
    options: options ?? {},
    ...(checkOptions && {
      checkOptions: (given: Readonly<Record<string, unknown>>, dataset: ClassNames) =>
        checkOptions(schema.parse(given), dataset),
    }),
    create: (given: Readonly<Record<string, unknown>>): Made => create(schema.parse(given)),
  };
}

export function defineMeasure<Shape extends OptionShape>(
  definition: Definition<Shape, Acquisition>,
): MeasureEntry {
  return define<Shape, Acquisition, Definition<Shape, Acquisition>>(definition);
}

export function defineSelector<Shape extends OptionShape>(
  definition: Definition<Shape, Selector>,
): SelectorEntry {
  return define<Shape, Selector, Definition<Shape, Selector>>(definition);
}

export function defineStrategy<Shape extends OptionShape>(
  definition: Definition<Shape, Strategy> & Pick<StrategyEntry, 'isBound' | 'trainingsPerRound'>,
): StrategyEntry {
  return define<Shape, Strategy, typeof definition>(definition);
}

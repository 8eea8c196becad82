/** What the registry says of a strategy, and how an entry states its options. */
import { z } from 'zod';
import type { Strategy } from './strategy.ts';

/** What a strategy asks of the model, besides training. */
type Need = 'predictions' | 'samples' | 'embeddings';

type OptionShape = Readonly<Record<string, z.ZodType>>;

export interface StrategyEntry {
  /** Raised when the same input may lead to another pick: part of the trial's id. */
  readonly version: number;
  /** One line: the rule and its source. */
  readonly description: string;
  /** For `querybench list strategies --long`. N pool, L labelled, d embedding width, C classes, K samples, k query batch. */
  readonly details: StrategyDetails;
  readonly needs: readonly Need[];
  /** Looks at labels that nobody paid for: a bound for other strategies, no rival of theirs. */
  readonly isBound?: true;
  /** The options a spec may give, by name, each with a default and a description. */
  readonly options: OptionShape;
  /** `options` as a spec gives them, defaults filled in. */
  create(options: Readonly<Record<string, unknown>>): Strategy;
}

export interface StrategyDetails {
  /** Author and year of the paper, with its arXiv number where there is one. */
  readonly source: string;
  readonly formula: string;
  /** Time and extra memory. */
  readonly cost: string;
}

interface StrategyDefinition<Shape extends OptionShape>
  extends Omit<StrategyEntry, 'options' | 'create' | 'needs'> {
  readonly needs?: readonly Need[];
  readonly options?: Shape;
  readonly create: (options: z.output<z.ZodObject<Shape>>) => Strategy;
}

/** An entry whose `create` sees its options with their types. Left out: no needs, no options. */
export function defineStrategy<Shape extends OptionShape>({
  create,
  options,
  needs = [],
  ...entry
}: StrategyDefinition<Shape>): StrategyEntry {
  const schema = z.strictObject(options ?? ({} as Shape));
  return { ...entry, needs, options: options ?? {}, create: (given) => create(schema.parse(given)) };
}

/** What the registry says of an oracle, and how an entry states its options. */
import { z } from 'zod';
import type { Oracle, OracleContext, OracleData } from './oracle.ts';

type OptionShape = Readonly<Record<string, z.ZodType>>;
type Options = Readonly<Record<string, unknown>>;

export interface OracleEntry {
  /** Raised when the same query may be answered otherwise: part of the trial's id. */
  readonly version: number;
  /** One line. */
  readonly description: string;
  /** A query may come back without an answer. */
  readonly mayAbstain?: true;
  /** The options a spec may give, by name, each with a description. */
  readonly options: OptionShape;
  /** Throws `UserError("bad-oracle")` where options contradict each other or the data set. */
  checkOptions(options: Options, data: OracleData): void;
  /** No answer costs less: how many a budget in cost can buy at most. Positive. */
  minimumCost(options: Options): number;
  /** `options` as a spec gives them, defaults filled in. */
  create(options: Options, context: OracleContext): Oracle;
}

interface OracleDefinition<Shape extends OptionShape>
  extends Pick<OracleEntry, 'version' | 'description' | 'mayAbstain'> {
  readonly options?: Shape;
  readonly checkOptions?: (options: z.output<z.ZodObject<Shape>>, data: OracleData) => void;
  readonly minimumCost?: (options: z.output<z.ZodObject<Shape>>) => number;
  readonly create: (options: z.output<z.ZodObject<Shape>>, context: OracleContext) => Oracle;
}

/** An entry whose functions see its options with their types. Left out: no options, nothing to check, a cost of 1. */
export function defineOracle<Shape extends OptionShape>({
  options,
  checkOptions = () => {},
  minimumCost = () => 1,
  create,
  ...entry
}: OracleDefinition<Shape>): OracleEntry {
  const schema = z.strictObject(options ?? ({} as Shape));
  return {
    ...entry,
    options: options ?? {},
    checkOptions: (given, data) => checkOptions(schema.parse(given), data),
    minimumCost: (given) => minimumCost(schema.parse(given)),
    create: (given, context) => create(schema.parse(given), context),
  };
}

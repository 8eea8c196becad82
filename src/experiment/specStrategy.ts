/** The strategy axis of a spec: a name, a measure with a selector, a module of the user's, or a mixture of these. */
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { type ComponentChoice, component, label } from './specAxes.ts';
import type { SpecVocabulary, StrategyComponent } from './specVocabulary.ts';

export type StrategyChoice = PartChoice | MixtureChoice;

interface NamedChoice extends ComponentChoice {
  readonly kind: 'named';
  readonly selector?: ComponentChoice;
}

/** A user's own strategy. */
interface ModuleChoice {
  readonly kind: 'module';
  readonly path: string;
  readonly label: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly timeout: number;
}

export type PartChoice = NamedChoice | ModuleChoice;

export interface MixtureChoice {
  readonly kind: 'mixture';
  readonly label: string;
  readonly parts: readonly PartChoice[];
  readonly weights: readonly number[];
}

/** What a path is told from a name by. */
const modulePattern = /^\.{0,2}\/.*\.(js|mjs)$/;

const labelOption = label.optional().describe('What tables and charts call it; by default its name.');

/** An entry of the strategy axis. */
export function strategy(vocabulary: Pick<SpecVocabulary, 'strategies' | 'selectors'>) {
  const { strategies, selectors } = vocabulary;
  const selector = component(selectors, {})
    .optional()
    .describe('What picks by the scores, see `querybench list selectors`. Default: top-k.');
  const { beforeMapping, mapping } = partSchemas(strategies, selector, { label: labelOption });
  const shared = mixture(partSchemas(strategies, selector, {}));
  return z.union([...beforeMapping, shared, mapping]) as z.ZodType<StrategyChoice>;
}

/** Order matters where a mapping is wrong: the first kind that it could be is the one it is told about. */
function partSchemas(
  strategies: SpecVocabulary['strategies'],
  selector: z.ZodType,
  common: Readonly<Record<string, z.ZodType>>,
) {
  const named = namedSchema(strategies, selector, common);
  const bareName = z.enum(Object.keys(strategies)).transform((name) => ({ name }));
  const path = z
    .string()
    .regex(modulePattern)
    .superRefine((text, context) => {
      if (!modulePattern.test(text)) addNotMeant(context);
    })
    .transform((name) => ({ name }));
  const moduleMapping = meantWhere(
    z.looseObject({
      name: z.string().regex(modulePattern).describe('A JavaScript module, its path relative to this file.'),
      timeout: z.number().positive().default(600).describe('Seconds that a query may take. Default: 600.'),
      ...common,
    }),
    ({ name }) => typeof name === 'string' && modulePattern.test(name),
  ).transform(moduleChoice);
  return {
    beforeMapping: [
      bareName.pipe(named as z.ZodType<NamedChoice, { name: string }>),
      path.pipe(moduleMapping),
      moduleMapping,
    ],
    mapping: named,
  } as const;
}

function namedSchema(
  strategies: Readonly<Record<string, StrategyComponent>>,
  selector: z.ZodType,
  common: Readonly<Record<string, z.ZodType>>,
) {
  const choices = Object.entries(strategies).map(([name, { options, measure }]) =>
    z.strictObject({
      name: z.literal(name).describe('Its name, see `querybench list strategies`.'),
      ...common,
      ...options,
      ...(measure !== undefined && { selector }),
    }),
  );
  const [first, ...others] = choices;
  if (first === undefined) throw new Error('An empty registry leaves a spec nothing to choose');
  return z.discriminatedUnion('name', [first, ...others]).transform(namedChoice);
}

function mixture({ beforeMapping, mapping }: ReturnType<typeof partSchemas>) {
  const part = z.union([...beforeMapping, mapping]) as z.ZodType<PartChoice>;
  const schema = z.strictObject({
    mixture: z
      .array(part)
      .min(2, 'must be a list of at least two strategies')
      .describe('Strategies that share each query batch, in this order.'),
    weights: z
      .array(z.number().positive())
      .optional()
      .describe('How much of a batch each picks, in any unit. Default: as much as any other.'),
    label: labelOption,
  });
  return meantWhere(schema, (value) => 'mixture' in value)
    .superRefine(({ mixture: parts, weights }, context) => {
      if (weights === undefined || weights.length === parts.length) return;
      const message = `must be as many as the strategies of "mixture", which are ${parts.length}; met ${weights.length}`;
      context.addIssue({ code: 'custom', path: ['weights'], message });
    })
    .transform(
      ({ mixture: parts, weights, label: given }): MixtureChoice => ({
        kind: 'mixture',
        label: given ?? parts.map((each) => each.label).join(' & '),
        parts,
        weights: weights ?? parts.map(() => 1),
      }),
    );
}

/** Marks a mapping that is another kind of entry: see `toProblems`. */
function meantWhere<Schema extends z.ZodObject>(
  schema: Schema,
  isMeant: (value: Readonly<Record<string, unknown>>) => boolean,
): Schema {
  return schema.superRefine(
    (value, context) => {
      if (!isMeant(value)) addNotMeant(context);
    },
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  );
}

function addNotMeant(context: z.RefinementCtx): void {
  context.addIssue({ code: 'custom', message: 'is another kind of entry', params: { notMeant: true } });
}

interface NamedOutput {
  readonly name: string;
  readonly label?: string | undefined;
  readonly selector?: ComponentChoice | undefined;
  readonly [option: string]: unknown;
}

function namedChoice(output: object): NamedChoice {
  const { name, label: given, selector, ...options } = output as NamedOutput;
  if (selector === undefined || selector.name === 'top-k') {
    return { kind: 'named', name, label: given ?? name, options };
  }
  return { kind: 'named', name, label: given ?? `${name}+${selector.name}`, options, selector };
}

function moduleChoice(output: object): ModuleChoice {
  const { name: path, label: given, timeout, ...options } = output as NamedOutput & { timeout: number };
  return { kind: 'module', path, label: given ?? basename(path, extname(path)), options, timeout };
}

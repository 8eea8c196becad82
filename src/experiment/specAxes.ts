/** Building blocks of the spec's schema: axes (one value or a list), entries by name, numbers, seeds. */
import { z } from 'zod';
import { show } from './specProblems.ts';
import type { ComponentEntry } from './specVocabulary.ts';

/** One entry, or a list of at least one: parsed to a list. */
export function axis<Entry extends z.ZodType>(entry: Entry) {
  return z.union([entry, z.array(entry).min(1)]).transform((value): readonly z.output<Entry>[] => {
    return Array.isArray(value) ? value : [value as z.output<Entry>];
  });
}

/** An axis of plain values, none of them twice. */
export function valueAxis<Entry extends z.ZodType<number>>(entry: Entry) {
  return z.union([entry, listWithoutRepeats(entry)]).transform((value): readonly number[] => {
    return Array.isArray(value) ? value : [value as number];
  });
}

/** Positive whole numbers. */
export const count = z.int().min(1);

/**
 * Adds checks to `schema` that also run where a member is wrong, so that all problems come to light at once.
 */
export function withRules<Schema extends z.ZodObject>(
  schema: Schema,
  check: (value: Readonly<Record<string, unknown>>, addProblem: AddProblem) => void,
) {
  return schema.superRefine(
    (value, context) => {
      check(value, (message, place) => {
        const path = place === undefined ? [] : typeof place === 'string' ? [place] : [...place];
        context.addIssue({ code: 'custom', message, path, params: { atKey: typeof place === 'string' } });
      });
    },
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  );
}

/** With a key the problem is the key's, with a path that of the value there, with neither the object's. */
export type AddProblem = (message: string, place?: string | readonly PropertyKey[]) => void;

/** What charts and tables call an entry of an axis. */
export const label = z.string().min(1).max(80);

/** What a strategy is called where another model than the trial's own asks by it. */
export function queriedLabel(strategy: string, queryModel: string): string {
  return `${strategy} by ${queryModel}`;
}

const maximumNumSeeds = 100_000;
const rangePattern = /^(\d{1,15})-(\d{1,15})$/;

const seedRange = z
  .string()
  .regex(rangePattern, {
    error: ({ input }) => `must be a whole number or a range such as 0-4; met ${show(input)}`,
  })
  .superRefine((text, context) => {
    const { first, last } = boundsOf(text);
    if (last < first) {
      context.addIssue({ code: 'custom', message: `must ascend; met ${show(text)}; write ${last}-${first}` });
    } else if (last - first >= maximumNumSeeds) {
      const message = `must hold at most ${maximumNumSeeds} seeds; met ${show(text)}`;
      context.addIssue({ code: 'custom', message });
    }
  });

const seedEntry = z.union([z.int().min(0), seedRange]);

/** Seeds: a number, a range "0-4", or a list of these, none twice. Parsed to all seeds in the order given. */
export const seeds = z
  .union([seedEntry, listWithoutRepeats(seedEntry, expand)])
  .transform((value): readonly number[] => (Array.isArray(value) ? value : [value]).flatMap(expand));

/** The seeds an entry stands for; none where it is no seed. */
function expand(entry: unknown): readonly number[] {
  if (typeof entry === 'number') return [entry];
  if (typeof entry !== 'string' || !rangePattern.test(entry)) return [];
  const { first, last } = boundsOf(entry);
  if (last - first >= maximumNumSeeds) return [];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

function boundsOf(range: string): { first: number; last: number } {
  const [, first, last] = rangePattern.exec(range) ?? [];
  return { first: Number(first), last: Number(last) };
}

/** A list of at least one entry; an entry that stands for a value met before is a problem. */
function listWithoutRepeats<Entry extends z.ZodType>(
  entry: Entry,
  valuesOf: (entry: unknown) => readonly unknown[] = (value) => [value],
) {
  return z
    .array(entry)
    .min(1)
    .superRefine(
      (entries, context) => {
        const seen = new Set<unknown>();
        for (const [i, value] of entries.entries()) {
          const values = valuesOf(value);
          const repeated = values.find((each) => seen.has(each));
          if (repeated !== undefined) {
            const message = `must not repeat; met ${show(repeated)} again; leave one out`;
            context.addIssue({ code: 'custom', path: [i], message });
          }
          for (const each of values) seen.add(each);
        }
      },
      { when: ({ value }) => Array.isArray(value) },
    );
}

/** An entry of a registry as a spec chooses it, its options completed by their defaults. */
export interface ComponentChoice {
  readonly name: string;
  readonly label: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const labelled = { label: label.optional().describe('What tables and charts call it; by default its name.') };

/** A registry's names, each alone or as `{ name, label, ...options }`; `common` in place of `label` where it has none. */
export function component(
  registry: Readonly<Record<string, ComponentEntry>>,
  common: Readonly<Record<string, z.ZodType>> = labelled,
) {
  const choices = Object.entries(registry).map(([name, { options }]) =>
    z.strictObject({
      name: z.literal(name).describe('Its name, see `querybench list`.'),
      ...common,
      ...options,
    }),
  );
  const [first, ...others] = choices;
  if (first === undefined) throw new Error('An empty registry leaves a spec nothing to choose');
  const mapping = z.discriminatedUnion('name', [first, ...others]);
  const bareName = z.enum(Object.keys(registry)).transform((name) => ({ name }));
  return z
    .union([bareName.pipe(mapping as z.ZodType<z.output<typeof mapping>, { name: string }>), mapping])
    .transform(
      ({ name, label: given, ...options }: ComponentOutput): ComponentChoice => ({
        ...{ name, label: given ?? name, options },
      }),
    );
}

interface ComponentOutput {
  readonly name: string;
  readonly label?: string | undefined;
  readonly [option: string]: unknown;
}

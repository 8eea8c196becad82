/**
 * What a paper published, as data: `experiments/papers/published/<name>.json`. Each row is one number or claim, with where it
 * stands, how it was read and what counts as agreement.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../foundation/userError.ts';

const count = z.int().min(1);
/** A number of labels that was not reached is null. */
const reached = z.number().nullable();

/** Which of our curves a row speaks of; what is left out is whatever the experiment has, and that must be one. */
const place = z.strictObject({
  model: z.string().optional(),
  oracle: z.string().optional(),
  initialPoolSize: count.optional(),
  queryBatchSize: count.optional(),
});

/** `raw`: computed from published result files; `text`: said in words. */
const reading = z.enum(['raw', 'table', 'figure', 'text']);

const figure = z.strictObject({
  value: reached,
  /** Standard deviation, or what the paper puts behind ±. */
  spread: z.number().positive().optional(),
  quartiles: z.tuple([reached, reached, reached]).optional(),
  numSeeds: count.optional(),
  /** Where their runs end: what was not reached takes more labels than this. */
  limit: count.optional(),
  /** Of the series that a chart draws: the paper, or whose re-run. */
  source: z.string().min(1),
  read: reading,
});

/**
 * What counts as agreement. `quartiles`: our median lies within the published ones. `spread`: we differ by no more than it.
 * `tolerance`: by no more than `by`. `between`: we lie between the least and the greatest value published, widened by the
 * share `by` of either. `seeds`: the published value lies between our lowest and our highest seed.
 */
const band = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('quartiles') }),
  z.strictObject({ rule: z.literal('spread') }),
  z.strictObject({ rule: z.literal('tolerance'), by: z.number().positive() }),
  z.strictObject({ rule: z.literal('between'), by: z.number().min(0) }),
  z.strictObject({ rule: z.literal('seeds') }),
]);

const common = {
  where: place.default({}),
  /** What a reader of the row should know besides. */
  remark: z.string().optional(),
  /** Of trials with so many samples alone. */
  samples: count.optional(),
  /** Why ours cannot be held against it, where it cannot. */
  incomparable: z.string().optional(),
};

const accuracyRow = z.strictObject({
  kind: z.literal('accuracy'),
  strategy: z.string(),
  numLabels: count,
  published: z.array(figure).min(1),
  band,
  ...common,
});

/** `counting`: `reached` is the labels that the model had; `batch-start` credits the start of the batch that reached it. */
const labelsRow = z.strictObject({
  kind: z.literal('labels'),
  strategy: z.string(),
  accuracy: z.number().gt(0).max(1),
  counting: z.enum(['reached', 'batch-start']).default('reached'),
  published: z.array(figure).min(1),
  band,
  ...common,
});

const measure = z.union([
  z.strictObject({ accuracyAt: count }),
  z.strictObject({ labelsTo: z.number().gt(0).max(1) }),
  z.literal('aubc'),
]);

/** Every strategy of a tier is better than every one of the tiers after it. */
const orderRow = z.strictObject({
  kind: z.literal('order'),
  claim: z.string(),
  by: measure,
  tiers: z.array(z.array(z.string()).min(1)).min(2),
  source: z.string(),
  read: reading,
  ...common,
});

/** Said in words, and not held against anything. */
const statement = z.strictObject({
  kind: z.literal('statement'),
  claim: z.string(),
  source: z.string(),
  read: reading,
  incomparable: z.string(),
});

const published = z.strictObject({
  /** What is reproduced, with its reference. */
  title: z.string(),
  link: z.url().optional(),
  /** How the paper's protocol goes where ours departs at some scale: said beside each row then. */
  protocol: z
    .strictObject({ samples: count.optional(), poolSubset: z.union([count, z.literal('none')]).optional() })
    .default({}),
  /** Kinds of charts on the page, the one that answers first. */
  charts: z.array(z.string()).min(1).default(['learning-curves']),
  rows: z.array(z.discriminatedUnion('kind', [accuracyRow, labelsRow, orderRow, statement])),
});

export type Published = z.output<typeof published>;
export type PublishedRow = Published['rows'][number];
export type FigureRow = Extract<PublishedRow, { readonly band: unknown }>;
export type OrderRow = Extract<PublishedRow, { readonly kind: 'order' }>;
export type Figure = z.output<typeof figure>;
export type Place = z.output<typeof place>;
export type Measure = z.output<typeof measure>;
export type Band = z.output<typeof band>;

/** Reads and checks a file. Throws `UserError`: `unreadable-file`, `bad-published` with the place of each problem. */
export async function readPublished(path: string): Promise<Published> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UserError(
      'unreadable-file',
      `The published numbers ${path} must be a file that can be read, and are not: ${error.message}. Add the file.`,
      { cause: error },
    );
  });
  return parsePublished(text, path);
}

/** Throws `UserError("bad-published")`. */
export function parsePublished(text: string, path: string): Published {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    refuse(path, [(error as Error).message]);
  }
  const result = published.safeParse(data);
  if (!result.success)
    refuse(
      path,
      result.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`),
    );
  const lacking = result.data.rows.flatMap((row, i) => lackOf(row).map((problem) => `rows.${i}: ${problem}`));
  if (lacking.length > 0) refuse(path, lacking);
  return result.data;
}

/** A band can only be as good as the numbers that it is made of. */
function lackOf(row: PublishedRow): string[] {
  if (!('band' in row)) return [];
  const [first] = row.published;
  if (row.band.rule === 'quartiles' && first?.quartiles === undefined) return ['the band needs quartiles'];
  if (row.band.rule === 'spread' && first?.spread === undefined) return ['the band needs a spread'];
  const hasValue = row.published.every(({ value }) => value !== null);
  return row.band.rule === 'quartiles' || hasValue ? [] : ['the band needs values that were reached'];
}

function refuse(path: string, problems: readonly string[]): never {
  throw new UserError('bad-published', problems.map((problem) => `${path}: ${problem}`).join('\n'));
}

/** The JSON of `querybench compare`, as a schema: its types are what is written, and `experiments/compare.schema.json` is made of it. */
import { z } from 'zod';

/** Raised when a member changes its meaning or goes; new members may come without it. */
const COMPARISON_VERSION = 1;

const side = z.object({
  name: z.string().describe('The directory, model or file; with the runs that were chosen of it.'),
  value: z.number().describe('In the metric’s unit.'),
});

const comparisonSchema = z.object({
  format: z.literal('querybench-comparison'),
  version: z.literal(COMPARISON_VERSION),
  kind: z.enum(['results', 'models', 'detections']),
  subject: z.string().describe('What both were measured on, for a reader.'),
  metric: z.object({
    name: z.enum(['accuracy', 'nll', 'macro-f1', 'auc-pr', 'auc-roc', 'aubc']),
    title: z.string(),
    better: z.enum(['higher', 'lower']),
    className: z.string().optional().describe('Of one class alone; left out: of all.'),
    iouThreshold: z.number().optional().describe('Of detections: the overlap at which a box is found.'),
  }),
  old: side,
  new: side,
  gain: z.number().describe('New less old, turned so that more is better.'),
  interval: z
    .object({ lower: z.number(), upper: z.number() })
    .optional()
    .describe('Of the gain, paired; left out where there is too little to make one of.'),
  pairing: z.object({
    unit: z.enum(['seeds', 'rows', 'images']),
    count: z.int().min(0),
    method: z
      .enum(['student', 'bootstrap'])
      .describe(
        'student: of the differences by seed. bootstrap: percentiles, both sides on the same resamples.',
      ),
    level: z.number().describe('Coverage of the interval.'),
  }),
  action: z.enum(['update_model', 'discard']),
  minDelta: z.number().min(0).describe('What the gain had to be at least; a gain of 0 never wins.'),
  isConfident: z.boolean().describe('Whether the interval’s lower end had to reach minDelta, too.'),
  isCertain: z
    .boolean()
    .describe('Whether the whole interval is on the side of minDelta that the gain is on.'),
  classes: z
    .array(
      z.object({
        name: z.string(),
        count: z.int().min(0).describe('Rows, or boxes, of the class.'),
        old: z.number().optional(),
        new: z.number().optional(),
      }),
    )
    .optional()
    .describe('Of models and detections. A value is left out where the class has none.'),
  seeds: z
    .array(z.object({ seed: z.int(), old: z.number(), new: z.number() }))
    .optional()
    .describe('Of results: the mean over the cells that both sides have.'),
  warnings: z.array(z.string()).describe('What to know before believing it; whole sentences.'),
});

export type ComparisonDocument = z.infer<typeof comparisonSchema>;

/** JSON Schema, draft 7. */
export function comparisonJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(comparisonSchema, {
    io: 'output',
    target: 'draft-07',
    override: ({ jsonSchema }) => {
      // Every whole number would carry the bounds that doubles set it.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return {
    ...schema,
    title: `querybench compare --format json, version ${COMPARISON_VERSION}`,
    description:
      'Members without a value are left out. A new version is a changed or missing member; members may be added within a version.',
  };
}

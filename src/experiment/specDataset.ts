/** The dataset axis of a spec: a name, or a name with how its rows are scaled and divided. */
import { z } from 'zod';
import { label, withRules } from './specAxes.ts';
import { show } from './specProblems.ts';

/** A fraction below 1 or a whole number. */
function rowCount(minimum: { readonly above: number } | { readonly from: number }) {
  const number = 'above' in minimum ? z.number().gt(minimum.above) : z.number().min(minimum.from);
  return number.refine((value) => value < 1 || Number.isInteger(value), {
    error: ({ input }) => `must be a fraction below 1 or a whole number of rows; met ${show(input)}`,
  });
}

const split = withRules(
  z.strictObject({
    rows: z
      .enum(['all', 'train-file', 'test-file'])
      .optional()
      .describe('Which rows take part at all. Default: all.'),
    test: z
      .union([rowCount({ above: 0 }), z.literal('test-file')])
      .optional()
      .describe(
        'Rows that measure accuracy: a fraction, a number, or the test file. Default: test-file, else 0.25.',
      ),
    validation: rowCount({ from: 0 })
      .optional()
      .describe('Rows for early stopping: a fraction or a number. Default: 0.'),
    pool: z
      .union([rowCount({ above: 0 }), z.literal('rest')])
      .optional()
      .describe(
        'Rows that may be queried, the initial pool included: a fraction, a number, or the rest (default).',
      ),
    stratified: z
      .boolean()
      .optional()
      .describe('Keep the proportions of the classes. Default: only where there is no test file.'),
    seed: z
      .int()
      .min(0)
      .optional()
      .describe('Gives every trial the same split; left out, each trial seed has its own.'),
    masks: z
      .string()
      .min(1)
      .optional()
      .describe(
        'An index-mask file (JSON keyed by seed), in place of all of the above but the seed; relative to this file.',
      ),
  }),
  (value, addProblem) => {
    if (value.masks === undefined) return;
    for (const key of Object.keys(value)) {
      if (key === 'masks' || key === 'seed') continue;
      addProblem(`must be left out, because "masks" divides the rows; met ${show(value[key])}`, key);
    }
  },
);

/** An entry of the dataset axis. */
export function dataset(names: readonly string[]) {
  const name = z.enum(names);
  const mapping = z.strictObject({
    name: name.describe('The data set, see `querybench list datasets`.'),
    label: label.optional().describe('What tables and charts call it; by default its name.'),
    normalization: z
      .enum(['unit', 'standard'])
      .optional()
      .describe('Pixels into [0, 1] (default), or also to mean 0 and deviation 1.'),
    initialPool: z
      .enum(['random', 'stratified', 'balanced'])
      .optional()
      .describe(
        'How the initial pool is drawn: at random (default), in proportion to the classes, or equally from each.',
      ),
    split: split.optional().describe('How the rows are divided into pool, validation and test.'),
  });
  return z.union([name.transform((value): z.output<typeof mapping> => ({ name: value })), mapping]);
}

export type DatasetChoice = z.output<ReturnType<typeof dataset>>;

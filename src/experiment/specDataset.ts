/** The dataset axis of a spec: a name, or a name or the user's own files with how rows are scaled and divided. */
import { z } from 'zod';
import { type AddProblem, label, withRules } from './specAxes.ts';
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

const path = z.string().min(1);

const testFiles = z.union([
  rowCount({ above: 0 }),
  path,
  z.strictObject({
    path: path.describe('The file of test samples; relative to this file.'),
    labels: path
      .optional()
      .describe('The file of their labels, or a column. Default: the column that "labels" names.'),
  }),
]);

/** Keys that say something of a user's own files. */
const fileKeys = ['labels', 'test', 'exclude'];

/** An entry of the dataset axis. */
export function dataset(names: readonly string[]) {
  const name = z.enum(names);
  const mapping = withRules(
    z.strictObject({
      name: name.optional().describe('A data set that is built in, see `querybench list datasets`.'),
      path: path
        .optional()
        .describe(
          'In place of a name, your own samples: a file of NumPy, CSV, Parquet or IDX; relative to this file.',
        ),
      label: label.optional().describe('What tables and charts call it; by default its name.'),
      labels: path.optional().describe('With "path": the column of labels, or a file of labels alone.'),
      test: testFiles
        .optional()
        .describe(
          'With "path": the test samples, as a file, or as a fraction or number of the rows. Default: 0.25.',
        ),
      exclude: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('With "path": columns that are no features, such as an id; text never is.'),
      normalization: z
        .enum(['none', 'unit', 'standard', 'minmax'])
        .optional()
        .describe(
          'unit: all into [0, 1] by one range, the default for bytes. standard: to mean 0 and deviation 1, the default for other numbers of your own. Only with "path": minmax, each feature into [0, 1]; none.',
        ),
      initialPool: z
        .enum(['random', 'stratified', 'balanced'])
        .optional()
        .describe(
          'How the initial pool is drawn: at random (default), in proportion to the classes, or equally from each.',
        ),
      split: split.optional().describe('How the rows are divided into pool, validation and test.'),
    }),
    checkSource,
  );
  return z.union([name.transform((value): z.output<typeof mapping> => ({ name: value })), mapping]);
}

export type DatasetChoice = z.output<ReturnType<typeof dataset>>;

/** A name, or a path with labels; and each key where it means something. */
function checkSource(value: Readonly<Record<string, unknown>>, addProblem: AddProblem): void {
  const { name, path: own, labels, test, normalization, split: division } = value;
  if (name === undefined && own === undefined) {
    addProblem('must have a "name" or, for your own data, a "path"; met neither');
  }
  if (name !== undefined && own !== undefined) {
    addProblem(`must not stand beside "name"; met ${show(own)}; leave one of the two out`, 'path');
  }
  if (own === undefined) {
    for (const key of fileKeys) {
      if (value[key] === undefined) continue;
      addProblem(`must stand beside a "path"; met ${show(value[key])}; leave it out, or add the path`, key);
    }
    if (normalization === 'minmax' || normalization === 'none') {
      addProblem(
        `must be unit or standard where there is no "path"; met "${normalization}"`,
        'normalization',
      );
    }
  } else if (labels === undefined) {
    addProblem('must have "labels" beside "path"; met none; name a column or a file');
  }
  const divided = division as Readonly<Record<string, unknown>> | undefined;
  if (test !== undefined && divided?.test !== undefined && typeof test === 'number') {
    addProblem(
      `must not stand beside "test" in the split; met ${show(test)}; leave one of the two out`,
      'test',
    );
  }
}

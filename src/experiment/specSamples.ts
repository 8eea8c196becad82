/** How a spec asks for samples: MC-dropout or an ensemble. */
import { z } from 'zod';
import type { SamplesConfig } from '../models/modelConfig.ts';
import { count, withRules } from './specAxes.ts';

/** `evaluate: false` and `masks: shared` say what their absence says: both come to the same trial. */
export const samples = withRules(
  z.strictObject({
    kind: z
      .enum(['mc-dropout', 'ensemble'])
      .describe('One network under many dropout masks, or networks trained apart.'),
    count: count.describe('Masks drawn, or networks trained.'),
    masks: z
      .enum(['shared', 'per-row'])
      .optional()
      .describe(
        'mc-dropout: shared makes a sample one network for all rows; per-row draws masks for every row, as dropout layers do that ' +
          'are left on. Default: shared.',
      ),
    evaluate: z
      .boolean()
      .optional()
      .describe('Whether the test rows are predicted by the samples’ mean too. Default: false.'),
  }),
  ({ kind, masks }, addProblem) => {
    if (kind === 'ensemble' && masks !== undefined) {
      addProblem(
        'is an option of mc-dropout: the members of an ensemble have no masks. Leave it out',
        'masks',
      );
    }
  },
).transform(
  ({ evaluate, masks, ...rest }): SamplesConfig => ({
    ...rest,
    ...(masks === 'per-row' && { masks }),
    ...(evaluate && { evaluate }),
  }),
);

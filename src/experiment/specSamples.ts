/** How a spec asks for samples: MC-dropout or an ensemble. */
import { z } from 'zod';
import type { SamplesConfig } from '../models/modelConfig.ts';
import { count } from './specAxes.ts';

/** `evaluate: false` says what its absence says: both come to the same trial. */
export const samples = z
  .strictObject({
    kind: z
      .enum(['mc-dropout', 'ensemble'])
      .describe('One network under many dropout masks, or networks trained apart.'),
    count: count.describe('Masks drawn, or networks trained.'),
    evaluate: z
      .boolean()
      .optional()
      .describe('Whether the test rows are predicted by the samples’ mean too. Default: false.'),
  })
  .transform(({ evaluate, ...rest }): SamplesConfig => (evaluate ? { ...rest, evaluate: true } : rest));

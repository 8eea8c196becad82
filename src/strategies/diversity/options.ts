/** Options and sources that several entries share. */
import { z } from 'zod';

export const positiveInteger = (value: number, description: string) =>
  z.int().positive().default(value).describe(description);

export const kMeansOptions = {
  numInit: positiveInteger(1, 'starts of k-means; the tightest clustering is kept'),
  maxIterations: positiveInteger(100, 'Lloyd iterations at most'),
  tolerance: z
    .number()
    .nonnegative()
    .default(1e-4)
    .describe(
      'ends where the centres move, squared and summed, by less than this part of a feature’s mean variance',
    ),
};
export const prefilterBeta = z
  .number()
  .min(1)
  .default(10)
  .describe('β: the β·k samples with the highest scores are looked at');

export const coreSet = 'Sener & Savarese 2018, arXiv 1708.00489';
export const zhdanov = 'Zhdanov 2019, arXiv 1901.05954';

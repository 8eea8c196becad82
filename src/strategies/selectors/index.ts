/** The registry of selectors: how a measure's scores become a pick. */
import { z } from 'zod';
import { diversitySelectors } from '../diversity/selectorEntries.ts';
import { defineSelector, type SelectorEntry } from '../strategyEntry.ts';
import { topK } from '../topK.ts';
import { powerSelector, softmaxSelector, softrankSelector } from './gumbel.ts';

const source = 'Kirsch et al. 2021, arXiv 2106.12059';
const beta = z
  .number()
  .positive()
  .default(1)
  .describe(
    'How much scores count against noise: towards 0 all rows are as likely, towards infinity it is top-k.',
  );

/** Explicit: a selector's name is its key. */
export const selectors: Readonly<Record<string, SelectorEntry>> = {
  'top-k': defineSelector({
    version: 1,
    description: 'the highest scores, ties at random (default)',
    details: { source: 'none', formula: 'the k largest s', cost: 'O(N + k log k)' },
    create:
      () =>
      async ({ poolRows, stream }, scores, batchSize) =>
        topK(scores, poolRows, batchSize, stream),
  }),
  power: defineSelector({
    version: 1,
    description: 'drawn without replacement, proportional to score^β (Kirsch et al. 2021)',
    details: { source, formula: 'top-k of log s + Gumbel / β; s ≥ 0', cost: 'O(N + k log k)' },
    options: { beta },
    create: powerSelector,
  }),
  softmax: defineSelector({
    version: 1,
    description: 'drawn without replacement, proportional to exp(β · score) (Kirsch et al. 2021)',
    details: { source, formula: 'top-k of s + Gumbel / β', cost: 'O(N + k log k)' },
    options: { beta },
    create: softmaxSelector,
  }),
  softrank: defineSelector({
    version: 1,
    description: 'drawn without replacement, proportional to rank^−β (Kirsch et al. 2021)',
    details: { source, formula: 'top-k of −log rank + Gumbel / β', cost: 'O(N log N)' },
    options: { beta },
    create: softrankSelector,
  }),
  ...diversitySelectors,
};

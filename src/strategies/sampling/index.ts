/** Measures of what a model's samples say: by dropout or an ensemble. */
import { z } from 'zod';
import { entropy, leastConfidence } from '../measures.ts';
import type { Acquisition } from '../strategy.ts';
import { defineMeasure, defineStrategy, type MeasureEntry, type StrategyEntry } from '../strategyEntry.ts';
import { batchBald } from './batchBald/batchBald.ts';
import { dissent, largestDivergence, meanDeviation, meanDivergence, voteEntropy } from './disagreement.ts';
import { epig } from './epig.ts';
import { type RowSamples, reduceSamples } from './reduceSamples.ts';

const needs = ['samples'] as const;
const cost = 'O(NKC) time, O(N) memory';

const byRow =
  (score: (row: RowSamples) => number): Acquisition =>
  (context) =>
    reduceSamples(context, score);

/** Explicit: a measure's name is its key. */
export const samplingMeasures: Readonly<Record<string, MeasureEntry>> = {
  'mc-entropy': defineMeasure({
    version: 1,
    description: 'max entropy of the samples’ mean (Gal, Islam & Ghahramani 2017)',
    details: { source: 'Gal, Islam & Ghahramani 2017, arXiv 1703.02910', formula: 'max H[p̄]', cost },
    needs,
    create: () => async (context) => entropy(await context.predictions()),
  }),
  bald: defineMeasure({
    version: 1,
    description: 'max mutual information of label and network (Houlsby et al. 2011)',
    details: { source: 'Houlsby et al. 2011, arXiv 1112.5745', formula: 'max H[p̄] − 1/K Σ H[p_k]', cost },
    needs,
    create: () => byRow(meanDivergence),
  }),
  epig: defineMeasure({
    version: 1,
    description: 'max information of the label on the labels of target rows (Bickford Smith et al. 2023)',
    details: {
      source: 'Bickford Smith et al. 2023, arXiv 2304.08151',
      formula: 'max 1/E Σ_x* I(y; y*)',
      cost: 'O(NKC²E) time in products of matrices, O(N + KCE) memory; E targets',
    },
    needs,
    isJoint: true,
    options: {
      targets: z.int().min(1).default(100).describe('Rows drawn from the pool whose labels it is about.'),
    },
    create: epig,
  }),
  'variation-ratio': defineMeasure({
    version: 1,
    description: 'min share of the samples’ votes for the class with the most (Freeman 1965)',
    details: { source: 'Freeman 1965; Gal et al. 2017', formula: 'max 1 − f_mode / K, or 1 − max p̄', cost },
    needs,
    options: {
      definition: z
        .enum(['mode', 'mean'])
        .default('mode')
        .describe('mode: 1 − the share of the votes for one class; mean: 1 − the largest mean probability.'),
    },
    create: ({ definition }) =>
      definition === 'mode'
        ? byRow(dissent)
        : async (context) => leastConfidence(await context.predictions()),
  }),
  'mean-std': defineMeasure({
    version: 1,
    description: 'max standard deviation over the samples, mean over classes (Kampffmeyer et al. 2016)',
    details: { source: 'Kampffmeyer, Salberg & Jenssen 2016', formula: 'max 1/C Σ_c std_k p_kc', cost },
    needs,
    create: () => byRow(meanDeviation),
  }),
  'qbc-vote-entropy': defineMeasure({
    version: 1,
    description: 'max entropy of the samples’ votes (Argamon-Engelson & Dagan 1999)',
    details: {
      source: 'Argamon-Engelson & Dagan 1999',
      formula: 'max −Σ_c v_c log v_c, v shares of votes',
      cost,
    },
    needs,
    create: () => byRow(voteEntropy),
  }),
  'qbc-kl': defineMeasure({
    version: 1,
    description: 'max divergence of the samples from their mean (McCallum & Nigam 1998); its mean is BALD',
    details: { source: 'McCallum & Nigam 1998', formula: 'max 1/K Σ_k KL(p_k ‖ p̄), or max_k', cost },
    needs,
    options: {
      over: z
        .enum(['mean', 'max'])
        .default('mean')
        .describe('mean over the samples, which equals bald; or max, the sample furthest from the mean.'),
    },
    create: ({ over }) => byRow(over === 'mean' ? meanDivergence : largestDivergence),
  }),
};

/** Explicit: a strategy's name is its key. */
export const samplingStrategies: Readonly<Record<string, StrategyEntry>> = {
  'batch-bald': defineStrategy({
    version: 1,
    description: 'the batch whose labels say most of the network, greedily (Kirsch et al. 2019)',
    details: {
      source: 'Kirsch, van Amersfoort & Gal 2019, arXiv 1906.08158',
      formula: 'max I(y₁ … y_k; network), a row at a time',
      cost: 'at most O(kNKCM) in products of matrices, M outcomes; 4NKC + 4KM bytes, N limited to what 1 GiB holds',
    },
    needs,
    isJoint: true,
    options: {
      outcomes: z
        .int()
        .min(1)
        .default(40_000)
        .describe(
          'Outcomes of a batch that are looked at: all of them up to so many, then so many drawn ones.',
        ),
      candidates: z
        .int()
        .min(1)
        .optional()
        .describe('Rows at most, by BALD, that a batch is picked from. Default: as many as 1 GiB holds.'),
    },
    create: batchBald,
  }),
};

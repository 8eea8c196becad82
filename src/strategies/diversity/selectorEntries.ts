/** The registry of selectors that look at embeddings. */
import { defineSelector, type SelectorEntry } from '../strategyEntry.ts';
import { coreSet, kMeansOptions, prefilterBeta, zhdanov } from './options.ts';
import { coralSelector, kCenterSelector, kMeansSelector } from './selectors.ts';

/** Explicit: a selector's name is its key. */
export const diversitySelectors: Readonly<Record<string, SelectorEntry>> = {
  'k-means': defineSelector({
    version: 1,
    description:
      'k-means of the β·k highest scores, weighted by them; the nearest to each centre (Zhdanov 2019)',
    details: {
      source: zhdanov,
      formula:
        'argmin_i ‖z_i − μ_c‖ for each of k clusters of the β·k highest scores, which are their weights',
      cost: 'O(N + β k² d) an iteration, O(N + β k d) memory',
    },
    needs: ['embeddings'],
    options: { beta: prefilterBeta, ...kMeansOptions },
    create: kMeansSelector,
  }),
  'k-center': defineSelector({
    version: 1,
    description: 'greedy core-set among the β·k highest scores (Sener & Savarese 2018)',
    details: {
      source: coreSet,
      formula: 'argmax_i min_{j ∈ L ∪ B} ‖z_i − z_j‖ over the β·k highest scores',
      cost: 'O(N + (L + k) β k d) time, O(N + β k d) memory',
    },
    needs: ['embeddings'],
    options: { beta: prefilterBeta },
    create: kCenterSelector,
  }),
  coral: defineSelector({
    version: 1,
    description: 'greedy core-set with distances multiplied by scores (Lightly’s CORAL)',
    details: {
      source: `Lightly’s CORAL; ${coreSet}`,
      formula: 'argmax_i s_i · min_{j ∈ L ∪ B} ‖z_i − z_j‖',
      cost: 'O((L + k) N d) time at most, O(N) memory',
    },
    needs: ['embeddings'],
    create: coralSelector,
  }),
};

/** The registry of strategies that look at embeddings. */
import { z } from 'zod';
import { entropy, leastConfidence, margin } from '../measures.ts';
import { defineStrategy, type StrategyEntry } from '../strategyEntry.ts';
import { badge } from './badge.ts';
import { clusterMargin } from './clusterMargin.ts';
import { discriminative } from './discriminative.ts';
import { informationDensity } from './informationDensity.ts';
import { coreSet, kMeansOptions, positiveInteger, prefilterBeta, zhdanov } from './options.ts';
import { kCenterStrategy, kMeansStrategy } from './plain.ts';
import { probCover } from './probCover.ts';
import { coralSelector, kMeansSelector } from './selectors.ts';
import { typiClust } from './typiClust.ts';

/** Explicit: a strategy's name is its key. */
export const diversityStrategies: Readonly<Record<string, StrategyEntry>> = {
  'k-center': defineStrategy({
    version: 1,
    description:
      'greedy core-set: the sample farthest from all labelled and chosen ones (Sener & Savarese 2018)',
    details: {
      source: coreSet,
      formula: 'argmax_i min_{j ∈ L ∪ B} ‖z_i − z_j‖; the first at random where nothing is labelled',
      cost: 'O((L + k) N d) time at most, O(N) memory',
    },
    needs: ['embeddings'],
    create: kCenterStrategy,
  }),
  'k-means': defineStrategy({
    version: 1,
    description: 'the sample nearest to each of k centres of k-means',
    details: {
      source: 'Zhdanov 2019, arXiv 1901.05954, section 3.2; k-means++: Arthur & Vassilvitskii 2007',
      formula: 'argmin_i ‖z_i − μ_c‖ for each of k clusters c, the largest first',
      cost: 'O(N k d) an iteration, O(N + kd) memory',
    },
    needs: ['embeddings'],
    options: kMeansOptions,
    create: kMeansStrategy,
  }),
  typiclust: defineStrategy({
    version: 1,
    description: 'the most typical sample of the largest clusters without labels (Hacohen et al. 2022)',
    details: {
      source: 'Hacohen, Dekel & Weinshall 2022, arXiv 2202.02794',
      formula:
        'min(L + k, maxClusters) clusters; those with the fewest labels, then the largest; argmax 1 / mean distance to the nearest neighbours in the cluster',
      cost: 'O(N (L + k) d) an iteration, then O(n² d) for a cluster of n; O(N) memory',
    },
    needs: ['embeddings'],
    options: {
      ...kMeansOptions,
      maxClusters: positiveInteger(500, 'clusters at most'),
      minClusterSize: positiveInteger(6, 'smaller clusters are passed over while there are others'),
      numNeighbours: positiveInteger(20, 'neighbours whose mean distance is a sample’s typicality'),
      maxClusterSize: positiveInteger(
        20_000,
        'of a larger cluster so many samples are looked at, drawn at random',
      ),
    },
    create: typiClust,
  }),
  'prob-cover': defineStrategy({
    version: 1,
    description:
      'the sample whose ball of radius δ holds the most of what no ball covers yet (Yehuda et al. 2022)',
    details: {
      source: 'Yehuda, Dekel, Hacohen & Weinshall 2022, arXiv 2205.11320',
      formula:
        'argmax_i #{j uncovered: ‖z_i − z_j‖ ≤ δ}; δ the largest with P(ball pure) ≥ purity under k-means labels',
      cost: 'O(N² d) time, O(N) memory; pools up to maxPool',
    },
    needs: ['embeddings'],
    options: {
      ...kMeansOptions,
      delta: z.number().positive().optional().describe('δ; left out, it is chosen by purity'),
      purity: z
        .number()
        .gt(0)
        .lt(1)
        .default(0.95)
        .describe('the part of the balls that must lie within one cluster, where δ is chosen'),
      puritySamples: positiveInteger(2000, 'samples whose balls are looked at for that, drawn at random'),
      maxPool: positiveInteger(100_000, 'the largest pool that is taken: time grows with its square'),
    },
    create: probCover,
  }),
  badge: defineStrategy({
    version: 1,
    description: 'k-means++ over gradients of the last layer (Ash et al. 2020)',
    details: {
      source: 'Ash, Zhang, Krishnamurthy, Langford & Agarwal 2020, arXiv 1906.03671',
      formula: 'g = (p − 1_ŷ) ⊗ z; first argmax ‖g‖, then P(i) ∝ min_j ‖g_i − g_j‖²; uniform where all are 0',
      cost: 'O(k N (C + d)) time at most, O(N) memory beside predictions and embeddings',
    },
    needs: ['predictions', 'embeddings'],
    create: badge,
  }),
  'weighted-k-means': defineStrategy({
    version: 1,
    description:
      'k-means of the β·k smallest margins, weighted by them; the nearest to each centre (Zhdanov 2019)',
    details: {
      source: zhdanov,
      formula:
        'argmin_i ‖z_i − μ_c‖ for each of k clusters of the β·k highest 1 − (p₁ − p₂), which are their weights',
      cost: 'O(NC + β k² d) an iteration, O(N + β k d) memory',
    },
    needs: ['predictions', 'embeddings'],
    options: { beta: prefilterBeta, ...kMeansOptions },
    create(options) {
      const select = kMeansSelector(options);
      return {
        select: async (context, batchSize) => select(context, margin(await context.predictions()), batchSize),
      };
    },
  }),
  'cluster-margin': defineStrategy({
    version: 1,
    description: 'the smallest margins, one cluster after the other (Citovsky et al. 2021)',
    details: {
      source: 'Citovsky et al. 2021, arXiv 2107.14263',
      formula:
        'of the smallest p₁ − p₂, in turn from each cluster of average linkage, those with the fewest candidates first, one at random',
      cost: 'O(NC + M² d) time, O(N + M²) memory for M = min(N, maxClustered)',
    },
    needs: ['predictions', 'embeddings'],
    options: {
      candidates: z.number().min(1).default(10).describe('candidates for each sample of the batch'),
      numClusters: z
        .int()
        .positive()
        .optional()
        .describe('clusters; left out, as many as the batch has samples'),
      maxClustered: positiveInteger(4000, 'of a larger pool so many samples are clustered, drawn at random'),
    },
    create: clusterMargin,
  }),
  'information-density': defineStrategy({
    version: 1,
    description: 'uncertainty times the mean similarity to the pool (Settles & Craven 2008)',
    details: {
      source: 'Settles & Craven 2008, equation 14',
      formula: 'max u(x) · max(0, mean_j cos(z, z_j))^β',
      cost: 'O(N (C + d)) time, O(N) memory',
    },
    needs: ['predictions', 'embeddings'],
    options: {
      measure: z
        .enum(['entropy', 'least-confidence', 'margin'])
        .default('entropy')
        .describe('u: what uncertainty is'),
      beta: z
        .number()
        .nonnegative()
        .default(1)
        .describe('β: how much density counts; 0 leaves uncertainty alone'),
    },
    create: ({ measure, beta }) => informationDensity({ measure: uncertainties[measure], beta }),
  }),
  coral: defineStrategy({
    version: 1,
    description: 'greedy core-set with distances multiplied by uncertainty (Lightly’s CORAL)',
    details: {
      source: `Lightly’s CORAL; ${coreSet}`,
      formula:
        'argmax_i s_i · min_{j ∈ L ∪ B} ‖z_i − z_j‖; the highest score first where nothing is labelled',
      cost: 'O((L + k) N d) time at most, O(N) memory',
    },
    needs: ['predictions', 'embeddings'],
    options: {
      measure: z
        .enum(['least-confidence', 'margin'])
        .default('margin')
        .describe('s: an uncertainty in [0, 1]'),
    },
    create({ measure }) {
      const select = coralSelector();
      return {
        select: async (context, batchSize) =>
          select(context, uncertainties[measure](await context.predictions()), batchSize),
      };
    },
  }),
  discriminative: defineStrategy({
    version: 1,
    description: 'what a classifier is surest to be unlabelled (Gissin & Shalev-Shwartz 2019)',
    details: {
      source: 'Gissin & Shalev-Shwartz 2019, arXiv 1907.06347',
      formula: 'max P(unlabelled | z), in parts; the first part at random where nothing is labelled',
      cost: 'numParts × (steps of training + O(N d)) time, O(N) memory',
    },
    needs: ['embeddings'],
    options: {
      numParts: positiveInteger(10, 'parts of the batch; each counts as labelled before the next is chosen'),
      hiddenUnits: positiveInteger(256, 'units of the classifier’s hidden layer'),
      steps: positiveInteger(
        200,
        'training steps for each part, on 32 labelled and 32 unlabelled samples each',
      ),
      learningRate: z.number().positive().default(1e-3).describe('of Adam'),
    },
    create: discriminative,
  }),
};

const uncertainties = { entropy, 'least-confidence': leastConfidence, margin } as const;

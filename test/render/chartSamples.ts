/** Sweeps that every chart is tried on: a usual one, and those at the edges of what a chart can be given. */
import { type Dataset, datasetInfo, datasetKey } from '../../src/datasets/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';

/** Four strategies and a bound, three seeds, two initial pools; the pool's classes are recorded. */
export function usualSweep(): StoredTrial[] {
  const strategies = ['random', 'margin', 'entropy', 'least-confidence', 'oracle-greedy (bound)'];
  return syntheticSweep({ strategies, seeds: [1, 2, 3], initialPoolSizes: [20, 50] }, { numRounds: 6 }).map(
    (trial, i) => asBound(withPoolClasses(trial, i)),
  );
}

/** Two strategies, each asked by each of three models for each, two seeds and more. */
export function transferSweep(): StoredTrial[] {
  const models = ['logistic', 'mlp', 'lenet'];
  return models.flatMap((model, i) => [
    ...syntheticSweep({ strategies: ['random'], seeds: [1, 2, 3, 4] }, { model }),
    ...models.flatMap((queryModel, j) =>
      syntheticSweep(
        { strategies: ['margin', 'entropy'], seeds: [1, 2, 3, 4] },
        { model, skill: 0.2 + 0.05 * ((3 * i + 2 * j) % 7), ...(queryModel !== model && { queryModel }) },
      ),
    ),
  ]);
}

/** The sweep that the chart `name` has something to draw of. */
export function sweepFor(name: string): StoredTrial[] {
  return name === 'transfer-matrix' ? transferSweep() : usualSweep();
}

/** What the trials of all sweeps here picked from: stripes, of a width and a direction that tell classes apart. */
export function sampleDatasets(): ReadonlyMap<string, Dataset> {
  const [numSamples, side] = [2000, 16];
  const labels = Uint8Array.from({ length: numSamples }, (_, row) => (7 * row) % 10);
  const features = Uint8Array.from({ length: numSamples * side * side }, (_, i) => {
    const [label, pixel] = [labels[Math.floor(i / side ** 2)] ?? 0, i % side ** 2];
    const along = label % 2 ? pixel % side : Math.floor(pixel / side);
    return Math.floor(along / (1 + label / 2)) % 2 ? 230 : 20;
  });
  const info = { ...datasetInfo('digits'), numSamples, sampleShape: [side, side] };
  const config = syntheticTrial().header.trial.identity.dataset;
  return new Map([[datasetKey(config), { info, features, labels }]]);
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** By what is odd about them. */
export const oddSweeps: Readonly<Record<string, () => StoredTrial[]>> = {
  'no trial': () => [],
  'no finished trial': () => [
    syntheticTrial({ status: 'failed' }),
    syntheticTrial({ seed: 2, status: 'unfinished' }),
  ],
  'one strategy': () => syntheticSweep({ strategies: ['margin'], seeds: [1, 2] }),
  'one seed': () => syntheticSweep({ strategies: ['random', 'margin'], seeds: [1] }),
  'one round': () => syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2] }, { numRounds: 1 }),
  'equal values': () =>
    syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2] }, { accuracies: [1, 1, 1] }),
  'targets never reached': () =>
    ['random', 'margin'].flatMap((strategy) =>
      [1, 2].map((seed) => syntheticTrial({ strategy, seed, accuracies: [0.5, 0.6 + seed / 10, 0.55] })),
    ),
  '24 strategies': () =>
    syntheticSweep({ strategies: ['random', ...numbers(23).map((i) => `strategy-${i}`)], seeds: [1, 2] }),
  'long names': () =>
    syntheticSweep({
      strategies: [
        'random',
        'a strategy of mine with an uncommonly long name, weight 0.25, temperature 2',
        'x',
      ],
      seeds: [1, 2],
    }),
  'names with letters of every kind': () =>
    syntheticSweep({ strategies: ['random', '<b>"&amp;\'</b>', 'Größe 最大 ✓', 'a\\b'], seeds: [1, 2] }),
  'different seeds': () => [
    ...syntheticSweep({ strategies: ['random'], seeds: [1, 2, 3] }),
    ...syntheticSweep({ strategies: ['margin'], seeds: [3, 4] }),
  ],
};

function withPoolClasses(trial: StoredTrial, i: number): StoredTrial {
  const rounds = trial.rounds.map((round, number) =>
    number > 0 ? round : { ...round, poolClasses: numbers(10).map((c) => 100 + 10 * c + (i % 3)) },
  );
  return { ...trial, rounds };
}

function asBound(trial: StoredTrial): StoredTrial {
  if (!trial.header.trial.labels.strategy.endsWith('(bound)')) return trial;
  return { ...trial, header: { ...trial.header, trial: { ...trial.header.trial, isBound: true } } };
}

/** What is queried, seen from the records alone: only rows that may be, each once, answered rightly, up to the budget. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Dataset, drawInitialPool, loadDataset, splitDataset } from '../../src/datasets/index.ts';
import { roundSizes } from '../../src/experiment/roundSizes.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { finishedTrials, groupTrials, writeSpec } from './sweeps.ts';

const cwd = sharedFolder();
let dataset: Dataset;
let nested: readonly StoredTrial[] = [];
let whole: readonly StoredTrial[] = [];
const strategy = ['random', 'least-confidence', 'margin', 'ratio', 'entropy'];

beforeAll(async () => {
  dataset = await loadDataset('digits');
  const specs = [
    writeSpec(cwd, {
      name: 'nested',
      strategy,
      seed: '0-1',
      initialPoolSize: [20, 35],
      queryBatchSize: 15,
      budget: 60,
    }),
    writeSpec(cwd, {
      name: 'whole',
      ...{ strategy, initialPoolSize: 10, queryBatchSize: 20, budget: 'all' },
      dataset: { name: 'digits', initialPool: 'stratified', split: { test: 200, pool: 77 } },
    }),
  ];
  await Promise.all(specs.map((spec) => succeed(['run', spec, '--workers', '1'], { cwd })));
  nested = finishedTrials(join(cwd, 'results', 'nested'));
  whole = finishedTrials(join(cwd, 'results', 'whole'));
  expect(nested).toHaveLength(20);
  expect(whole).toHaveLength(5);
}, 60_000);

/** What a trial may use, from its identity. */
function rowsOf({ header }: StoredTrial) {
  const { seed, initialPoolSize: size, dataset: config } = header.trial.identity;
  const { info, labels } = dataset;
  const split = splitDataset({ info, labels, config: config.split, seed });
  const { numClasses } = info;
  return {
    split,
    initial: drawInitialPool({ split, labels, numClasses, info, seed, size, method: config.initialPool }),
  };
}

const queried = ({ rounds }: StoredTrial): number[] => rounds.flatMap(({ queriedRows }) => queriedRows);

test('rows come from the pool, never from test or from what is labelled, and no row comes twice', () => {
  for (const trial of [...nested, ...whole]) {
    const { split, initial } = rowsOf(trial);
    const used = [...initial, ...queried(trial)];
    expect(new Set(used).size).toBe(used.length);
    expect(used).toHaveLength(trial.header.trial.identity.budget);
    expect(used.every((row) => split.pool.includes(row))).toBe(true);
    expect(used.some((row) => split.test.includes(row))).toBe(false);
  }
});

test('answers are the true labels, at a cost of one each', () => {
  for (const trial of [...nested, ...whole]) {
    for (const { queriedRows, answers, labelCost } of trial.rounds) {
      expect(answers).toEqual(queriedRows.map((row) => dataset.labels[row]));
      expect(labelCost).toBe(queriedRows.length);
    }
  }
});

test('labels grow by query batches, the last one cut to the budget', () => {
  const grids = new Set<string>();
  for (const trial of [...nested, ...whole]) {
    const { identity } = trial.header.trial;
    const grid = trial.rounds.map(({ numLabels }) => numLabels);
    expect(grid).toEqual(roundSizes(identity));
    const { initialPoolSize } = identity;
    const counted = trial.rounds.map(
      (_, round) => initialPoolSize + queried({ ...trial, rounds: trial.rounds.slice(0, round) }).length,
    );
    expect(grid).toEqual(counted);
    expect(trial.footer?.numRounds).toBe(grid.length);
    grids.add(grid.join(' '));
  }
  expect([...grids].sort()).toEqual(['10 30 50 70 77', '20 35 50 60', '35 50 60']);
});

test('budget "all" empties the pool', () => {
  for (const trial of whole) {
    const { split, initial } = rowsOf(trial);
    expect([...initial, ...queried(trial)].sort((a, b) => a - b)).toEqual(
      [...split.pool].sort((a, b) => a - b),
    );
  }
});

test('pools of a seed are nested, and those of another seed are others', () => {
  const pools = groupTrials(nested, ({ header }) => `${header.trial.identity.seed}`);
  const [first, second] = [...pools.values()].map((trials) => {
    const initials = trials.map((trial) => [...rowsOf(trial).initial]);
    const largest = initials.find((rows) => rows.length === 35) ?? [];
    for (const rows of initials) expect(rows).toEqual(largest.slice(0, rows.length));
    return largest;
  });
  expect(first).not.toEqual(second);
});

test('strategies choose differently, and the random one is no measure in disguise', () => {
  const cohorts = groupTrials(nested, ({ header }) => header.trial.cohort);
  expect(cohorts.size).toBe(4);
  for (const trials of cohorts.values()) {
    const byStrategy = new Map(trials.map((trial) => [trial.header.trial.labels.strategy, queried(trial)]));
    expect(byStrategy.size).toBe(strategy.length);
    const random = new Set(byStrategy.get('random'));
    for (const name of strategy.slice(1)) {
      expect(byStrategy.get(name)).not.toEqual(byStrategy.get('random'));
      expect(byStrategy.get(name)?.filter((row) => random.has(row)).length).toBeLessThan(random.size / 2);
    }
    expect(byStrategy.get('margin')).not.toEqual(byStrategy.get('entropy'));
  }
});

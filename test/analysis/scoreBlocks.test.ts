import { describe, expect, it, test } from 'vitest';
import {
  aubc,
  cells,
  droppedText,
  groups,
  learningCurve,
  orientedTasks,
  type ScoreBlocks,
  scoreBlocks,
} from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

const strategies = ['random', 'margin', 'entropy'];
const sweep = (dataset: string) => syntheticSweep({ strategies, seeds: [1, 2, 3] }, { dataset });
const tableOf = (trials: readonly StoredTrial[], options = {}): ScoreBlocks =>
  scoreBlocks(groups(cells(trials)), options);
const is =
  (strategy: string, seed?: number, dataset = 'digits') =>
  (trial: StoredTrial) => {
    const { labels, identity } = trial.header.trial;
    const isSeed = seed === undefined || identity.seed === seed;
    return labels.strategy === strategy && labels.dataset === dataset && isSeed;
  };
const without =
  (drop: (trial: StoredTrial) => boolean) =>
  (trial: StoredTrial): boolean =>
    !drop(trial);

test('a block is a seed of a group, and holds the AUBC of every strategy', () => {
  const trials = [...sweep('digits'), ...sweep('mnist')];
  const table = tableOf(trials);
  expect(table.strategies).toEqual(['entropy', 'margin', 'random']);
  expect(table.blocks.map(({ group, seed }) => `${group.dataset} ${seed}`)).toEqual([
    ...['digits 1', 'digits 2', 'digits 3', 'mnist 1', 'mnist 2', 'mnist 3'],
  ]);
  const trial = trials.find(is('margin', 2)) as StoredTrial;
  expect(table.blocks[1]?.scores[1]).toBeCloseTo(aubc(learningCurve(trial)), 12);
  expect(droppedText(table)).toBe('');
  const final = tableOf(trials, { score: 'final' });
  expect(final.blocks[1]?.scores[1]).toBe(trial.rounds.at(-1)?.metrics.accuracy);
});

describe('what is not there', () => {
  it('a run that one strategy lacks costs the block, and is said', () => {
    const table = tableOf(sweep('digits').filter(without(is('margin', 2))));
    expect(table.blocks.map(({ seed }) => seed)).toEqual([1, 3]);
    expect(table.strategies).toHaveLength(3);
    expect(droppedText(table)).toBe('Left out: 1 of 3 blocks (not finished by margin)');
  });

  it('a strategy that lacks most of its runs goes itself', () => {
    const table = tableOf(sweep('digits').filter((trial) => !is('margin')(trial) || is('margin', 1)(trial)));
    expect(table.strategies).toEqual(['entropy', 'random']);
    expect(table.blocks).toHaveLength(3);
    expect(droppedText(table)).toBe('Left out: margin (finished in 1 of 3 blocks)');
  });

  it('a strategy that one data set lacks', () => {
    const trials = [...sweep('digits'), ...sweep('mnist').filter(without(is('margin', undefined, 'mnist')))];
    const table = tableOf(trials);
    expect([table.strategies, table.blocks.length]).toEqual([['entropy', 'random'], 6]);
    expect(table.droppedStrategies).toEqual([{ strategy: 'margin', numBlocks: 3 }]);
  });

  it('failed trials do not count, nor do strategies without any other', () => {
    const failed = syntheticTrial({ strategy: 'badge', status: 'failed', reason: 'no memory' });
    expect(droppedText(tableOf([...sweep('digits'), failed]))).toBe('Left out: badge (no trial to compare)');
  });

  it('nothing finished is an empty table', () => {
    const table = tableOf([syntheticTrial({ status: 'unfinished' })]);
    expect([table.strategies, table.blocks]).toEqual([[], []]);
    expect(tableOf([]).blocks).toEqual([]);
  });
});

test('two strategies stay where any two share a block, however many one alone has', () => {
  const alone = syntheticSweep({ strategies: ['random'], seeds: [4, 5, 6, 7, 8, 9, 10] });
  const table = tableOf([...alone, ...syntheticSweep({ strategies: ['random', 'margin'], seeds: [1] })]);
  expect([table.strategies, table.blocks.length]).toEqual([['margin', 'random'], 1]);
});

test('bounds are no rivals', () => {
  const bound = syntheticSweep({ strategies: ['oracle-greedy'], seeds: [1, 2, 3] }).map((trial) => ({
    ...trial,
    header: { ...trial.header, trial: { ...trial.header.trial, isBound: true as const } },
  }));
  const table = tableOf([...sweep('digits'), ...bound]);
  expect(table.strategies).toEqual(['entropy', 'margin', 'random']);
  expect(table.droppedStrategies).toEqual([]);
});

test('curves of different lengths are compared on the places that all have', () => {
  const short = [1, 2, 3].map((seed) => syntheticTrial({ strategy: 'margin', seed, numRounds: 3 }));
  const long = [1, 2, 3].map((seed) => syntheticTrial({ strategy: 'random', seed, numRounds: 5 }));
  const table = tableOf([...short, ...long]);
  const points = learningCurve(long[0] as StoredTrial).slice(0, 3);
  expect(table.blocks[0]?.scores[1]).toBeCloseTo(aubc(points), 12);
});

test('where less is better, scores keep their sign and what is ranked is turned round', () => {
  const table = tableOf(sweep('digits'), { metric: 'nll' });
  expect(table.better).toBe('lower');
  expect(table.blocks[0]?.scores[0]).toBeGreaterThan(0);
  expect(orientedTasks(table, 0)[0]?.[0]).toBe(-(table.blocks[0]?.scores[0] as number));
});

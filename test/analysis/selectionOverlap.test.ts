import { expect, test } from 'vitest';
import { cautions, cells, groups, type PairOverlap, selectionOverlap } from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

function trialOf(strategy: string, seed: number, queries: readonly (readonly number[])[]): StoredTrial {
  return syntheticTrial({ strategy, seed, queries: [...queries, []], numRounds: queries.length + 1 });
}

function overlapOf(trials: readonly StoredTrial[]) {
  const [group] = groups(cells(trials));
  if (group === undefined) throw new Error('One group is expected.');
  return selectionOverlap(group);
}

function onlyPair(trials: readonly StoredTrial[]): PairOverlap {
  const { pairs } = overlapOf(trials);
  expect(pairs).toHaveLength(1);
  return pairs[0] as PairOverlap;
}

test('overlap is the share of common rows, query by query and over paired seeds', () => {
  const a = [
    trialOf('a', 0, [
      [1, 2],
      [3, 4],
    ]),
    trialOf('a', 1, [
      [1, 2],
      [3, 4],
    ]),
  ];
  const b = [
    trialOf('b', 0, [
      [2, 5],
      [1, 3],
    ]), // 1 of 3, then 3 of 5
    trialOf('b', 1, [
      [7, 8],
      [9, 10],
    ]), // none
    trialOf('b', 2, [
      [1, 2],
      [3, 4],
    ]), // a has not run with this seed
  ];
  const pair = onlyPair([...a, ...b]);
  expect(pair).toMatchObject({ first: 'a', second: 'b', numSeeds: 2, numIdentical: 0 });
  expect(pair.firstQuery).toBeCloseTo(1 / 6, 12);
  expect(pair.allQueries).toBeCloseTo(3 / 10, 12);
  expect(pair.byRound).toHaveLength(2);
  expect(pair.byRound[0]).toBeCloseTo(1 / 6, 12);
  expect(pair.byRound[1]).toBeCloseTo(3 / 10, 12);
});

test('the same rows in another order are a full overlap and not identical', () => {
  const pair = onlyPair([trialOf('a', 0, [[1, 2, 3]]), trialOf('b', 0, [[3, 2, 1]])]);
  expect(pair).toMatchObject({ allQueries: 1, numIdentical: 0 });
});

test('a row that is asked for again, having had no answer, counts once', () => {
  const pair = onlyPair([trialOf('a', 0, [[1, 2], [1]]), trialOf('b', 0, [[1, 3], [4]])]);
  expect(pair.allQueries).toBe(1 / 4);
  expect(pair.byRound).toEqual([1 / 3, 1 / 4]);
});

test('trials of different length are compared as far as both go, and as a whole', () => {
  const pair = onlyPair([trialOf('a', 0, [[1], [2], [3]]), trialOf('b', 0, [[1], [4]])]);
  expect(pair.byRound).toEqual([1, 1 / 3]);
  expect(pair.allQueries).toBe(1 / 4);
});

test('strategies without a finished trial or a shared seed have no pair', () => {
  const unfinished = syntheticTrial({ strategy: 'c', status: 'unfinished' });
  const { strategies, pairs } = overlapOf([trialOf('a', 0, [[1]]), trialOf('b', 1, [[1]]), unfinished]);
  expect(strategies).toEqual(['a', 'b']);
  expect(pairs).toEqual([]);
});

test('two names for one sequence are warned of, and only those', () => {
  const sweep = syntheticSweep({ strategies: ['random', 'margin'], seeds: [0, 1] });
  expect(cautions(groups(cells(sweep)))).toEqual([]);
  const queries = (seed: number) => [[seed, 10], [20], [30], [40], []];
  const twins = ['twin a', 'twin b'].flatMap((strategy) =>
    [0, 1].map((seed) => syntheticTrial({ strategy, seed, queries: queries(seed) })),
  );
  expect(cautions(groups(cells([...sweep, ...twins])))).toEqual([
    expect.stringMatching(/twin a and twin b asked for the very same samples .* all 2 seeds they share/),
  ]);
  const [first, ...others] = twins;
  const parted = [{ ...(first as StoredTrial), rounds: trialOf('twin a', 0, [[9]]).rounds }, ...others];
  expect(cautions(groups(cells(parted))).filter((text) => text.includes('very same'))).toEqual([]);
});

/** One suite over every registered strategy: a new entry gets these tests for nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCompute } from '../../src/engines/compute.ts';
import { createEngine } from '../../src/engines/index.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import type { Strategy } from '../../src/strategies/strategy.ts';
import { contractCases } from './contractCases.ts';
import { contextOf, drawPool, identicalRows, type Pool, pools, reorder } from './pools.ts';

const compute = createCompute(await createEngine('onnx'));

async function pick(strategy: Strategy, pool: Pool, batchSize: number, seed = 0): Promise<number[]> {
  const context = contextOf(pool, deriveStream('strategy', { seed }), compute);
  return [...(await strategy.select(context, batchSize))];
}

async function expectValidPick(strategy: Strategy, pool: Pool, batchSize: number): Promise<void> {
  const picked = await pick(strategy, pool, batchSize);
  expect(picked.length).toBe(batchSize);
  expect(new Set(picked).size).toBe(batchSize);
  expect(picked.filter((row) => !pool.rows.includes(row))).toEqual([]);
}

const poolOf = (shape: Partial<Parameters<typeof drawPool>[0]>): Pool =>
  drawPool({ numRows: 20, numClasses: 3, numDrawn: 3, numLabelled: 4, isCoarse: false, seed: 1, ...shape });

/** A distribution of `pool`'s with NaN for class `c`, or an embedding. */
const withNaN = (values: readonly number[], c: number): number[] => values.with(c, Number.NaN);

describe.each(contractCases)('$name', ({ strategy, needs }) => {
  it('picks exactly k different unlabelled rows, for every k', async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.nat(), async (pool, draw) => {
        await expectValidPick(strategy, pool, 1 + (draw % pool.rows.length));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['k is 1', poolOf({}), 1],
    ['k is the pool', poolOf({}), 20],
    ['one row is left', poolOf({ numRows: 1 }), 1],
    ['there are two classes', poolOf({ numClasses: 2 }), 5],
    ['nothing is labelled', poolOf({ numLabelled: 0 }), 5],
    ['more is labelled than is left', poolOf({ numRows: 6, numLabelled: 50 }), 5],
    ['the model is deterministic', poolOf({ numDrawn: 1 }), 5],
    ['all rows are identical', identicalRows(12), 5],
    ['all rows are identical, and all are taken', identicalRows(12), 12],
    [
      'all predictions are the same',
      { ...identicalRows(20), embeddings: poolOf({}).embeddings, labelled: poolOf({}).labelled },
      5,
    ],
    ['all embeddings are the same', { ...poolOf({}), embeddings: identicalRows(20).embeddings }, 5],
    [
      'all embeddings are 0',
      { ...poolOf({ numLabelled: 0 }), embeddings: Array.from({ length: 20 }, () => [0, 0, 0]) },
      5,
    ],
    ['the model is certain', { ...poolOf({}), samples: [Array.from({ length: 20 }, () => [0, 1, 0])] }, 5],
    [
      'the samples are certain and contradict each other',
      { ...poolOf({}), samples: [0, 1].map((c) => Array.from({ length: 20 }, () => [c, 1 - c, 0])) },
      5,
    ],
  ])('picks well where %s', async (_, pool, k) => {
    await expectValidPick(strategy, pool, k);
  });

  it('picks the same for the same stream', async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (pool) => {
        const k = Math.ceil(pool.rows.length / 2);
        expect(await pick(strategy, pool, k)).toEqual(await pick(strategy, pool, k));
      }),
      { numRuns: 20 },
    );
  });

  it('leaves what it is shown as it was', async () => {
    const context = contextOf(poolOf({}), deriveStream('strategy', {}), compute);
    const shown = async () => [
      ...[context.poolRows, context.labelled.rows, context.labelled.answers],
      ...[(await context.predictions()).logProbabilities, (await context.embeddings()).values],
      (await context.labelledEmbeddings()).values,
    ];
    const before = (await shown()).map((values) => values.slice());
    await strategy.select(context, 7);
    expect(await shown()).toEqual(before);
  });

  it('does not care for the order of the pool', async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.integer(), async (pool, seed) => {
        const order = [...deriveStream('split', { seed }).permutation(pool.rows.length)];
        const k = Math.ceil(pool.rows.length / 2);
        expect(await pick(strategy, reorder(pool, order), k)).toEqual(await pick(strategy, pool, k));
      }),
      { numRuns: 40 },
    );
  });

  it('breaks ties by its stream, uniformly', async () => {
    const pool = identicalRows(10);
    const counts = new Map<number, number>();
    const [numSeeds, k] = [600, 3];
    for (let seed = 0; seed < numSeeds; seed++) {
      for (const row of await pick(strategy, pool, k, seed)) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    // Each row is expected 180 times; √(600 · .3 · .7) = 11.2, so 5 standard deviations are 56.
    for (const row of pool.rows) expect(Math.abs((counts.get(row) ?? 0) - 180)).toBeLessThan(56);
  });

  if (needs.includes('predictions') || needs.includes('samples')) {
    it('refuses predictions that are NaN', async () => {
      for (const c of [0, 1, 2]) {
        const pool = poolOf({});
        const samples = pool.samples.map((sample) => sample.with(9, withNaN(sample[9] ?? [], c)));
        await expect(pick(strategy, { ...pool, samples }, 5)).rejects.toThrow(/NaN/);
      }
    });
  }

  if (needs.includes('embeddings')) {
    it('refuses embeddings that are NaN', async () => {
      const pool = poolOf({});
      const embeddings = pool.embeddings.with(9, withNaN(pool.embeddings[9] ?? [], 1));
      await expect(pick(strategy, { ...pool, embeddings }, 5)).rejects.toThrow(/NaN/);
    });
  }
});

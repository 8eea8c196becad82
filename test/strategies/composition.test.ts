/** Strategies put together: noisy scores draw rows in proportion, and mixtures share a batch. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCompute } from '../../src/engines/compute.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { createStrategy } from '../../src/strategies/composition/createStrategy.ts';
import { drawShares, mixture } from '../../src/strategies/composition/mixture.ts';
import { samplingMeasures } from '../../src/strategies/sampling/index.ts';
import { selectors } from '../../src/strategies/selectors/index.ts';
import type { Strategy } from '../../src/strategies/strategy.ts';
import { contextOf, drawPool, identicalRows, pools } from './pools.ts';

const compute = createCompute(referenceEngine);
const pool = drawPool({ numRows: 20, numClasses: 3, numDrawn: 3, numLabelled: 4, isCoarse: false, seed: 1 });
const contextFor = (seed: number) => contextOf(pool, deriveStream('strategy', { seed }), compute);

/** How often each of three rows is the one picked. */
async function frequencies(name: string, beta: number, scores: readonly number[]): Promise<number[]> {
  const three = { ...identicalRows(3), rows: [0, 1, 2] };
  const selector = selectors[name]?.create({ beta });
  const counts = [0, 0, 0];
  const numSeeds = 6000;
  for (let seed = 0; seed < numSeeds; seed++) {
    const context = contextOf(three, deriveStream('strategy', { seed }), compute);
    const [picked = -1] = (await selector?.(context, Float64Array.from(scores), 1)) ?? [];
    counts[picked] = (counts[picked] ?? 0) + 1;
  }
  return counts.map((count) => count / numSeeds);
}

describe('selectors by noisy scores draw each row with its probability', () => {
  test.each<[string, number, number[], number[]]>([
    ['power', 1, [1, 2, 5], [1 / 8, 2 / 8, 5 / 8]],
    ['power', 2, [1, 2, 5], [1 / 30, 4 / 30, 25 / 30]],
    ['power', 1, [0, 1, 1], [0, 1 / 2, 1 / 2]],
    ['softmax', 1, [0, Math.log(2), Math.log(5)], [1 / 8, 2 / 8, 5 / 8]],
    ['softmax', 2, [-1, -1, -1 + Math.log(2)], [1 / 6, 1 / 6, 4 / 6]],
    ['softrank', 1, [-7, 0.1, 1e9], [2 / 11, 3 / 11, 6 / 11]],
  ])('%s, β = %d, of %j', async (name, beta, scores, expected) => {
    const met = await frequencies(name, beta, scores);
    // 5 standard deviations of a share of 6000 are at most 0.033.
    met.forEach((share, i) => {
      expect(Math.abs(share - (expected[i] ?? 0))).toBeLessThan(0.033);
    });
  });

  test('power refuses scores below 0 and names what takes them', async () => {
    const config = {
      name: 'ratio',
      version: 1,
      options: {},
      selector: { name: 'power', version: 1, options: {} },
    };
    await expect(createStrategy(config).select(contextFor(0), 5)).rejects.toThrow(/softmax or softrank/);
  });
});

/** Picks the first rows of the pool that it sees. */
const first: Strategy = { select: async ({ poolRows }, k) => poolRows.slice(0, k) };

describe('a mixture', () => {
  test('gives each strategy its share, and a row that two want to the first', async () => {
    const parts = [
      { strategy: first, weight: 3 },
      { strategy: first, weight: 1 },
    ];
    const picked = await mixture(parts).select(contextFor(0), 8);
    expect([...picked]).toEqual(pool.rows.slice(0, 8));
  });

  test('shows the later ones a pool without what is taken: predictions, samples and embeddings alike', async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.nat(), async (drawn, at) => {
        if (drawn.rows.length < 3) return;
        const taken = at % drawn.rows.length;
        const rest = drawn.rows.filter((_, i) => i !== taken);
        const without = {
          ...drawn,
          rows: rest,
          samples: drawn.samples.map((sample) => sample.filter((_, i) => i !== taken)),
          embeddings: drawn.embeddings.filter((_, i) => i !== taken),
        };
        const direct = contextOf(without, deriveStream('strategy', {}), compute);
        const take: Strategy = { select: async () => Int32Array.of(drawn.rows[taken] as number) };
        const look: Strategy = {
          async select(context, k) {
            expect(context.poolRows).toEqual(direct.poolRows);
            expect(await context.predictions()).toEqual(await direct.predictions());
            expect(await context.embeddings()).toEqual(await direct.embeddings());
            const bald = samplingMeasures.bald?.create({});
            expect(await bald?.(context)).toEqual(await bald?.(direct));
            return context.poolRows.slice(0, k);
          },
        };
        const shared = mixture([
          { strategy: take, weight: 1 },
          { strategy: look, weight: 1 },
        ]);
        expect((await shared.select(contextOf(drawn, deriveStream('strategy', {}), compute), 2)).length).toBe(
          2,
        );
      }),
      { numRuns: 30 },
    );
  });

  test('shares are whole, add up, are within one of their part, and right on average', () => {
    const weights = [0.5, 1.2, 3];
    const sums = [0, 0, 0];
    const numDraws = 4000;
    for (let seed = 0; seed < numDraws; seed++) {
      const shares = drawShares(weights, 7, deriveStream('strategy', { seed }));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(7);
      shares.forEach((share, i) => {
        expect(Number.isInteger(share)).toBe(true);
        expect(Math.abs(share - (7 * (weights[i] ?? 0)) / 4.7)).toBeLessThan(1);
        sums[i] = (sums[i] ?? 0) + share;
      });
    }
    sums.forEach((sum, i) => {
      expect(Math.abs(sum / numDraws - (7 * (weights[i] ?? 0)) / 4.7)).toBeLessThan(0.04);
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Embeddings } from '../../../src/learner/learner.ts';
import { euclideanSpace } from '../../../src/strategies/diversity/euclideanSpace.ts';
import { purityRadius } from '../../../src/strategies/diversity/purityRadius.ts';
import { strategies } from '../../../src/strategies/index.ts';
import {
  compute,
  contextWith,
  drawEmbeddings,
  fixture,
  fixtureLabelled,
  fixturePool,
  squaredDistance,
} from './embeddingsFixture.ts';

const probCover = strategies['prob-cover'];

/** How many of the pool are covered by the labelled samples and `picked`. */
function coverage(pool: Embeddings, labelled: Embeddings, picked: readonly number[], delta: number): number {
  return Array.from({ length: pool.numSamples }, (_, i) => {
    const toLabelled = Array.from({ length: labelled.numSamples }, (_, j) =>
      squaredDistance(pool, i, labelled, j),
    );
    return Number(
      Math.min(...toLabelled, ...picked.map((j) => squaredDistance(pool, i, pool, j))) <= delta ** 2,
    );
  }).reduce((a, b) => a + b, 0);
}

describe('prob-cover', () => {
  it('picks what scikit-activeml picks, where nothing is tied', async () => {
    const { delta, picks } = fixture.probCover;
    const context = contextWith({ pool: fixturePool, labelled: fixtureLabelled });
    expect([...((await probCover?.create({ delta }).select(context, picks.length)) ?? [])]).toEqual(picks);
  });

  it('adds the most coverage with every pick, to the last row of the pool', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.double({ min: 0.5, max: 3, noNaN: true }), async (seed, delta) => {
        // More rows than a product has, and not a multiple.
        const [pool, labelled] = [drawEmbeddings(301, 2, seed), drawEmbeddings(3, 2, seed + 1)];
        const picked = [
          ...((await probCover?.create({ delta }).select(contextWith({ pool, labelled }), 4)) ?? []),
        ];
        picked.forEach((row, i) => {
          const before = picked.slice(0, i);
          const gain = (candidate: number) => coverage(pool, labelled, [...before, candidate], delta);
          const best = Math.max(...Array.from({ length: 301 }, (_, candidate) => gain(candidate)));
          expect(gain(row)).toBe(best);
        });
      }),
      { numRuns: 2 },
    );
  });

  it('chooses the radius that scikit-activeml finds on a grid, to the grid’s step', async () => {
    const { purity, step, delta, clusters } = fixture.purity;
    const space = await euclideanSpace(compute, [fixturePool, fixtureLabelled]);
    const sample = Int32Array.from(clusters.keys());
    const request = { clusters: Int32Array.from(clusters), numClusters: 3, sample, purity };
    const radius = await purityRadius(compute, space, request);
    expect(radius).toBeGreaterThanOrEqual(delta - 1e-4);
    expect(radius).toBeLessThan(delta + step + 1e-4);
  });

  it('refuses a pool above its limit', async () => {
    const context = contextWith({ pool: drawEmbeddings(11, 2, 1) });
    await expect(probCover?.create({ maxPool: 10 }).select(context, 1)).rejects.toMatchObject({
      code: 'pool-too-large',
      message: expect.stringContaining('up to 10 samples; this one has 11'),
    });
  });
});

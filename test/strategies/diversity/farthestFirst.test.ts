import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Embeddings } from '../../../src/learner/learner.ts';
import { coralSelector } from '../../../src/strategies/diversity/selectors.ts';
import { strategies } from '../../../src/strategies/index.ts';
import {
  contextWith,
  drawEmbeddings,
  fixture,
  fixtureLabelled,
  fixturePool,
  squaredDistance,
} from './embeddingsFixture.ts';

/** Farthest first by the definition: every distance anew for every pick. */
function naive(pool: Embeddings, labelled: Embeddings, k: number, weights: readonly number[]): number[] {
  const picked: number[] = [];
  const value = (i: number): number => {
    const toLabelled = Array.from({ length: labelled.numSamples }, (_, j) =>
      squaredDistance(pool, i, labelled, j),
    );
    const toPicked = picked.map((j) => squaredDistance(pool, i, pool, j));
    return (weights[i] as number) * Math.sqrt(Math.min(...toLabelled, ...toPicked));
  };
  while (picked.length < k) {
    const open = [...weights.keys()].filter((i) => !picked.includes(i));
    picked.push(open.reduce((best, i) => (value(i) > value(best) ? i : best)));
  }
  return picked;
}

const coreSet = strategies['k-center'];

describe('k-center', () => {
  it('picks what scikit-activeml and small-text pick', async () => {
    const context = contextWith({ pool: fixturePool, labelled: fixtureLabelled });
    const picked = [...((await coreSet?.create({}).select(context, 6)) ?? [])];
    expect(picked).toEqual(fixture.coreSet.scikitActiveml);
    expect(picked).toEqual(fixture.coreSet.smallText);
  });

  it('picks what the definition picks, also where candidates are only a part of the pool', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 30 }), async (seed, k) => {
        const [pool, labelled] = [drawEmbeddings(400, 3, seed), drawEmbeddings(4, 3, seed + 1)];
        const picked = await coreSet?.create({}).select(contextWith({ pool, labelled }), k);
        expect([...(picked ?? [])]).toEqual(naive(pool, labelled, k, new Array(400).fill(1)));
      }),
      { numRuns: 10 },
    );
  });

  it('begins anywhere where nothing is labelled, and goes on from there', async () => {
    const pool = drawEmbeddings(50, 3, 2);
    const firsts = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const [first = -1, second] = (await coreSet?.create({}).select(contextWith({ pool, seed }), 2)) ?? [];
      firsts.add(first);
      const distances = Array.from({ length: 50 }, (_, i) => squaredDistance(pool, i, pool, first));
      expect(second).toBe(distances.indexOf(Math.max(...distances)));
    }
    expect(firsts.size).toBeGreaterThan(10);
  });
});

describe('coral', () => {
  it('picks what the definition picks: distances times scores', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const [pool, labelled] = [drawEmbeddings(300, 3, seed), drawEmbeddings(4, 3, seed + 1)];
        const scores = Float64Array.from({ length: 300 }, (_, i) => ((i * 7919) % 300) / 300);
        const picked = await coralSelector()(contextWith({ pool, labelled }), scores, 12);
        expect([...picked]).toEqual(naive(pool, labelled, 12, [...scores]));
      }),
      { numRuns: 5 },
    );
  });

  it('begins with the highest score where nothing is labelled', async () => {
    const scores = Float64Array.from({ length: 30 }, (_, i) => (i === 17 ? 0.9 : 0.5));
    const [first] = await coralSelector()(contextWith({ pool: drawEmbeddings(30, 3, 1) }), scores, 3);
    expect(first).toBe(17);
  });

  it('refuses scores below 0', async () => {
    const context = contextWith({ pool: drawEmbeddings(3, 3, 1) });
    await expect(coralSelector()(context, Float64Array.of(1, -0.1, 0), 1)).rejects.toThrow('is -0.1');
  });
});

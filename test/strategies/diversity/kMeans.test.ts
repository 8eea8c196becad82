import { describe, expect, it } from 'vitest';
import { deriveStream } from '../../../src/foundation/randomStream.ts';
import { euclideanSpace } from '../../../src/strategies/diversity/euclideanSpace.ts';
import { kMeans, lloyd } from '../../../src/strategies/diversity/kMeans.ts';
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

const config = { numInit: 1, maxIterations: 100, tolerance: 1e-4 };

describe('k-means', () => {
  it('goes where scikit-learn’s KMeans goes from the same start', async () => {
    const space = await euclideanSpace(compute, [fixturePool, fixtureLabelled]);
    const start = space.rows(Int32Array.of(0, 1, 2, 3, 4));
    const expected = fixture.kMeans;
    const result = await lloyd(compute, space, start, { maxIterations: expected.iterations, stop: 0 });
    expect([...result.clusters]).toEqual(expected.clusters);
    expected.centres.flat().forEach((value: number, i: number) => {
      expect(result.centres[i]).toBeCloseTo(value, 5);
    });
    expect(result.inertia / expected.inertia).toBeCloseTo(1, 5);
  });

  it('finds clusters that lie apart, and of several starts keeps the best', async () => {
    const pool = drawEmbeddings(200, 8, 3);
    const space = await euclideanSpace(compute, [pool]);
    const inertia = async (numInit: number, seed: number) =>
      (await kMeans(compute, space, { ...config, numInit, k: 5, stream: deriveStream('strategy', { seed }) }))
        .inertia;
    const single = await Promise.all(Array.from({ length: 8 }, (_, seed) => inertia(1, seed)));
    expect(await inertia(8, 0)).toBeLessThanOrEqual(Math.min(...single) * 1.0001);
    // Unit variance along 8 axes.
    expect((await inertia(8, 0)) / 200).toBeLessThan(9);
  });

  it('counts a point of weight 3 as three', async () => {
    const pool = drawEmbeddings(60, 3, 5);
    const copies = Int32Array.from(Array.from({ length: 60 }, (_, i) => (i % 2 ? [i, i, i] : [i])).flat());
    const space = await euclideanSpace(compute, [pool]);
    const repeated = await euclideanSpace(compute, [
      { values: space.rows(copies), numSamples: copies.length, width: 3 },
    ]);
    const start = space.rows(Int32Array.of(0, 1, 2, 3));
    const weights = Float64Array.from({ length: 60 }, (_, i) => (i % 2 ? 3 : 1));
    const request = { maxIterations: 20, stop: 0 };
    const weighted = await lloyd(compute, space, start, { ...request, weights });
    const unweighted = await lloyd(compute, repeated, start, request);
    expect(weighted.inertia / unweighted.inertia).toBeCloseTo(1, 5);
    weighted.centres.forEach((value, i) => {
      expect(value).toBeCloseTo(unweighted.centres[i] as number, 4);
    });
  });

  it('leaves no cluster empty where there are points enough', async () => {
    const pool = drawEmbeddings(40, 3, 6);
    const space = await euclideanSpace(compute, [pool]);
    // Three centres far from all points, and two of them in the same place.
    const far = Float32Array.of(0, 0, 0, 500, 500, 500, 500, 500, 500, -500, 500, 0);
    const { clusters } = await lloyd(compute, space, far, { maxIterations: 50, stop: 0 });
    expect(new Set(clusters).size).toBe(4);
  });

  it('picks the nearest point to each centre, that of the largest cluster first', async () => {
    const sizes = [50, 30, 20];
    const values = sizes.flatMap((size, c) =>
      Array.from({ length: size }, (_, i) => [
        100 * c + (i === 0 ? 0 : Math.cos(i)),
        i === 0 ? 0 : Math.sin(i),
      ]),
    );
    const pool = { values: Float32Array.from(values.flat()), numSamples: 100, width: 2 };
    const picked = [
      ...((await strategies['k-means']?.create({ numInit: 5 }).select(contextWith({ pool }), 3)) ?? []),
    ];
    // Row 0 of each cluster is the middle of its circle.
    expect(picked).toEqual([0, 50, 80]);
  });
});

describe('weighted-k-means', () => {
  it('looks only at the smallest margins, and spreads over them', async () => {
    const pool = drawEmbeddings(100, 3, 8);
    const uncertain = new Set([3, 14, 15, 92, 65, 35, 89, 79]);
    const logProbabilities = Float32Array.from({ length: 300 }, (_, i) => {
      const row = Math.floor(i / 3);
      const p = uncertain.has(row) ? [0.4, 0.35, 0.25] : [0.98, 0.01, 0.01];
      return Math.log(p[i % 3] as number);
    });
    const strategy = strategies['weighted-k-means']?.create({ beta: 2 });
    const picked = [...((await strategy?.select(contextWith({ pool, logProbabilities }), 4)) ?? [])];
    expect(picked.filter((row) => !uncertain.has(row))).toEqual([]);
    const closest = Math.min(
      ...picked.flatMap((a, i) => picked.slice(i + 1).map((b) => squaredDistance(pool, a, pool, b))),
    );
    expect(closest).toBeGreaterThan(0.5);
  });
});

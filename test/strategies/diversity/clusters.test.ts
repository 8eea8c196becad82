/** TypiClust and Cluster-Margin: what they do with clusters. */
import { describe, expect, it } from 'vitest';
import { deriveStream } from '../../../src/foundation/randomStream.ts';
import { averageLinkage } from '../../../src/strategies/diversity/averageLinkage.ts';
import { euclideanSpace } from '../../../src/strategies/diversity/euclideanSpace.ts';
import { typicalSamples } from '../../../src/strategies/diversity/typiClust.ts';
import { meanNeighbourDistances } from '../../../src/strategies/diversity/typicality.ts';
import { strategies } from '../../../src/strategies/index.ts';
import {
  compute,
  contextWith,
  drawEmbeddings,
  fixture,
  fixtureLabelled,
  fixturePool,
  joined,
  squaredDistance,
} from './embeddingsFixture.ts';

const stream = () => deriveStream('strategy', { test: 'clusters' });
const limits = { maxClusters: 500, minClusterSize: 6, numNeighbours: 20, maxClusterSize: 20_000 };

describe('typiclust', () => {
  it('has scikit-activeml’s typicality', async () => {
    const { numPoints, numNeighbours, typicality } = fixture.typicality;
    const space = await euclideanSpace(compute, [fixturePool, fixtureLabelled]);
    const points = Int32Array.from({ length: numPoints }, (_, i) => i);
    const means = await meanNeighbourDistances(compute, space, points, numNeighbours);
    means.forEach((mean, i) => {
      expect(1 / mean / typicality[i]).toBeCloseTo(1, 4);
    });
  });

  it('picks by the paper’s rule, also when it comes back to a cluster', async () => {
    const { clusters, picks } = fixture.typiclust;
    const space = await euclideanSpace(compute, [fixturePool, fixtureLabelled]);
    const rows = Int32Array.from({ length: fixturePool.numSamples }, (_, i) => i);
    const assignment = { clusters: Int32Array.from(clusters), k: 8, rows };
    const picked = await typicalSamples(
      { compute, space, stream: stream() },
      assignment,
      picks.length,
      limits,
    );
    // Clusters of one size and number of labels follow each other by scikit-learn's numbers there, at random here.
    const half = picks.length / 2;
    for (const part of [0, half]) {
      const sorted = (values: Iterable<number>) => [...values].slice(part, part + half).sort((a, b) => a - b);
      expect(sorted(picked)).toEqual(sorted(picks));
    }
  });

  it('passes small clusters over until the others are empty, and then takes from them', async () => {
    const pool = drawEmbeddings(12, 2, 1);
    const space = await euclideanSpace(compute, [pool]);
    const rows = Int32Array.from({ length: 12 }, (_, i) => i);
    const clusters = rows.map((i) => Number(i >= 8)); // 8 and 4
    const picked = await typicalSamples(
      { compute, space, stream: stream() },
      { clusters, k: 2, rows },
      10,
      limits,
    );
    expect([...picked.slice(0, 8)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(Math.min(...picked.slice(8))).toBeGreaterThanOrEqual(8);
  });

  it('looks at a part of a cluster that is too large', async () => {
    const pool = drawEmbeddings(300, 2, 4, 1);
    const strategy = strategies.typiclust?.create({ maxClusterSize: 30 });
    const picked = await Promise.all(
      Array.from(
        { length: 10 },
        async (_, seed) => (await strategy?.select(contextWith({ pool, seed }), 1))?.[0],
      ),
    );
    expect(new Set(picked).size).toBeGreaterThan(3);
  });
});

describe('average linkage', () => {
  it.each(Object.keys(fixture.averageLinkage))('has SciPy’s %s clusters', (k) => {
    const all = joined(fixturePool, fixtureLabelled);
    const n = all.numSamples;
    const distances = Float32Array.from({ length: n * n }, (_, i) =>
      Math.sqrt(squaredDistance(all, Math.floor(i / n), all, i % n)),
    );
    const clusters = averageLinkage(distances, Number(k));
    expect(numbered(clusters)).toEqual(numbered(fixture.averageLinkage[k]));
  });
});

/** Clusters numbered in the order of their first members. */
function numbered(clusters: Iterable<number>): number[] {
  const numbers = new Map<number, number>();
  return [...clusters].map((cluster) => {
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    return number;
  });
}

describe('cluster-margin', () => {
  const pool = drawEmbeddings(90, 2, 9, 3);
  /** Rows of cluster 0 are uncertain, one of cluster 1 and none of cluster 2. */
  const logProbabilities = Float32Array.from({ length: 180 }, (_, i) => {
    const row = Math.floor(i / 2);
    const doubt = row % 3 === 0 ? 0.4 + row / 1e4 : row === 31 ? 0.45 : 0.01;
    return Math.log(i % 2 ? doubt : 1 - doubt);
  });
  const context = () => contextWith({ pool, logProbabilities, numClasses: 2 });

  it('takes from the smallest cluster first, and only what is uncertain', async () => {
    const strategy = strategies['cluster-margin']?.create({ candidates: 5, numClusters: 3 });
    const picked = [...((await strategy?.select(context(), 4)) ?? [])];
    expect(picked[0]).toBe(31);
    expect(picked.slice(1).every((row) => row % 3 === 0)).toBe(true);
  });

  it('finds the clusters of what it did not cluster by their means', async () => {
    const strategy = strategies['cluster-margin']?.create({
      candidates: 5,
      numClusters: 3,
      maxClustered: 40,
    });
    expect((await strategy?.select(context(), 4))?.[0]).toBe(31);
  });
});

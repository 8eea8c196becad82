import { describe, expect, it } from 'vitest';
import { meanCosineSimilarities } from '../../../src/strategies/diversity/informationDensity.ts';
import { strategies } from '../../../src/strategies/index.ts';
import { contextWith, drawEmbeddings, fixture, fixturePool } from './embeddingsFixture.ts';

describe('information-density', () => {
  it('has scikit-learn’s mean cosine similarities without all pairs', () => {
    meanCosineSimilarities(fixturePool).forEach((value, i) => {
      expect(value).toBeCloseTo(fixture.meanCosine[i], 6);
    });
  });

  it('prefers the densest of equally uncertain samples, and with β = 0 looks at uncertainty alone', async () => {
    const pool = fixturePool;
    const densest = fixture.meanCosine.indexOf(Math.max(...fixture.meanCosine));
    const first = async (beta: number, logProbabilities?: Float32Array) => {
      const context = contextWith({ pool, ...(logProbabilities && { logProbabilities }) });
      return (await strategies['information-density']?.create({ beta }).select(context, 1))?.[0];
    };
    expect(await first(1)).toBe(densest);
    const least = fixture.meanCosine.indexOf(Math.min(...fixture.meanCosine));
    const doubt = Float32Array.from({ length: pool.numSamples * 3 }, (_, i) => {
      const p = Math.floor(i / 3) === least ? [0.4, 0.3, 0.3] : [0.6, 0.2, 0.2];
      return Math.log(p[i % 3] as number);
    });
    expect(await first(0, doubt)).toBe(least);
  });
});

describe('discriminative', () => {
  const pool = drawEmbeddings(150, 4, 2, 3);
  // Samples of clusters 0 and 1 are labelled; cluster 2 is not.
  const labelled = { ...drawEmbeddings(150, 4, 2, 3), numSamples: 30 };
  labelled.values = Float32Array.from(
    Array.from({ length: 30 }, (_, i) => [
      ...pool.values.subarray(4 * (3 * i + (i % 2)), 4 * (3 * i + (i % 2)) + 4),
    ]).flat(),
  );

  it('asks for samples unlike those that are labelled', async () => {
    const strategy = strategies.discriminative?.create({ hiddenUnits: 32, steps: 150, numParts: 2 });
    const picked = [...((await strategy?.select(contextWith({ pool, labelled }), 8)) ?? [])];
    expect(picked.filter((row) => row % 3 === 2).length).toBeGreaterThanOrEqual(7);
  });

  it('gives all identical rows the same chance', async () => {
    const same = { values: new Float32Array(40).fill(0.7), numSamples: 10, width: 4 };
    const strategy = strategies.discriminative?.create({ hiddenUnits: 4, steps: 2 });
    const firsts = new Set<number | undefined>();
    for (let seed = 0; seed < 60; seed++) {
      firsts.add((await strategy?.select(contextWith({ pool: same, labelled: same, seed }), 1))?.[0]);
    }
    expect(firsts.size).toBe(10);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { deriveStream } from '../../../src/foundation/randomStream.ts';
import { gradientSpace } from '../../../src/strategies/diversity/gradientSpace.ts';
import type { PointSpace } from '../../../src/strategies/diversity/pointSpace.ts';
import { sampleBySquaredDistance } from '../../../src/strategies/diversity/squaredDistanceSampling.ts';
import { strategies } from '../../../src/strategies/index.ts';
import { compute, contextWith, fixture, fixturePool } from './embeddingsFixture.ts';

const { numClasses, width } = fixture;
const numSamples = fixturePool.numSamples;
const logProbabilities = Float32Array.from(fixture.probabilities, Math.log);
const prediction = { logProbabilities, numSamples, numClasses };

/** g = (p − 1_ŷ) ⊗ z, written out. */
const gradients = Array.from({ length: numSamples }, (_, i) => {
  const p: number[] = fixture.probabilities.slice(i * numClasses, (i + 1) * numClasses);
  const z: number[] = fixture.pool.slice(i * width, (i + 1) * width);
  const top = p.indexOf(Math.max(...p));
  return p.flatMap((value, c) => z.map((feature) => (value - Number(c === top)) * feature));
});
const naive = (i: number, j: number): number =>
  (gradients[i] ?? []).reduce((sum, value, f) => sum + (value - (gradients[j]?.[f] ?? 0)) ** 2, 0);

/** D² sampling's probabilities after `picked`. */
function shares(picked: readonly number[]): number[] {
  const nearest = gradients.map((_, i) => Math.min(...picked.map((j) => naive(i, j))));
  const total = nearest.reduce((sum, value) => sum + value, 0);
  return nearest.map((value) => value / total);
}

let space: PointSpace;
beforeAll(async () => {
  space = await gradientSpace(compute, prediction, fixturePool);
});

describe('gradient space', () => {
  it('has the distances of gradients written out', async () => {
    for (const centre of [0, 7, 31]) {
      const nearest = new Float32Array(numSamples).fill(Number.POSITIVE_INFINITY);
      await space.lower(nearest, Int32Array.of(centre));
      for (let i = 0; i < numSamples; i++) {
        const scale = 1 + (space.squaredNorms[i] as number) + (space.squaredNorms[centre] as number);
        expect(Math.abs((nearest[i] as number) - naive(i, centre))).toBeLessThan(1e-5 * scale);
        expect(Math.abs(space.nearestOf(i, [centre]) - naive(i, centre))).toBeLessThan(1e-5 * scale);
      }
    }
  });

  it('has the probabilities of scikit-activeml’s Badge, pick by pick, given its ghost at the origin', async () => {
    const { picks, probabilities } = fixture.badge;
    // Its first pick is the largest gradient, too, and its first row is its norms.
    expect(space.squaredNorms.indexOf(Math.max(...space.squaredNorms))).toBe(picks[0]);
    // It starts from the norms, as if 0 had been picked before (its issues 586 to 590); the paper and its code do not.
    const nearest = space.squaredNorms.slice();
    for (let count = 1; count < picks.length; count++) {
      await space.lower(nearest, Int32Array.of(picks[count - 1]));
      const total = nearest.reduce((sum, value) => sum + value, 0);
      for (let i = 0; i < numSamples; i++) {
        expect((nearest[i] as number) / total).toBeCloseTo(probabilities[count][i], 6);
      }
    }
  });

  it('tells gradients apart that float32 probabilities would call 0', async () => {
    const certain = Float32Array.from([1e-12, 3e-12].flatMap((rest) => [Math.log1p(-rest), Math.log(rest)]));
    const two = await gradientSpace(
      compute,
      { logProbabilities: certain, numSamples: 2, numClasses: 2 },
      { values: Float32Array.of(1, 0, 1, 0), numSamples: 2, width: 2 },
    );
    expect((two.squaredNorms[1] as number) / (two.squaredNorms[0] as number)).toBeCloseTo(9, 4);
  });
});

describe('badge', () => {
  const first: number = fixture.badge.picks[0];
  const numSeeds = 10_000;
  const draw = async (k: number, seed: number) => [
    ...(await sampleBySquaredDistance(space, { k, first, stream: deriveStream('strategy', { seed }) })),
  ];

  it('begins with the largest gradient', async () => {
    const context = contextWith({ pool: fixturePool, logProbabilities, numClasses });
    expect((await strategies.badge?.create({}).select(context, 4))?.[0]).toBe(first);
  });

  it('draws the second by squared distance', async () => {
    const counts = new Array<number>(numSamples).fill(0);
    for (let seed = 0; seed < numSeeds; seed++) {
      const [, second = 0] = await draw(2, seed);
      counts[second] = (counts[second] ?? 0) + 1;
    }
    expect(chiSquared(counts, shares([first]), numSeeds)).toBeLessThan(110);
  });

  it('draws the third by squared distance to the nearer of two, though bounds proposed it', async () => {
    const likely = shares([first]);
    const second = likely.indexOf(Math.max(...likely));
    const counts = new Array<number>(numSamples).fill(0);
    let numDrawn = 0;
    for (let seed = 0; seed < numSeeds; seed++) {
      const [, drawn, third = 0] = await draw(3, seed);
      if (drawn !== second) continue;
      numDrawn++;
      counts[third] = (counts[third] ?? 0) + 1;
    }
    expect(numDrawn).toBeGreaterThan(300);
    expect(chiSquared(counts, shares([first, second]), numDrawn)).toBeLessThan(110);
  });
});

/** With 59 degrees of freedom, above 110 once in 20,000 times. */
function chiSquared(counts: readonly number[], probabilities: readonly number[], total: number): number {
  return counts.reduce((sum, count, i) => {
    const expected = (probabilities[i] as number) * total;
    if (expected < 1e-9) {
      expect(count).toBe(0);
      return sum;
    }
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}

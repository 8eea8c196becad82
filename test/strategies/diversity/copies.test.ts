/** Copies of a sample tie to the last bit, wherever in the pool they are. */
import { describe, expect, it } from 'vitest';
import { deriveStream } from '../../../src/foundation/randomStream.ts';
import { euclideanSpace } from '../../../src/strategies/diversity/euclideanSpace.ts';
import { gradientSpace } from '../../../src/strategies/diversity/gradientSpace.ts';
import type { PointSpace } from '../../../src/strategies/diversity/pointSpace.ts';
import { compute } from './embeddingsFixture.ts';

/** `numRows` times the same `width` numbers. */
function copies(numRows: number, width: number, value: (i: number) => number): Float32Array {
  const row = Float32Array.from({ length: width }, (_, i) => value(i));
  const values = new Float32Array(numRows * width);
  for (let i = 0; i < numRows; i++) values.set(row, i * width);
  return values;
}

async function expectTies(space: PointSpace): Promise<void> {
  expect(new Set(space.squaredNorms).size).toBe(1);
  const toCopy = new Float32Array(space.numPoints).fill(Number.POSITIVE_INFINITY);
  await space.lower(toCopy, Int32Array.of(space.numPoints - 1));
  expect(new Set(toCopy)).toEqual(new Set([0]));
}

// Sizes that fill chunks, leave rows over, and are no multiple of a vector register.
describe.each([
  [101, 7],
  [4097, 5],
  [5001, 37],
  [2049, 128],
])('%i copies of %i numbers', (numRows, width) => {
  const stream = deriveStream('split', { width });
  const values = copies(numRows, width, () => stream.normal());
  const embeddings = { values, numSamples: numRows, width };

  it('are at one distance from anything', async () => {
    const space = await euclideanSpace(compute, [embeddings]);
    await expectTies(space);
    for (const numCentres of [1, 3, 200]) {
      const nearest = new Float32Array(numRows).fill(Number.POSITIVE_INFINITY);
      await space.lowerTo(
        nearest,
        Float32Array.from({ length: numCentres * width }, () => stream.normal()),
      );
      expect(new Set(nearest).size).toBe(1);
    }
  });

  it('have one gradient', async () => {
    const weights = Array.from({ length: 5 }, () => stream.uniform());
    const sum = weights.reduce((a, b) => a + b, 0);
    const logProbabilities = copies(numRows, 5, (c) => Math.log((weights[c] as number) / sum));
    await expectTies(
      await gradientSpace(compute, { logProbabilities, numSamples: numRows, numClasses: 5 }, embeddings),
    );
  });
});

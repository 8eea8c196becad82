import fc from 'fast-check';
import { expect, it } from 'vitest';
import { logMeanProbabilities, meanPrediction, type SampleChunk } from '../../src/learner/samples.ts';

/** `values[k][i][c]`. */
function chunkOf(values: readonly (readonly (readonly number[])[])[], start = 0): SampleChunk {
  return {
    start,
    numDrawn: values.length,
    numRows: values[0]?.length ?? 0,
    numClasses: values[0]?.[0]?.length ?? 0,
    logProbabilities: Float32Array.from(values.flat(2)),
  };
}

it('is the logarithm of the mean, whatever the order of the samples', () => {
  const logs = fc.array(fc.double({ min: -20, max: 0, noNaN: true }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(logs, (perSample) => {
      const values = perSample.map((value) => [[value, value - 1]]);
      const mean = perSample.reduce((sum, value) => sum + Math.exp(Math.fround(value)), 0) / perSample.length;
      const [first, second] = logMeanProbabilities(chunkOf(values));
      expect(first).toBeCloseTo(Math.log(mean), 9);
      expect(second).toBeCloseTo(Math.log(mean) - 1, 5);
      expect(logMeanProbabilities(chunkOf(values.toReversed()))[0]).toBeCloseTo(first as number, 12);
    }),
  );
});

it('keeps what is far below the range of probabilities, and what is impossible', () => {
  const never = Number.NEGATIVE_INFINITY;
  const mean = logMeanProbabilities(chunkOf([[[-2000, never, 0]], [[-2000, never, never]]]));
  expect([...mean]).toEqual([-2000, never, Math.log(0.5)]);
});

it('is the sample itself where there is but one', () => {
  const values = [-1e-12, -3.25, -800].map(Math.fround);
  expect([...logMeanProbabilities(chunkOf([[values]]))]).toEqual(values);
});

it('does not hide NaN', () => {
  const mean = logMeanProbabilities(chunkOf([[[Number.NaN, -1]], [[-1, -1]]]));
  expect(mean[0]).toBeNaN();
  expect(mean[1]).toBe(-1);
});

it('puts every chunk in its place', async () => {
  async function* chunks() {
    yield chunkOf([[[-1, -2]], [[-1, -2]]]);
    yield chunkOf([[[-3, -4], [-5, -6]], [[-3, -4], [-5, -6]]], 1); // biome-ignore format: one row a pair
  }
  const { logProbabilities } = await meanPrediction(chunks(), { numSamples: 3, numClasses: 2 });
  expect([...logProbabilities]).toEqual([-1, -2, -3, -4, -5, -6]);
});

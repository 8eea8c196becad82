import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { createCompute } from '../../src/engines/compute.ts';
import { createEngine } from '../../src/engines/index.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { entropy } from '../../src/strategies/measures.ts';
import { entropyScores } from '../../src/strategies/uncertainty/entropyScores.ts';

const compute = createCompute(await createEngine('onnx'));
const predictionOf = (rows: readonly (readonly number[])[]) => ({
  logProbabilities: Float32Array.from(rows.flat()),
  numSamples: rows.length,
  numClasses: rows[0]?.length ?? 0,
});

/** Log-probabilities from certain to uniform. */
const row = (numClasses: number) =>
  fc
    .tuple(
      fc.double({ min: 0, max: 60, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: numClasses, maxLength: numClasses }),
    )
    .map(([sharpness, values]) => {
      const largest = Math.max(...values) * sharpness;
      const sum = values.reduce((total, value) => total + Math.exp(value * sharpness - largest), 0);
      return values.map((value) => value * sharpness - largest - Math.log(sum));
    });
const rows = fc
  .integer({ min: 2, max: 12 })
  .chain((numClasses) => fc.array(row(numClasses), { minLength: 1, maxLength: 30 }));

it('is the entropy that is computed row by row in double precision', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (logs) => {
      const prediction = predictionOf(logs);
      const expected = entropy(prediction);
      (await entropyScores(prediction, compute)).forEach((score, i) => {
        expect(Math.abs(score - (expected[i] as number))).toBeLessThanOrEqual(
          3e-7 * (expected[i] as number) + 1e-30,
        );
      });
    }),
    { numRuns: 100 },
  );
});

test('copies of a row tie to the last bit, wherever they stand', async () => {
  const stream = deriveStream('strategy', { test: 'copies' });
  for (const numClasses of [2, 3, 10, 17]) {
    const weights = Array.from({ length: numClasses }, () => stream.uniform() + 0.1);
    const total = weights.reduce((a, b) => a + b, 0);
    const copy = weights.map((weight) => Math.log(weight / total));
    const others = Array.from({ length: 9000 }, (_, i) =>
      i % 7 === 3 ? copy : copy.toReversed().map((x) => x * 1.1),
    );
    const scores = await entropyScores(predictionOf(others), compute);
    expect(new Set(scores.filter((_, i) => i % 7 === 3)).size).toBe(1);
  }
});

test('tells apart what float32 probabilities would call certain, and knows 0 and NaN', async () => {
  const certain = [1e-12, 1e-10, 1e-11].map((r) => [Math.log1p(-r), Math.log(0.7 * r), Math.log(0.3 * r)]);
  const zero = [Math.log(0.5), Math.log(0.5), Number.NEGATIVE_INFINITY];
  const broken = [Math.log(0.5), Number.NaN, Math.log(0.5)];
  const scores = await entropyScores(predictionOf([...certain, zero, broken]), compute);
  expect(
    [...scores.slice(0, 3)]
      .map((score, i) => [score, i])
      .sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0))
      .map(([, i]) => i),
  ).toEqual([1, 2, 0]);
  expect(scores[3]).toBeCloseTo(Math.log(2), 6);
  expect(scores[4]).toBeNaN();
});

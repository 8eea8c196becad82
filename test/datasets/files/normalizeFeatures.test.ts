/** Normalisation: what it promises of the rows that count, and that the others have no part in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Features, NormalizationName } from '../../../src/datasets/dataset.ts';
import { hostScaling, scaleFeatures } from '../../../src/datasets/files/normalizeFeatures.ts';
import { deriveStream } from '../../../src/foundation/randomStream.ts';

function normalizeFeatures(
  values: Features,
  sampleShape: readonly number[],
  normalization: NormalizationName,
  rows: ArrayLike<number>,
): Features {
  const scaling = hostScaling(values, sampleShape, normalization, rows);
  return scaling === undefined ? values : scaleFeatures(values, sampleShape, scaling);
}

const numSamples = 40;
const counted = Int32Array.from({ length: 30 }, (_, row) => row + 5);

function features(rowSize: number, seed: number): Float32Array {
  const stream = deriveStream('split', { test: 'normalize', seed });
  return Float32Array.from(
    { length: numSamples * rowSize },
    (_, i) => 10 ** (i % rowSize) * (stream.normal() + 3),
  );
}

const column = (values: ArrayLike<number>, rowSize: number, f: number): number[] =>
  Array.from(counted, (row) => values[row * rowSize + f] as number);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('standard: each feature of a vector has mean 0 and deviation 1', () => {
  const values = normalizeFeatures(features(4, 0), [4], 'standard', counted);
  for (let f = 0; f < 4; f++) {
    const own = column(values, 4, f);
    expect(mean(own)).toBeCloseTo(0, 5);
    expect(mean(own.map((value) => value ** 2))).toBeCloseTo(1, 5);
  }
});

test('standard: images by channel', () => {
  const values = normalizeFeatures(features(8, 1), [2, 2, 2], 'standard', counted);
  for (const channel of [0, 1]) {
    const own = [0, 1, 2, 3].flatMap((pixel) => column(values, 8, 4 * channel + pixel));
    expect(mean(own)).toBeCloseTo(0, 4);
    expect(mean(own.map((value) => value ** 2))).toBeCloseTo(1, 4);
  }
  expect(Math.abs(mean(column(values, 8, 0)))).toBeGreaterThan(0.1);
});

test('minmax: each feature into [0, 1]; unit: all by one range', () => {
  const each = normalizeFeatures(features(3, 2), [3], 'minmax', counted);
  for (let f = 0; f < 3; f++) {
    expect(Math.min(...column(each, 3, f))).toBe(0);
    expect(Math.max(...column(each, 3, f))).toBe(1);
  }
  const all = normalizeFeatures(features(3, 2), [3], 'unit', counted);
  const together = [0, 1, 2].flatMap((f) => column(all, 3, f));
  expect([Math.min(...together), Math.max(...together)]).toEqual([0, 1]);
  expect(Math.max(...column(all, 3, 0))).toBeLessThan(0.1);
});

test('bytes stay bytes for none and unit, and become floats for the others', () => {
  const bytes = Uint8Array.from({ length: numSamples * 2 }, (_, i) => i);
  expect(normalizeFeatures(bytes, [2], 'none', counted)).toBe(bytes);
  expect(normalizeFeatures(bytes, [2], 'unit', counted)).toBe(bytes);
  expect(normalizeFeatures(bytes, [2], 'standard', counted)).toBeInstanceOf(Float32Array);
});

test('what never varies becomes 0', () => {
  for (const name of ['standard', 'minmax', 'unit'] as const) {
    const values = normalizeFeatures(new Float32Array(numSamples).fill(0.1), [1], name, counted);
    expect([...values].every((value) => value === 0)).toBe(true);
  }
});

describe('rows that do not count', () => {
  test.each<NormalizationName>(['standard', 'minmax', 'unit'])('%s', (name) => {
    fc.assert(
      fc.property(fc.float({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(4), (value, row) => {
        const changed = features(2, 3);
        changed[row * 2] = value;
        const [one, other] = [features(2, 3), changed].map((each) =>
          normalizeFeatures(each, [2], name, counted).slice(10),
        );
        expect(one).toEqual(other);
      }),
      { numRuns: 20 },
    );
  });
});

/** Unit length and duplicates, against what they are by definition. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { findDuplicates, normalizeRows } from '../../src/selection/embeddingRows.ts';
import { principalComponents, umap } from '../../src/selection/projectPoints.ts';

/** Few values, so that rows repeat; 0 and -0 are equal. */
const rows = fc.array(fc.tuple(fc.constantFrom(0, -0, 1, 2), fc.constantFrom(0, 1)), {
  minLength: 1,
  maxLength: 30,
});

test('duplicates are the rows equal to an earlier one, labelled rows being the earliest', () => {
  fc.assert(
    fc.property(rows, fc.nat(29), (given, pick) => {
      const first = pick % given.length;
      const embeddings = { values: Float32Array.from(given.flat()), numSamples: given.length, width: 2 };
      const order = [first, ...given.keys()].filter((row, i, all) => all.indexOf(row) === i);
      const equal = (a: number, b: number) => given[a]?.every((value, f) => value === given[b]?.[f]);
      const expected = order.flatMap((row, i) => {
        const of = order.slice(0, i).find((earlier) => equal(row, earlier));
        return of === undefined ? [] : [{ row, of }];
      });
      expect(findDuplicates(embeddings, Int32Array.of(first))).toEqual(expected);
    }),
  );
});

test('no labelled row is a duplicate, though two be equal', () => {
  const embeddings = { values: Float32Array.of(1, 1, 1), numSamples: 3, width: 1 };
  expect(findDuplicates(embeddings, Int32Array.of(2, 1))).toEqual([{ row: 0, of: 2 }]);
});

test('rows have length 1 afterwards, however long they were; zeros stay', () => {
  const values = Float32Array.of(3, 4, 0, 0, 1e30, 1e30, -1e-30, 0);
  normalizeRows({ values, numSamples: 4, width: 2 });
  const half = Math.fround(Math.SQRT1_2);
  [0.6, 0.8, 0, 0, half, half, -1, 0].forEach((expected, i) => {
    expect(values[i]).toBeCloseTo(expected, 6);
  });
});

test('principal components of an ellipsoid are its axes', () => {
  const stream = deriveStream('split', { test: 'ellipsoid' });
  const numPoints = 500;
  const values = new Float32Array(numPoints * 5);
  for (let i = 0; i < numPoints; i++) {
    [1, 9, 0.5, 3, 0.1].forEach((scale, f) => {
      values[i * 5 + f] = 100 + scale * stream.normal();
    });
  }
  const plane = principalComponents({ values, numPoints, width: 5 }, deriveStream('picture', { seed: 0 }));
  expect(plane.axes[0]).toMatch(/(8[5-9]|9[0-2]) % of variance/);
  const correlation = (axis: number, f: number) => {
    let [xy, xx, yy] = [0, 0, 0];
    for (let i = 0; i < numPoints; i++) {
      const [x, y] = [plane.values[2 * i + axis] as number, (values[i * 5 + f] as number) - 100];
      [xy, xx, yy] = [xy + x * y, xx + x * x, yy + y * y];
    }
    return Math.abs(xy / Math.sqrt(xx * yy));
  };
  expect(correlation(0, 1)).toBeGreaterThan(0.99);
  expect(correlation(1, 3)).toBeGreaterThan(0.99);
});

test('points on a line, and points that are all the same', () => {
  const line = Float32Array.from({ length: 10 }, (_, i) => i);
  const stream = () => deriveStream('picture', { seed: 0 });
  const onLine = principalComponents({ values: line, numPoints: 10, width: 1 }, stream());
  expect(onLine.axes).toEqual(['first component, 100 % of variance', 'second component, 0 % of variance']);
  const same = principalComponents(
    { values: new Float32Array(20).fill(3), numPoints: 10, width: 2 },
    stream(),
  );
  expect([...same.values].every((value) => Math.abs(value) < 1e-9)).toBe(true);
});

test('UMAP keeps two clusters apart, and is the same again', async () => {
  const stream = deriveStream('split', { test: 'umap' });
  const numPoints = 40;
  const values = Float32Array.from({ length: numPoints * 3 }, (_, i) => (i < 60 ? 0 : 50) + stream.normal());
  const [one, other] = await Promise.all(
    [0, 0].map((seed) => umap({ values, numPoints, width: 3 }, deriveStream('picture', { seed }))),
  );
  expect(one?.values).toEqual(other?.values);
  const x = (i: number) => [one?.values[2 * i] as number, one?.values[2 * i + 1] as number] as const;
  const distance = (i: number, j: number) => Math.hypot(x(i)[0] - x(j)[0], x(i)[1] - x(j)[1]);
  expect(distance(0, 30)).toBeGreaterThan(distance(0, 1));
});

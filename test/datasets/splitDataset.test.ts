import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../src/datasets/apportion.ts';
import { datasetInfo } from '../../src/datasets/catalogue.ts';
import type { DatasetInfo, SplitConfig } from '../../src/datasets/dataset.ts';
import { splitDataset } from '../../src/datasets/splitDataset.ts';
import { splitSizes } from '../../src/datasets/splitSizes.ts';

const everything: SplitConfig = { rows: 'all', test: 0.2, validation: 0, pool: 'rest', stratified: false };

function infoOf(numSamples: number, numTrainFileSamples: number, numClasses = 4): DatasetInfo {
  return { ...datasetInfo('mnist'), name: 'made-up', numSamples, numTrainFileSamples, numClasses };
}

function countsOf(rows: Iterable<number>, labels: Uint8Array, numClasses: number): number[] {
  const counts = new Array<number>(numClasses).fill(0);
  for (const row of rows) counts[labels[row] ?? -1] = (counts[labels[row] ?? -1] ?? 0) + 1;
  return counts;
}

/** Labels skewed towards class 0; a train file and maybe a test file; part sizes that fit. */
const requests = fc
  .record({
    labels: fc.uint8Array({ min: 0, max: 11, minLength: 12, maxLength: 200 }),
    trainShare: fc.constantFrom(0.5, 0.8, 1),
    rows: fc.constantFrom('all' as const, 'train-file' as const),
    wholeTestFile: fc.boolean(),
    stratified: fc.boolean(),
    seed: fc.nat(50),
    weights: fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5), fc.nat(5)),
    rest: fc.boolean(),
  })
  .map(({ labels: raw, trainShare, weights, rest, wholeTestFile, ...others }) => {
    const labels = raw.map((value) => Math.max(0, value - 8));
    const numTrain = Math.round(labels.length * trainShare);
    const info = infoOf(labels.length, numTrain);
    const test = wholeTestFile && numTrain < labels.length ? ('test-file' as const) : undefined;
    const count = others.rows === 'all' && test === undefined ? labels.length : numTrain;
    const [t, v, p, x] = weights.map((weight, i) => weight + (i === 0 || i === 2 ? 1 : 0)) as [
      number,
      number,
      number,
      number,
    ];
    const share = (weight: number) =>
      Math.max(weight > 0 ? 1 : 0, Math.floor((count * weight) / (t + v + p + x)));
    const config: SplitConfig = {
      rows: others.rows,
      test: test ?? share(t),
      validation: share(v),
      pool: rest ? 'rest' : share(p),
      stratified: others.stratified,
    };
    const fits = (test ? 0 : share(t)) + share(v) + share(p) <= count;
    return { fits, count, labels, info, config, seed: others.seed };
  })
  .filter(({ fits }) => fits);

describe('splitDataset', () => {
  it('gives disjoint parts of the promised sizes, from the promised rows, always the same', () => {
    fc.assert(
      fc.property(requests, ({ count, labels, info, config, seed }) => {
        const split = splitDataset({ info, labels, config, seed });
        const { pool, validation, test } = split;
        expect({ pool: pool.length, validation: validation.length, test: test.length }).toEqual(
          splitSizes(info, config),
        );
        const all = [...test, ...validation, ...pool];
        expect(new Set(all).size).toBe(all.length);
        const carved = config.test === 'test-file' ? [...validation, ...pool] : all;
        expect(carved.every((row) => row >= 0 && row < count)).toBe(true);
        if (config.pool === 'rest') expect(carved).toHaveLength(count);
        if (config.test === 'test-file') {
          expect([...test]).toEqual(
            Array.from({ length: test.length }, (_, i) => info.numTrainFileSamples + i),
          );
        }
        expect(splitDataset({ info, labels, config, seed })).toEqual(split);
        expect(splitDataset({ info, labels, config: { ...config, seed }, seed: seed + 1 })).toEqual(split);
      }),
    );
  });

  it('leaves test and validation as they are when the pool changes, and test when validation does', () => {
    fc.assert(
      fc.property(requests, ({ labels, info, config, seed }) => {
        const split = splitDataset({ info, labels, config, seed });
        const smallest = splitDataset({ info, labels, config: { ...config, pool: 1 }, seed });
        expect(smallest.test).toEqual(split.test);
        expect(smallest.validation).toEqual(split.validation);
        const without = splitDataset({ info, labels, config: { ...config, validation: 0 }, seed });
        expect(without.test).toEqual(split.test);
      }),
    );
  });

  it('keeps class proportions to within one row of what each part is carved from', () => {
    fc.assert(
      fc.property(requests, ({ count, labels, info, config, seed }) => {
        const split = splitDataset({ info, labels, config: { ...config, stratified: true }, seed });
        const carved = config.test === 'test-file' ? [] : [split.test];
        let left = Array.from({ length: count }, (_, row) => row);
        for (const part of [...carved, split.validation, split.pool]) {
          const available = countsOf(left, labels, info.numClasses);
          const met = countsOf(part, labels, info.numClasses);
          met.forEach((number, c) => {
            expect(Math.abs(number - (part.length * (available[c] ?? 0)) / left.length || 0)).toBeLessThan(1);
          });
          const taken = new Set(part);
          left = left.filter((row) => !taken.has(row));
        }
      }),
    );
  });

  it('gives every seed its own split, and the data set has its say', () => {
    const info = infoOf(100, 100);
    const labels = new Uint8Array(100);
    const of = (seed: number, fingerprint = info.fingerprint) =>
      splitDataset({ info: { ...info, fingerprint }, labels, config: everything, seed }).test;
    expect(of(1)).not.toEqual(of(0));
    expect(of(0, 'another')).not.toEqual(of(0));
  });

  it('does not sort rows by class', () => {
    const labels = Uint8Array.from({ length: 200 }, (_, i) => i % 4);
    const config = { ...everything, stratified: true };
    const { pool } = splitDataset({ info: infoOf(200, 200), labels, config, seed: 0 });
    expect(new Set(pool.slice(0, 40).map((row) => labels[row] ?? 0)).size).toBe(4);
  });

  it('is pinned: published results stay paired', () => {
    const info = infoOf(20, 20);
    const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
    const config = { ...everything, validation: 0.1, stratified: true };
    expect(splitDataset({ info, labels, config, seed: 0 })).toMatchInlineSnapshot(`
      {
        "pool": Int32Array [
          0,
          12,
          18,
          19,
          8,
          17,
          2,
          11,
          5,
          7,
          6,
          14,
          3,
          9,
        ],
        "test": Int32Array [
          10,
          13,
          16,
          15,
        ],
        "validation": Int32Array [
          4,
          1,
        ],
      }
    `);
  });
});

describe('splitSizes', () => {
  const mnist = datasetInfo('mnist');
  const sizes = (config: Partial<SplitConfig>, info = mnist) =>
    splitSizes(info, { ...everything, ...config });

  it('knows protocols from the literature', () => {
    expect(sizes({ test: 'test-file' })).toEqual({ pool: 60_000, validation: 0, test: 10_000 });
    expect(sizes({ rows: 'test-file', test: 2000 })).toEqual({ pool: 8000, validation: 0, test: 2000 });
    expect(sizes({ rows: 'train-file', test: 5000, validation: 5000 }).pool).toBe(50_000);
  });

  it('lets fractions that add up to 1 use every row', () => {
    const fractions = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fractions, fc.integer({ min: 100, max: 2000 }), ([t, v], count) => {
        const config = { test: t / 100, validation: v / 100, pool: 1 - t / 100 - v / 100 };
        const { test, validation, pool } = sizes(config, infoOf(count, count));
        expect(test + validation + pool).toBe(count);
        expect(test).toBe(Math.round((t / 100) * count));
      }),
    );
  });

  it.each<[Partial<SplitConfig>, RegExp]>([
    [{ test: 50_000, validation: 30_000 }, /need 80000 rows, and only 70000/],
    [{ test: 0.5, pool: 0.6 }, /need 77000 rows, and only 70000/],
    [{ test: 'test-file', validation: 60_001 }, /validation and pool need 60001 rows, and only 60000/],
    [{ test: 0 }, /"test" must have rows/],
    [{ pool: 0 }, /"pool" must have rows/],
    [{ test: 70_000 }, /"pool" must have rows/],
    [{ rows: 'test-file', test: 'test-file' }, /"pool" must have rows/],
    [{ test: -0.1 }, /"test" must be a number of rows, or a fraction.* is -0.1/],
    [{ validation: 1.5 }, /"validation" must be .* is 1.5/],
    [{ pool: Number.NaN }, /"pool" must be .* is NaN/],
    [{ validation: 1e-9 }, /"validation" is 1e-9 of 70000 rows, which is none/],
  ])('refuses %j', (config, message) => {
    expect(() => sizes(config)).toThrow(expect.objectContaining({ name: 'UserError', code: 'bad-split' }));
    expect(() => sizes(config)).toThrow(message);
  });

  it.each<Partial<SplitConfig>>([{ test: 'test-file' }, { rows: 'test-file' }])(
    'refuses %j of a data set without test file',
    (config) => {
      expect(() => sizes(config, datasetInfo('digits'))).toThrow(/digits has none/);
    },
  );
});

it('apportions by largest remainder, ties to the lower index', () => {
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(apportion(3, [5, 3, 2])).toEqual([1, 1, 1]); // 1.5, 0.9, 0.6
  expect(apportion(0, [0, 0])).toEqual([0, 0]);
  expect(apportion(5, [2, 0, 3])).toEqual([2, 0, 3]);
});

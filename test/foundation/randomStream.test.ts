import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/foundation/contentHash.ts';
import { deriveStream, rowStreams, type StreamPurpose } from '../../src/foundation/randomStream.ts';

const first = (purpose: StreamPurpose, dependsOn: Record<string, unknown>) => {
  const stream = deriveStream(purpose, dependsOn);
  return Array.from({ length: 8 }, () => stream.uint32());
};

describe('deriveStream', () => {
  it('depends on the purpose and on every value, not on key order', () => {
    const base = first('weights', { seed: 1, round: 2 });
    expect(first('weights', { round: 2, seed: 1 })).toEqual(base);
    expect(first('minibatches', { seed: 1, round: 2 })).not.toEqual(base);
    expect(first('weights', { seed: 1, round: 3 })).not.toEqual(base);
  });

  it('never changes: results of earlier versions stay reproducible', () => {
    expect(first('weights', { seed: 1, round: 2 })).toMatchInlineSnapshot(`
      [
        504304688,
        3073634319,
        3972888102,
        2537045406,
        3251828163,
        497827500,
        282637410,
        2466410052,
      ]
    `);
  });
});

describe('RandomStream', () => {
  it('integer is uniform: χ² over 7 values', () => {
    const stream = deriveStream('split', { test: 'integer' });
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) {
      const value = stream.integer(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // scipy.stats.chi2.ppf(0.999, 6) == 22.457744484825323
    expect(chiSquare).toBeLessThan(22.46);
  });

  it('normal has mean 0 and variance 1', () => {
    const stream = deriveStream('split', { test: 'normal' });
    const values = Array.from({ length: 100_000 }, () => stream.normal());
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(100_000));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / 100_000));
  });

  it('every permutation of three is equally likely', () => {
    const stream = deriveStream('split', { test: 'permutation' });
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = stream.permutation(3).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Five standard deviations: √(6000 · 1/6 · 5/6) = 28.9.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
  });
});

describe('rowStreams', () => {
  const streamOf = rowStreams(deriveStream('mc-dropout', { test: 'rows' }));
  const firstDraws = Array.from({ length: 100_000 }, (_, row) => streamOf(row).uint32());

  it('gives a row the same stream whenever it is asked', () => {
    expect([7, 3, 7].map((row) => streamOf(row).uint32())).toEqual([7, 3, 7].map((row) => firstDraws[row]));
    expect(new Set(firstDraws).size).toBeGreaterThan(99_990);
  });

  it('every bit of neighbouring rows’ draws is a fair coin, and differs from the next row’s half of the time', () => {
    for (let bit = 0; bit < 32; bit++) {
      const ones = firstDraws.filter((draw) => (draw >>> bit) & 1).length;
      const changes = firstDraws.filter((draw, i) => ((draw ^ (firstDraws[i + 1] ?? 0)) >>> bit) & 1).length;
      // Five standard deviations of a binomial count.
      for (const count of [ones, changes]) expect(Math.abs(count - 50_000)).toBeLessThan(5 * 158);
    }
  });

  it('another key, other streams', () => {
    const other = rowStreams(deriveStream('mc-dropout', { test: 'others' }));
    expect(other(7).uint32()).not.toBe(firstDraws[7]);
  });
});

describe('canonicalJson', () => {
  it('sorts keys and leaves undefined members out', () => {
    expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":null}]}');
  });
});

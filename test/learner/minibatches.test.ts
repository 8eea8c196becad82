import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { drawDropoutMasks } from '../../src/learner/dropoutMasks.ts';
import { epochRows, scheduleMinibatches } from '../../src/learner/minibatches.ts';

const stream = (seed = 0) => deriveStream('minibatches', { seed });
const rowsOf = (length: number) => Int32Array.from({ length }, (_, i) => 100 + 3 * i);

describe('epochRows', () => {
  it('is a permutation of the labelled rows', () => {
    const rows = epochRows(rowsOf(20), 0, stream());
    expect([...rows].sort((a, b) => a - b)).toEqual([...rowsOf(20)]);
    expect([...rows]).not.toEqual([...rowsOf(20)]);
  });

  it('repeats rows equally often but for one until the minimum is reached', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 100 }), (numRows, minimum) => {
        const rows = epochRows(rowsOf(numRows), minimum, stream());
        expect(rows.length).toBe(Math.max(numRows, minimum));
        const counts = [...rowsOf(numRows)].map((row) => rows.filter((other) => other === row).length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('scheduleMinibatches', () => {
  it('covers every epoch once, in order, its last minibatch padded with weight 0', () => {
    const epoch = rowsOf(7);
    const { numSteps, batchSize, indices, weights, minibatchSizes } = scheduleMinibatches([epoch, epoch], 3);
    expect({ numSteps, batchSize, sizes: [...minibatchSizes] }).toEqual({
      numSteps: 6,
      batchSize: 3,
      sizes: [3, 3, 1, 3, 3, 1],
    });
    const seen = [...indices].filter((_, i) => (weights[i] as number) > 0);
    expect(seen).toEqual([...epoch, ...epoch]);
    for (let step = 0; step < numSteps; step++) {
      const sum = weights.subarray(step * 3, step * 3 + 3).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 6);
    }
    expect([...indices].every((row) => epoch.includes(row))).toBe(true);
  });

  it('takes a batch size above the epoch for the whole epoch', () => {
    const { numSteps, batchSize } = scheduleMinibatches([rowsOf(7)], 10_000);
    expect({ numSteps, batchSize }).toEqual({ numSteps: 1, batchSize: 7 });
  });
});

describe('drawDropoutMasks', () => {
  it('drops at the asked rate', () => {
    const [mask] = drawDropoutMasks(
      [{ shape: [100], rate: 0.3 }],
      { numSteps: 100, batchSize: 10 },
      stream(),
    );
    const kept = (mask as Uint8Array).reduce((sum, byte) => sum + byte, 0) / 100_000;
    // Five standard deviations of a binomial share: √(.3 · .7 / 100,000) = .00145.
    expect(Math.abs(kept - 0.7)).toBeLessThan(0.0073);
  });

  it('does not depend on how many steps are drawn at once', () => {
    const specs = [
      { shape: [3], rate: 0.5 },
      { shape: [5], rate: 0.2 },
    ];
    const whole = drawDropoutMasks(specs, { numSteps: 4, batchSize: 3 }, stream(1));
    const shared = stream(1);
    const parts = [1, 3].map((numSteps) => drawDropoutMasks(specs, { numSteps, batchSize: 3 }, shared));
    specs.forEach((_, i) => {
      expect([...(whole[i] as Uint8Array)]).toEqual(parts.flatMap((part) => [...(part[i] as Uint8Array)]));
    });
  });
});

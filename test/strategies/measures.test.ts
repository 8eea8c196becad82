import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropy, leastConfidence, margin, ratio } from '../../src/strategies/measures.ts';

const measures = { leastConfidence, margin, ratio, entropy };

/** The formulas as papers give them, on probabilities in double precision. */
const textbook = {
  leastConfidence: (p: number[]) => 1 - Math.max(...p),
  margin: (p: number[]) => {
    const [first = 0, second = 0] = p.toSorted((a, b) => b - a);
    return 1 - (first - second);
  },
  ratio: (p: number[]) => {
    const [first = 0, second = 0] = p.toSorted((a, b) => b - a);
    return Math.log(second / first);
  },
  entropy: (p: number[]) => -p.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value) : 0), 0),
};

describe.each(Object.keys(textbook) as Array<keyof typeof textbook>)('%s', (name) => {
  it('equals its formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-4, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 }),
        (weights) => {
          const sum = weights.reduce((a, b) => a + b, 0);
          const probabilities = weights.map((value) => value / sum);
          const prediction = {
            logProbabilities: Float32Array.from(probabilities, Math.log),
            numSamples: 1,
            numClasses: probabilities.length,
          };
          expect(measures[name](prediction)[0]).toBeCloseTo(textbook[name](probabilities), 5);
        },
      ),
    );
  });

  it('takes a probability of exactly 0', () => {
    const prediction = {
      logProbabilities: Float32Array.of(0, Number.NEGATIVE_INFINITY, Math.log(0.5), Math.log(0.5)),
      numSamples: 2,
      numClasses: 2,
    };
    const [certain = Number.NaN, uncertain = Number.NaN] = measures[name](prediction);
    expect(certain).toBeLessThan(uncertain);
  });
});

/** Tests and intervals against SciPy, scikit-posthocs, rliable, baycomp and statsmodels (scripts/fixtures/tests.py). */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bayesianSignedRank } from '../../src/analysis/statistics/bayesianSignedRank.ts';
import { bcaInterval } from '../../src/analysis/statistics/bootstrap.ts';
import { criticalGroups } from '../../src/analysis/statistics/criticalGroups.ts';
import { criticalDifference, friedmanTest, nemenyiTest } from '../../src/analysis/statistics/friedman.ts';
import { holm } from '../../src/analysis/statistics/holm.ts';
import { pairedTTest } from '../../src/analysis/statistics/pairedT.ts';
import { detectableDifference, pairedTPower, pairsNeeded } from '../../src/analysis/statistics/power.ts';
import {
  interquartileMean,
  performanceProfile,
  probabilityOfImprovement,
  stratifiedInterval,
} from '../../src/analysis/statistics/robustMeans.ts';
import { smallestWilcoxonPValue, wilcoxonSignedRank } from '../../src/analysis/statistics/wilcoxon.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';

interface Fixture {
  wilcoxon: { differences: number[]; statistic: number; pValue: number }[];
  pairedT: { differences: number[]; statistic: number; pValue: number }[];
  holm: { pValues: number[]; adjusted: number[] };
  friedman: {
    blocks: number[][];
    statistic: number;
    pValue: number;
    nemenyi: number[][];
    meanRanks: number[];
  }[];
  criticalDifferences: { numTreatments: number; numBlocks: number; value: number }[];
  bca: { values: number[]; lower: number; upper: number; standardError: number }[];
  robust: {
    scores: number[][];
    others: number[][];
    interquartileMean: number;
    probabilityOfImprovement: number;
    thresholds: number[];
    profile: number[];
  }[];
  signedRank: { differences: number[]; rope: number; better: number; equivalent: number; worse: number }[];
  power: { effect: number; numPairs: number; power: number }[];
  pairsNeeded: { effect: number; numPairs: number }[];
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('../fixtures/tests.json', import.meta.url), 'utf8'));
const stream = () => deriveStream('bootstrap', { test: 'statistics' });
const samples = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });

describe('Wilcoxon’s signed-rank test', () => {
  it.each(fixture.wilcoxon)('agrees with SciPy’s exact test, ties and zeros included (%#)', (expected) => {
    const { positiveRanks, negativeRanks, pValue } = wilcoxonSignedRank(expected.differences);
    expect(Math.min(positiveRanks, negativeRanks)).toBeCloseTo(expected.statistic, 9);
    expect(pValue).toBeCloseTo(expected.pValue, 9);
  });

  it('does not care which side is called first', () => {
    fc.assert(
      fc.property(samples, (differences) => {
        const swapped = wilcoxonSignedRank(differences.map((value) => -value));
        expect(swapped.pValue).toBeCloseTo(wilcoxonSignedRank(differences).pValue, 12);
      }),
    );
  });

  it('cannot reach 5 % with fewer than six pairs', () => {
    expect([4, 5, 6].map(smallestWilcoxonPValue)).toEqual([0.125, 0.0625, 0.03125]);
    expect(wilcoxonSignedRank([1, 2, 3, 4, 5]).pValue).toBe(0.0625);
    expect(wilcoxonSignedRank([0, 0, 0]).pValue).toBe(1);
  });
});

describe('the paired t-test', () => {
  it.each(fixture.pairedT)('agrees with SciPy (%#)', (expected) => {
    const result = pairedTTest(expected.differences);
    expect(result?.statistic).toBeCloseTo(expected.statistic, 9);
    expect(result?.pValue).toBeCloseTo(expected.pValue, 9);
  });

  it('says nothing of one pair, and everything of constant differences', () => {
    expect(pairedTTest([0.1])).toBeUndefined();
    expect(pairedTTest([0.1, 0.1, 0.1])?.pValue).toBe(0);
    expect(pairedTTest([0, 0, 0])?.pValue).toBe(1);
  });
});

test('Holm’s correction agrees with statsmodels', () => {
  holm(fixture.holm.pValues).forEach((p, i) => {
    expect(p).toBeCloseTo(fixture.holm.adjusted[i] as number, 12);
  });
  expect(holm([])).toEqual([]);
});

describe('Friedman’s and Nemenyi’s tests', () => {
  it.each(fixture.friedman)('agree with SciPy and scikit-posthocs (%#)', (expected) => {
    const result = friedmanTest(expected.blocks);
    expect(result.statistic).toBeCloseTo(expected.statistic, 9);
    expect(result.pValue).toBeCloseTo(expected.pValue, 9);
    result.meanRanks.forEach((rank, i) => {
      expect(rank).toBeCloseTo(expected.meanRanks[i] as number, 12);
    });
    nemenyiTest(result).forEach((row, i) => {
      row.forEach((p, j) => {
        expect(p).toBeCloseTo(expected.nemenyi[i]?.[j] as number, 8);
      });
    });
  });

  it.each(fixture.criticalDifferences)('critical difference (%#)', ({ numTreatments, numBlocks, value }) => {
    expect(criticalDifference(numTreatments, numBlocks)).toBeCloseTo(value, 6);
  });

  it('equal treatments are told apart by nobody', () => {
    const result = friedmanTest([
      [1, 1, 1],
      [2, 2, 2],
    ]);
    expect(result).toMatchObject({ statistic: 0, pValue: 1, meanRanks: [2, 2, 2] });
  });
});

test('critical groups are the largest runs that no test tells apart', () => {
  const p = (pairs: readonly string[]) =>
    [0, 1, 2, 3].map((i) =>
      [0, 1, 2, 3].map((j) => (i === j || pairs.includes([i, j].sort().join('')) ? 1 : 0.01)),
    );
  expect(criticalGroups([2, 1, 3, 4], p(['01', '02', '23']))).toEqual([
    [1, 0],
    [0, 2],
    [2, 3],
  ]);
  expect(criticalGroups([1, 2, 3, 4], p(['01', '02', '12']))).toEqual([[0, 1, 2]]);
  expect(criticalGroups([1, 2, 3, 4], p([]))).toEqual([]);
});

describe('BCa intervals', () => {
  it.each(fixture.bca)('agree with SciPy within the resamples’ error (%#)', ({ values, ...expected }) => {
    const interval = bcaInterval(values, { stream: stream(), numResamples: 100_000 });
    // An end's Monte-Carlo error: √(p(1 − p)/B) over the density there, about 0.01 standard errors; 5 of them.
    expect(Math.abs((interval?.lower ?? 0) - expected.lower)).toBeLessThan(0.05 * expected.standardError);
    expect(Math.abs((interval?.upper ?? 0) - expected.upper)).toBeLessThan(0.05 * expected.standardError);
  });

  it('move with the values, and flip with their sign', () => {
    const values = [0.1, 0.5, 0.2, 0.9, 0.3];
    const at = (transform: (value: number) => number) =>
      bcaInterval(values.map(transform), { stream: stream() });
    const base = at((value) => value);
    expect(at((value) => value + 1)?.lower).toBeCloseTo(1 + (base?.lower ?? 0), 9);
    expect(bcaInterval([0.3], { stream: stream() })).toBeUndefined();
    expect(bcaInterval([0.3, 0.3, 0.3], { stream: stream() })).toEqual({ lower: 0.3, upper: 0.3 });
  });
});

describe('statistics over tasks and seeds', () => {
  it.each(fixture.robust)('agree with rliable (%#)', (expected) => {
    expect(interquartileMean(expected.scores.flat())).toBeCloseTo(expected.interquartileMean, 9);
    expect(probabilityOfImprovement(expected.scores, expected.others)).toBeCloseTo(
      expected.probabilityOfImprovement,
      9,
    );
    performanceProfile(expected.scores, expected.thresholds).forEach((fraction, i) => {
      expect(fraction).toBeCloseTo(expected.profile[i] as number, 9);
    });
  });

  it('a stratified interval holds the statistic, and closes on equal seeds', () => {
    const [, many] = fixture.robust;
    const { lower, upper } = stratifiedInterval(many?.scores ?? [], interquartileMean, { stream: stream() });
    expect(lower).toBeLessThan(many?.interquartileMean ?? 0);
    expect(upper).toBeGreaterThan(many?.interquartileMean ?? 0);
    const equal = stratifiedInterval([[0.5, 0.5], [0.5]], interquartileMean, { stream: stream() });
    expect(equal).toEqual({ lower: 0.5, upper: 0.5 });
  });
});

test.each(fixture.signedRank)(
  'the Bayesian signed-rank test agrees with baycomp (%#)',
  ({ differences, rope, ...expected }) => {
    const result = bayesianSignedRank(differences, { rope, stream: stream() });
    // √(p(1 − p) / 20,000) is at most 0.0036; 5 of them.
    for (const name of ['worse', 'equivalent', 'better'] as const) {
      expect(Math.abs(result[name] - expected[name])).toBeLessThan(0.018);
    }
    expect(result.worse + result.equivalent + result.better).toBeCloseTo(1, 12);
  },
);

describe('power of the paired t-test', () => {
  it.each(fixture.power)(
    'effect $effect with $numPairs pairs, as statsmodels',
    ({ effect, numPairs, power }) => {
      expect(pairedTPower(effect, numPairs)).toBeCloseTo(power, 6);
    },
  );

  it.each(fixture.pairsNeeded)('pairs needed for an effect of $effect', ({ effect, numPairs }) => {
    expect(pairsNeeded(effect)).toBe(Math.ceil(numPairs));
  });

  it('the detectable difference is detected with the power asked for', () => {
    const difference = detectableDifference(0.02, 10) ?? 0;
    expect(pairedTPower(difference / 0.02, 10)).toBeCloseTo(0.8, 9);
    expect(detectableDifference(0.02, 1)).toBeUndefined();
    expect(pairsNeeded(1e-9)).toBeUndefined();
  });
});

/** Rankings and rliable's intervals over blocks, held against autorank, scikit-posthocs, SciPy and rliable. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  cells,
  type GroupKey,
  groups,
  improvements,
  type MetricName,
  practicalEquivalence,
  ranking,
  type ScoreBlocks,
  scoreBlocks,
  scoreProfiles,
} from '../../src/analysis/index.ts';
import { interquartileMeans } from '../../src/analysis/robustScores.ts';
import { profileBand } from '../../src/analysis/statistics/profileBand.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { syntheticSweep } from './syntheticTrials.ts';

interface Estimated {
  value: number;
  interval: [number, number];
}

interface Fixture {
  ranked: {
    /** [group][seed][strategy] */
    scores: number[][][];
    meanRanks: number[];
    autorankMeanRanks: number[];
    pValue: number;
    criticalDifference: number;
    nemenyi: number[][];
    nemenyiCliques: number[][];
    wilcoxonHolm: number[][];
  }[];
  robust: {
    /** [group][seed] */
    own: number[][];
    other: number[][];
    interquartileMean: Estimated;
    improvement: Estimated;
    profile: { thresholds: number[]; shares: number[]; lower: number[]; upper: number[] };
  }[];
}
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../fixtures/ranking.json', import.meta.url), 'utf8'),
);

/** @param scores [group][seed][strategy] */
function tableOf(scores: readonly number[][][], metric: MetricName = 'accuracy'): ScoreBlocks {
  const strategies = (scores[0]?.[0] ?? []).map((_, i) => `strategy ${i}`);
  const blocks = scores.flatMap((seeds, i) => {
    const group: GroupKey = {
      ...{ dataset: `data ${i}`, model: 'mlp', oracle: 'perfect' },
      ...{ initialPoolSize: 20, queryBatchSize: 10 },
    };
    return seeds.map((values, seed) => ({ group, seed, scores: values }));
  });
  const better = metric === 'nll' ? 'lower' : 'higher';
  return { strategies, blocks, metric, better, score: 'aubc', droppedStrategies: [], droppedBlocks: [] };
}
const columnOf = (strategy: string): number => Number(strategy.slice('strategy '.length));

describe.each(fixture.ranked)('a ranking (%#)', (expected) => {
  const table = tableOf(expected.scores);

  it('has the mean ranks, p-values and critical difference of autorank and scikit-posthocs', () => {
    const found = ranking(table);
    expect(found?.pValue).toBeCloseTo(expected.pValue, 9);
    // autorank's quantile is good to five digits; SciPy's, to nine, is held against in statistics.test.ts.
    expect(found?.criticalDifference).toBeCloseTo(expected.criticalDifference, 4);
    found?.ranked.forEach(({ strategy, meanRank }, i) => {
      expect(meanRank).toBeCloseTo(expected.meanRanks[columnOf(strategy)] as number, 9);
      expect(meanRank).toBeCloseTo(expected.autorankMeanRanks[columnOf(strategy)] as number, 9);
      found.ranked.forEach((other, j) => {
        const pValue = expected.nemenyi[columnOf(strategy)]?.[columnOf(other.strategy)] as number;
        expect(found.pairPValues[i]?.[j]).toBeCloseTo(pValue, 9);
      });
    });
    expect(found?.ranked.length).toBe(expected.meanRanks.length);
  });

  it('joins what scikit-posthocs joins', () => {
    const found = ranking(table);
    const cliques = found?.ties.map(([first, last]) =>
      found.ranked.slice(first, last + 1).map(({ strategy }) => columnOf(strategy)),
    );
    const sorted = (lists: number[][] = []) => lists.map((list) => list.toSorted((a, b) => a - b)).sort();
    expect(sorted(cliques)).toEqual(sorted(expected.nemenyiCliques));
  });

  it('has SciPy’s exact Wilcoxon p-values, corrected as by statsmodels', () => {
    const found = ranking(table, { pairTest: 'wilcoxon-holm' });
    found?.ranked.forEach(({ strategy }, i) => {
      found.ranked.forEach((other, j) => {
        const pValue = expected.wilcoxonHolm[columnOf(strategy)]?.[columnOf(other.strategy)] as number;
        expect(found.pairPValues[i]?.[j]).toBeCloseTo(pValue, 9);
      });
    });
    expect(found?.canDecide).toBe(true);
  });
});

describe('a ranking that cannot tell', () => {
  it('joins all where Friedman’s test finds nothing', () => {
    const equal = ranking(
      tableOf([
        [
          [0.5, 0.5, 0.5],
          [0.6, 0.6, 0.6],
        ],
      ]),
    );
    expect(equal).toMatchObject({ pValue: 1, isSignificant: false, ties: [[0, 2]] });
    expect(equal?.ranked.map(({ meanRank }) => meanRank)).toEqual([2, 2, 2]);
  });

  it('says when Wilcoxon’s test could not decide: 2 · 2⁻⁶ · 3 pairs > 0.05', () => {
    const scores = [Array.from({ length: 6 }, (_, seed) => [0.1 + seed, 0.2 + seed, 0.3 + seed])];
    expect(ranking(tableOf(scores), { pairTest: 'wilcoxon-holm' })?.canDecide).toBe(false);
    expect(ranking(tableOf(scores))?.canDecide).toBe(true);
  });

  it('is none with one strategy or no block', () => {
    expect(ranking(tableOf([[[0.5]]]))).toBeUndefined();
    expect(ranking(tableOf([[]]))).toBeUndefined();
  });
});

test('where less is better, the order is that of the negated scores', () => {
  const block = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(block, { minLength: 2, maxLength: 8 }), (seeds) => {
      const negated = seeds.map((values) => values.map((value) => -value));
      expect(ranking(tableOf([seeds], 'nll'))).toEqual(ranking(tableOf([negated])));
    }),
    { numRuns: 30 },
  );
});

describe.each(fixture.robust)('over tasks and seeds, as rliable (%#)', ({ own, other, ...expected }) => {
  const table = tableOf(
    own.map((seeds, task) => seeds.map((score, seed) => [score, other[task]?.[seed] ?? 0])),
  );
  // Ends of intervals from 2,000 resamples: five standard errors of a 2.5 % quantile are well below an eighth of the width.
  const isNear = (found: number | undefined, wanted: number, [lower, upper]: [number, number]) =>
    expect(Math.abs((found ?? Number.NaN) - wanted)).toBeLessThan((upper - lower) / 8);

  it('the inter-quartile mean and its interval', () => {
    const [found] = interquartileMeans(table);
    const { value, interval } = expected.interquartileMean;
    expect(found?.value).toBeCloseTo(value, 9);
    isNear(found?.interval?.lower, interval[0], interval);
    isNear(found?.interval?.upper, interval[1], interval);
  });

  it('the probability of improvement and its interval', () => {
    const [found] = improvements(table, { baseline: 'strategy 1' });
    const { value, interval } = expected.improvement;
    expect(found?.value).toBeCloseTo(value, 9);
    isNear(found?.interval?.lower, interval[0], interval);
    isNear(found?.interval?.upper, interval[1], interval);
  });

  it('the performance profile’s band', () => {
    const { thresholds, lower, upper } = expected.profile;
    const numRuns = own.flat().length;
    const stream = deriveStream('bootstrap', { test: 'profile' });
    profileBand(own, thresholds, { stream }).forEach((band, i) => {
      // A share is a whole number of runs: ends may be one of them apart.
      expect(Math.abs(band.lower - (lower[i] as number))).toBeLessThan(1.01 / numRuns);
      expect(Math.abs(band.upper - (upper[i] as number))).toBeLessThan(1.01 / numRuns);
    });
  });
});

describe('gains, profiles and equivalence', () => {
  const strategies = ['random', 'margin', 'same'];
  const trials = syntheticSweep({ strategies: ['random', 'margin'], seeds: [1, 2, 3, 4] });
  const copies = trials
    .filter(({ header }) => header.trial.labels.strategy === 'random')
    .map(({ header, ...rest }) => ({
      ...rest,
      header: {
        ...header,
        trial: {
          ...header.trial,
          id: `${header.trial.id}-same`,
          labels: { ...header.trial.labels, strategy: 'same' },
        },
      },
    }));
  const table = scoreBlocks(groups(cells([...trials, ...copies])));

  it('a copy of the baseline gains nothing, beats it half the time, and is equivalent', () => {
    expect(table.strategies).toEqual(strategies.toSorted());
    const of = <T extends { strategy: string }>(found: T[]) =>
      found.find(({ strategy }) => strategy === 'same');
    expect(of(interquartileMeans(table, { baseline: 'random' }))).toEqual({
      ...{ strategy: 'same', value: 0, interval: { lower: 0, upper: 0 } },
    });
    expect(of(improvements(table, { baseline: 'random' }))?.value).toBe(0.5);
    const compared = of(practicalEquivalence(table, { baseline: 'random', rope: 0.01, numDraws: 500 }));
    expect(compared).toMatchObject({ worse: 0, equivalent: 1, better: 0 });
  });

  it('the strategy that is better gains, whichever way the metric goes', () => {
    for (const metric of ['accuracy', 'nll'] as const) {
      const ofMetric = scoreBlocks(groups(cells(trials)), { metric });
      expect(interquartileMeans(ofMetric, { baseline: 'random' })[0]?.value).toBeGreaterThan(0);
      expect(improvements(ofMetric, { baseline: 'random' })[0]?.value).toBe(1);
      const [compared] = practicalEquivalence(ofMetric, { baseline: 'random', rope: 0, numDraws: 500 });
      expect(compared?.better).toBeGreaterThan(0.9);
    }
  });

  it('profiles fall from all runs to none, and rise where less is better', () => {
    const { profiles, thresholds } = scoreProfiles(table);
    expect(thresholds).toHaveLength(81);
    for (const { shares, band } of profiles) {
      expect([shares[0], shares.at(-1)]).toEqual([1, 0]);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      shares.forEach((share, i) => {
        expect(band?.[i]?.lower).toBeLessThanOrEqual(share);
        expect(band?.[i]?.upper).toBeGreaterThanOrEqual(share);
      });
    }
    const lower = scoreProfiles(scoreBlocks(groups(cells(trials)), { metric: 'nll' }));
    for (const { shares } of lower.profiles) expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  });

  it('one seed has no interval, and a missing baseline no comparison', () => {
    const single = scoreBlocks(
      groups(cells(syntheticSweep({ strategies: ['random', 'margin'], seeds: [1] }))),
    );
    expect(interquartileMeans(single, { baseline: 'random' })[0]?.interval).toBeUndefined();
    expect(scoreProfiles(single).profiles[0]?.band).toBeUndefined();
    expect(improvements(single, { baseline: 'badge' })).toEqual([]);
    expect(practicalEquivalence(single, { baseline: 'badge', rope: 0.01 })).toEqual([]);
  });
});

import { describe, expect, it, test } from 'vitest';
import { cells, groups } from '../../src/analysis/cells.ts';
import { compareWithBaseline } from '../../src/analysis/comparison.ts';
import { conclusions } from '../../src/analysis/conclusions.ts';
import { curvePhases } from '../../src/analysis/curvePhases.ts';
import { labelSavings } from '../../src/analysis/labelSavings.ts';
import { learningCurve } from '../../src/analysis/learningCurve.ts';
import { pairwisePenalty } from '../../src/analysis/pairwisePenalty.ts';
import { pairedTTest } from '../../src/analysis/statistics/pairedT.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from './syntheticTrials.ts';

const groupOf = (trials: readonly StoredTrial[]) => {
  const [group] = groups(cells(trials));
  if (group === undefined) throw new Error('No trials.');
  return group;
};
const seeds = [0, 1, 2, 3, 4, 5, 6, 7];

/** A curve from .5 to `end`, shifted a little by seed. */
const trial = (strategy: string, seed: number, end: number, numRounds = 5) =>
  syntheticTrial({
    ...{ strategy, seed },
    accuracies: Array.from({ length: numRounds }, (_, i) => {
      const noise = 0.002 * Math.sin(7 * seed + 3 * i + strategy.length);
      return 0.5 + ((end - 0.5) * i) / (numRounds - 1) + (i === 0 ? 0 : noise);
    }),
  });
const sweep = (ends: Readonly<Record<string, number>>, of = seeds) =>
  Object.entries(ends).flatMap(([strategy, end]) => of.map((seed) => trial(strategy, seed, end)));

describe('compareWithBaseline', () => {
  it('finds the better, the worse, and those it cannot tell apart', () => {
    const group = groupOf(sweep({ random: 0.8, good: 0.9, bad: 0.7, same: 0.8002 }));
    const verdicts = compareWithBaseline(group).map(({ strategy, verdict }) => [strategy, verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({ good: 'better', bad: 'worse', same: 'undecided' });
  });

  it('pairs by seed and counts wins', () => {
    const [comparison] = compareWithBaseline(groupOf(sweep({ random: 0.8, good: 0.9 })));
    expect(comparison).toMatchObject({ numSeeds: 8, wins: 8, ties: 0, losses: 0, droppedSeeds: [] });
    // Half the width is gained at the end of a straight line: the AUBC differs by half of .1.
    expect(comparison?.difference.mean).toBeCloseTo(0.05, 2);
    expect(comparison?.wilcoxon.pValue).toBe(2 / 2 ** 8);
  });

  it('compares what is shared, and says what was dropped', () => {
    const trials = [...sweep({ random: 0.8 }, [0, 1, 2, 3]), ...sweep({ good: 0.9 }, [2, 3, 4, 5])];
    const [comparison] = compareWithBaseline(groupOf(trials));
    expect(comparison).toMatchObject({ numSeeds: 2, droppedSeeds: [0, 1, 4, 5] });
    const short = [...sweep({ random: 0.8 }), ...seeds.map((seed) => trial('good', seed, 0.9, 3))];
    const [shorter] = compareWithBaseline(groupOf(short));
    expect(shorter?.droppedPlaces).toEqual([50, 60]);
  });

  it('knows when Wilcoxon’s test cannot decide', () => {
    const decides = (of: number[], ends: Record<string, number>) =>
      compareWithBaseline(groupOf(sweep(ends, of))).map(({ wilcoxonCanDecide }) => wilcoxonCanDecide);
    expect(decides([0, 1, 2, 3, 4], { random: 0.8, good: 0.9 })).toEqual([false]);
    expect(decides([0, 1, 2, 3, 4, 5], { random: 0.8, good: 0.9 })).toEqual([true]);
    expect(decides([0, 1, 2, 3, 4, 5], { random: 0.8, good: 0.9, bad: 0.7 })).toEqual([false, false]);
  });

  it('gives no interval, and no verdict, from one seed', () => {
    const [comparison] = compareWithBaseline(groupOf(sweep({ random: 0.8, good: 0.9 }, [3])));
    expect(comparison).toMatchObject({ numSeeds: 1, verdict: 'undecided', adjustedTPValue: 1 });
    expect(comparison?.bootstrapInterval).toBeUndefined();
    expect(conclusions([comparison as NonNullable<typeof comparison>])).toEqual([
      'Whether good differs from random cannot be told with one seed.',
    ]);
  });

  it('has nothing to say without a baseline, and takes another', () => {
    const group = groupOf(sweep({ margin: 0.8, good: 0.9 }));
    expect(compareWithBaseline(group)).toEqual([]);
    expect(compareWithBaseline(group, { baseline: 'margin' })[0]?.verdict).toBe('better');
  });

  it('says the same every time', () => {
    const group = groupOf(sweep({ random: 0.8, good: 0.9, bad: 0.7 }));
    expect(compareWithBaseline(group)).toEqual(compareWithBaseline(group));
  });
});

test('conclusions name, weigh and admit', () => {
  const group = groupOf(sweep({ random: 0.8, good: 0.9, better: 0.95, bad: 0.7, same: 0.8002 }));
  const [gain, loss, unknown] = conclusions(compareWithBaseline(group));
  expect(gain).toMatch(
    /^better \(\+0\.07\d\d AUBC, 95 % interval \+0\.07\d\d to \+0\.07\d\d\) and good \(.*beat random over 8 paired seeds\.$/,
  );
  expect(loss).toMatch(/^bad \(−0\.0\d+ AUBC.* is worse than random over 8 paired seeds\.$/);
  expect(unknown).toMatch(
    /^Whether same differs from random cannot be told: with 8 seeds only differences of about 0\.00\d AUBC/,
  );
  expect(conclusions([])).toEqual([]);
});

test('the penalty matrix counts significant places, row ahead of column', () => {
  const { strategies, shares, penalties } = pairwisePenalty([groupOf(sweep({ random: 0.8, good: 0.9 }))]);
  const [good, random] = [strategies.indexOf('good'), strategies.indexOf('random')];
  expect(shares[good]?.[random]).toBe(0.8); // all but round 0, where they are equal
  expect(shares[random]?.[good]).toBe(0);
  expect(penalties[random]).toBe(0.4);
  expect(penalties[good]).toBe(0);
});

describe('the penalty matrix', () => {
  const names = (trials: StoredTrial[], options = {}) => {
    const { strategies, shares, penalties } = pairwisePenalty(groups(cells(trials)), options);
    const share = (row: string, column: string) =>
      shares[strategies.indexOf(row)]?.[strategies.indexOf(column)];
    return { strategies, share, penalty: (name: string) => penalties[strategies.indexOf(name)] };
  };

  it('is turned round where less is better', () => {
    const { share } = names(sweep({ random: 0.8, good: 0.9 }), { metric: 'nll' });
    expect([share('good', 'random'), share('random', 'good')]).toEqual([0.8, 0]);
  });

  it('leaves open what has never met, and bounds out', () => {
    const [digits, mnist] = [
      sweep({ random: 0.8, good: 0.9 }),
      syntheticTrial({ dataset: 'mnist', strategy: 'lone' }),
    ];
    const bound = sweep({ bound: 0.99 }).map((trial) => ({
      ...trial,
      header: { ...trial.header, trial: { ...trial.header.trial, isBound: true as const } },
    }));
    const { strategies, share, penalty } = names([...digits, mnist, ...bound]);
    expect(strategies).toEqual(['good', 'random', 'lone']);
    expect(share('lone', 'good')).toBeUndefined();
    expect(share('good', 'random')).toBe(0.8);
    expect([penalty('random'), penalty('lone')]).toEqual([0.4, 0]);
  });

  it('agrees, place by place, with the paired t-test', () => {
    const trials = syntheticSweep({ strategies: ['margin', 'entropy'], seeds: [1, 2, 3, 4] });
    const [margin = [], entropy = []] = ['margin', 'entropy'].map((name) =>
      trials
        .filter(({ header }) => header.trial.labels.strategy === name)
        .map((trial) => learningCurve(trial)),
    );
    const numPlaces = margin[0]?.length ?? 0;
    const ahead = Array.from({ length: numPlaces }, (_, place) => {
      const test = pairedTTest(
        margin.map((curve, i) => (curve[place]?.value ?? 0) - (entropy[i]?.[place]?.value ?? 0)),
      );
      return test !== undefined && test.pValue < 0.05 && test.meanDifference > 0;
    });
    expect(names(trials).share('margin', 'entropy')).toBe(ahead.filter(Boolean).length / numPlaces);
    expect(ahead).toContain(true);
  });
});

describe('labelSavings', () => {
  it('compares medians of labels to a target', () => {
    const group = groupOf(sweep({ random: 0.7, good: 0.9 }));
    const [good] = labelSavings(group, 0.65);
    // On straight lines from 20 to 60 labels: good is above .65 from 40 on, random only from 60 on.
    expect(good?.utilisation).toBeCloseTo(40 / 60, 9);
    expect(good?.savings).toBeCloseTo(1 - 40 / 60, 9);
  });

  it('says nothing of a target that one of them never reaches', () => {
    const [good] = labelSavings(groupOf(sweep({ random: 0.7, good: 0.9 })), 0.85);
    expect(good?.needed.median.reached).toBe(true);
    expect(good?.neededByBaseline.median).toEqual({ reached: false, budget: 60 });
    expect(good?.savings).toBeUndefined();
  });
});

test('phases of a curve', () => {
  const points = [0, 0.5, 0.9, 1, 1, 0.8, 1].map((value, i) => ({ spent: 10 * i, value }));
  const phases = curvePhases(points);
  expect(phases.start).toBeCloseTo(0.68, 9);
  expect(phases.end).toBeCloseTo(0.94, 9);
  expect(phases.rampUp).toBeCloseTo((0.25 + 0.7 + 0.95) / 3, 9);
  expect(phases.plateau).toBeCloseTo((1 + 0.9 + 0.9) / 3, 9);
  expect(phases.instability).toBeCloseTo(0.2 / 6, 9);
  expect(curvePhases([{ spent: 5, value: 0.7 }])).toEqual({ start: 0.7, end: 0.7, instability: 0 });
});

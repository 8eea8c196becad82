import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultCheckRules } from '../../src/experiment/checkRules.ts';
import { judgeCells } from '../../src/verdict/judgeCells.ts';
import { baselineCells } from '../../src/verdict/makeBaseline.ts';
import { matchCells } from '../../src/verdict/matchCells.ts';
import { fewestForRankTest } from '../../src/verdict/seedsNeeded.ts';
import { syntheticTrial } from '../analysis/syntheticTrials.ts';
import { refusal } from '../experiment/sampleSpec.ts';
import { flatTrials, judgeGains } from './cellPairs.ts';

/** Ten gains around `mean`, `spread` apart. */
const around = (mean: number, spread = 0.001): number[] =>
  Array.from({ length: 10 }, (_, i) => mean + (i - 4.5) * spread);

const outcomeOf = (gains: readonly number[], rules = {}) => judgeGains([gains], rules)[0]?.outcome;

test('a cell is regressed where interval and ranks agree, improved by mirror, unchanged within the margin', () => {
  expect(outcomeOf(around(-0.03))).toBe('regressed');
  expect(outcomeOf(around(0.03))).toBe('improved');
  expect(outcomeOf(around(0.001))).toBe('unchanged');
  expect(outcomeOf(around(-0.005))).toBe('unchanged');
  expect(outcomeOf(around(-0.01))).toBe('inconclusive');
  expect(outcomeOf(around(-0.03, 0.02))).toBe('inconclusive');
});

test('the interval alone is not enough: five seeds cannot satisfy the rank test', () => {
  const [cell] = judgeGains([around(-0.03).slice(0, 5)]);
  expect(cell?.gain.interval?.upper).toBeLessThan(-0.01);
  expect(cell).toMatchObject({
    outcome: 'inconclusive',
    pValue: 2 ** -4,
    adjustedPValue: 2 ** -4,
    seedsNeeded: 6,
  });
});

test('ranks alone are not enough: a sure loss within the margin is none', () => {
  const [cell] = judgeGains([around(-0.005, 0.0001)]);
  expect(cell?.pValue).toBe(2 ** -9);
  expect(cell?.outcome).toBe('unchanged');
});

test('ranks that point the other way do not agree', () => {
  const gains = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? -0.5 - i / 1e4 : 0.001 + i / 1e7));
  const [cell] = judgeGains([gains], { margin: 0.001 });
  expect(cell?.gain.interval?.upper).toBeLessThan(-0.001);
  expect(cell?.adjustedPValue).toBeLessThan(0.05);
  expect(cell?.outcome).toBe('inconclusive');
});

test('Holm’s correction goes over all cells: what one cell shows alone, it may not show among forty', () => {
  expect(outcomeOf(around(-0.03))).toBe('regressed');
  const others = Array.from({ length: 39 }, () => around(0));
  const [worst, ...rest] = judgeGains([around(-0.03), ...others]);
  expect(worst).toMatchObject({ strategy: 'a', outcome: 'inconclusive', adjustedPValue: 40 * 2 ** -9 });
  expect(worst?.seedsNeeded).toBe(fewestForRankTest(0.05, 40));
  expect(rest.every(({ outcome }) => outcome === 'unchanged')).toBe(true);
});

test('exceptions: a margin of its own; an ignored cell is judged, comes last, and costs the others nothing', () => {
  expect(outcomeOf(around(-0.03), { exceptions: [{ strategy: 'a', margin: 0.04 }] })).toBe('unchanged');
  const ignored = Array.from({ length: 39 }, (_, i) => String.fromCharCode(98 + i));
  const cells = judgeGains([around(-0.03), ...ignored.map(() => around(-0.05))], {
    exceptions: ignored.map((strategy) => ({ strategy, ignore: true })),
  });
  expect(cells[0]).toMatchObject({
    strategy: 'a',
    outcome: 'regressed',
    adjustedPValue: 2 ** -9,
    isIgnored: false,
  });
  expect(cells.slice(1).every(({ isIgnored }) => isIgnored)).toBe(true);
  expect(cells[1]?.adjustedPValue).toBe(40 * 2 ** -9);
});

test('bit-equal results are unchanged, whatever the margin; one seed is inconclusive', () => {
  const [cell] = judgeGains([around(0, 0)], { margin: 0 });
  expect(cell).toMatchObject({ outcome: 'unchanged', pValue: 1, gain: { interval: { lower: 0, upper: 0 } } });
  const [single] = judgeGains([[-0.5]]);
  expect(single?.outcome).toBe('inconclusive');
  expect(single).not.toHaveProperty('seedsNeeded');
});

test('of a metric that is better the lower, less is a gain', () => {
  // nll is 3 (1 - accuracy) in these trials.
  const [cell] = judgeGains([around(-0.03)], { metric: 'nll' });
  expect(cell).toMatchObject({
    outcome: 'regressed',
    baselineMean: expect.closeTo(0.6),
    currentMean: expect.closeTo(0.69),
  });
  expect(cell?.gain.mean).toBeCloseTo(-0.09);
});

test('areas that are no numbers are judged inconclusive, and equal ones unchanged', () => {
  const nan = around(0, 0).map(() => Number.NaN);
  const now = baselineCells(flatTrials(nan));
  const judge = (before: typeof now) => judgeCells(matchCells(before, now).pairs, defaultCheckRules)[0];
  expect(judge(baselineCells(flatTrials(around(0.8))))).toMatchObject({ outcome: 'inconclusive', pValue: 1 });
  expect(judge(now)?.outcome).toBe('unchanged');
});

test('curves of other lengths are compared as far as both go; other places on a common grid', () => {
  const judge = (before: readonly number[], now: readonly number[], size = 20) => {
    const cells = [before, now].map((accuracies, i) => {
      const trials = [0, 1].map((seed) =>
        syntheticTrial({ seed, accuracies, initialPoolSize: i === 0 ? 20 : size }),
      );
      return baselineCells(trials).map((cell) => ({ ...cell, initialPoolSize: 20, identity: {} }));
    });
    return judgeCells(matchCells(cells[0] ?? [], cells[1] ?? []).pairs, defaultCheckRules)[0];
  };
  const shorter = judge([0.1, 0.2, 0.3, 0.9], [0.1, 0.2, 0.3]);
  expect(shorter).toMatchObject({ outcome: 'unchanged', gains: [0, 0] });
  expect(shorter?.baselineCurve.map(({ spent }) => spent)).toEqual([20, 30, 40]);
  const moved = judge([0.1, 0.2, 0.3, 0.4], [0.15, 0.25, 0.35, 0.45], 25);
  expect(moved?.currentCurve.map(({ spent }) => spent)).toEqual([25, 33, 42, 50]);
  expect(moved?.baselineCurve.map(({ spent }) => spent)).toEqual([25, 33, 42, 50]);
  expect(moved?.gain.mean).toBeCloseTo(0);
  expect(() => judge([0.1, 0.2], [0.1, 0.2], 50)).toThrow(
    refusal('no-shared-places', /no stretch of labels/),
  );
});

test('outcomes exclude each other, do not depend on the order of cells, and mirror with the gains', () => {
  const gains = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 12 });
  const mirror = {
    regressed: 'improved',
    improved: 'regressed',
    unchanged: 'unchanged',
    inconclusive: 'inconclusive',
  };
  fc.assert(
    fc.property(fc.array(gains, { minLength: 1, maxLength: 4 }), (wanted) => {
      // Powers of two, so that gains have no rounding and mirror exactly.
      const scaled = wanted.map((each) => each.map((gain) => gain / 1024));
      const byName = (cells: ReturnType<typeof judgeGains>) =>
        new Map(cells.map((each) => [each.strategy, each]));
      const rules = { margin: 8 / 1024 };
      const judged = byName(judgeGains(scaled, rules));
      const mirrored = byName(
        judgeGains(
          scaled.map((each) => each.map((gain) => -gain)),
          rules,
        ),
      );
      for (const [name, { outcome, gain, adjustedPValue, seedsNeeded: needed }] of judged) {
        expect(mirrored.get(name)?.outcome).toBe(mirror[outcome]);
        if (outcome === 'regressed') {
          expect(gain.interval?.upper).toBeLessThan(-rules.margin);
          expect(adjustedPValue).toBeLessThanOrEqual(0.05);
        }
        if (needed !== undefined) expect(needed).toBeGreaterThan(gain.numValues);
        if (outcome !== 'inconclusive') expect(needed).toBeUndefined();
      }
    }),
    { numRuns: 25 },
  );
});

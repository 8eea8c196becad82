/** The numbers in a chart's spec are those of the analysis, to six digits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cellCurve,
  cells,
  classBalance,
  compareWithBaseline,
  differenceCurves,
  type Group,
  groups,
  labelSavings,
  seedCurves,
  summariseGroup,
} from '../../src/analysis/index.ts';
import { type ChartName, type ChartOptions, chartInput, charts } from '../../src/render/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';
import { usualSweep } from './chartSamples.ts';

type Row = Readonly<Record<string, unknown>>;

const usual = usualSweep();
const near = (value: number | undefined) =>
  value === undefined ? undefined : expect.closeTo(value, Math.abs(value) < 10 ? 5 : 3);

function firstGroup(trials: readonly StoredTrial[] = usual): Group {
  const [group] = groups(cells(trials));
  if (group === undefined) throw new Error('There is no group.');
  return group;
}

/** All rows of the first picture, in whichever part of the spec. */
function rowsOf(name: ChartName, trials: readonly StoredTrial[] = usual, options: ChartOptions = {}): Row[] {
  const found: Row[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'data') found.push(...(value as { values: Row[] }).values);
      else visit(value);
    }
  };
  visit(charts[name].build(chartInput(trials, options))[0]?.spec);
  return found;
}

describe('learning curves', () => {
  test.each(['labels', 'cost', 'seconds'] as const)('over %s: every mean, interval and seed', (over) => {
    const rows = rowsOf('learning-curves', usual, { metric: 'nll', over });
    const field = { labels: 'num_labels', cost: 'total_cost', seconds: 'seconds' }[over];
    const group = firstGroup();
    for (const cell of group.cells) {
      const own = (axis: object) => ({ metric: 'nll' as const, ...axis });
      const axis = over === 'seconds' ? undefined : { axis: { over } };
      if (axis === undefined) continue; // a grid of its own: the next test
      const { points } = cellCurve(cell, own(axis));
      expect(points).toHaveLength(6);
      for (const { spent, mean, interval } of points) {
        expect(rows).toContainEqual(
          expect.objectContaining({
            ...{ strategy: cell.strategy, [field]: spent, seeds: 3, mean: near(mean) },
            ...{ lower: near(interval?.lower), upper: near(interval?.upper) },
          }),
        );
      }
      for (const { seed, points: values } of seedCurves(cell, own(axis)).curves) {
        for (const { spent, value } of values) {
          expect(rows).toContainEqual({ strategy: cell.strategy, seed, [field]: spent, value: near(value) });
        }
      }
    }
    if (over === 'seconds') {
      const starts = rows.filter((row) => row.seed === 1 && row.strategy === 'margin');
      expect(starts[0]?.seconds).toBeCloseTo(0.05, 6);
      expect(starts.at(-1)?.seconds).toBeCloseTo(0.05 + 5 * 0.005 + 5 * 0.05 + 0.001 * 15, 6);
    }
  });
});

test('differences along the curve, whatever the sweep', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 6 }), (numSeeds, numRounds) => {
      const seeds = Array.from({ length: numSeeds }, (_, i) => i);
      const trials = syntheticSweep({ strategies: ['random', 'entropy', 'margin'], seeds }, { numRounds });
      const rows = rowsOf('difference-to-baseline', trials);
      for (const { strategy, points } of differenceCurves(firstGroup(trials))) {
        for (const { spent, mean, interval } of points) {
          expect(rows).toContainEqual(
            expect.objectContaining({
              ...{ strategy, num_labels: spent, seeds: numSeeds, mean: near(mean) },
              ...{ lower: near(interval?.lower ?? mean), upper: near(interval?.upper ?? mean) },
            }),
          );
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('the forest plot has difference, bootstrap interval, p, verdict and what could be told', () => {
  const rows = rowsOf('aubc-differences');
  const comparisons = compareWithBaseline(firstGroup());
  expect(comparisons).toHaveLength(4);
  for (const {
    strategy,
    difference,
    bootstrapInterval,
    detectable,
    adjustedTPValue,
    ...rest
  } of comparisons) {
    const row = rows.find((each) => each.strategy === strategy);
    expect(row).toMatchObject({
      ...{ difference: near(difference.mean), verdict: rest.verdict, p: near(adjustedTPValue) },
      ...{ lower: near(bootstrapInterval?.lower), upper: near(bootstrapInterval?.upper) },
      ...{ detectable: near(detectable), undetectable_from: near(-(detectable ?? Number.NaN)) },
      ...{ wins: rest.wins, ties: rest.ties, losses: rest.losses, seeds: 3 },
    });
  }
  expect(rows.findLast((row) => row.strategy !== undefined)?.strategy).toBe('oracle-greedy (bound)');
});

test('where less is better, the best comes first and has won', () => {
  const rows = rowsOf('aubc-differences', usual, { metric: 'nll' }).filter(({ verdict }) => verdict);
  const comparisons = compareWithBaseline(firstGroup(), { metric: 'nll' });
  for (const { strategy, losses, verdict } of comparisons) {
    expect(rows.find((row) => row.strategy === strategy)).toMatchObject({ wins: losses, verdict });
  }
  const differences = rows.slice(0, -1).map(({ difference }) => Number(difference)); // less the bound
  expect(differences).toEqual([...differences].sort((a, b) => a - b));
});

test('label savings, and what is known of censored ones', () => {
  const row = (random: readonly number[], margin: readonly number[], target: number) => {
    const trials = [
      syntheticTrial({ accuracies: random }),
      syntheticTrial({ strategy: 'margin', accuracies: margin }),
    ];
    const [savings] = labelSavings(firstGroup(trials), target);
    return { savings, row: rowsOf('label-savings', trials, { targets: [target] })[0] };
  };
  const plain = row([0.5, 0.6, 0.7], [0.5, 0.7, 0.8], 0.7);
  expect(plain.row).toMatchObject({
    censored: false,
    value: near(plain.savings?.savings),
    text: '25 %, 30 labels',
  });
  const atMost = row([0.5, 0.7, 0.7], [0.5, 0.6, 0.6], 0.7);
  expect(atMost.row).toMatchObject({ censored: true, limit: 'at most', value: near(atMost.savings?.atMost) });
  expect(atMost.row?.text).toBe('< −33 %, more than 40 labels');
  const atLeast = row([0.5, 0.6, 0.6], [0.5, 0.7, 0.7], 0.7);
  expect(atLeast.row).toMatchObject({ censored: true, limit: 'at least', text: '> 25 %, 30 labels' });
  expect(row([0.5, 0.6], [0.5, 0.6], 0.9).row).toEqual(
    expect.objectContaining({ censored: true, text: 'cannot be told, more than 30 labels' }),
  );
});

test('class balance: shares, the pool’s, and how far they lie apart', () => {
  const rows = rowsOf('class-balance');
  const { pool, strategies } = classBalance(firstGroup());
  expect(pool).toHaveLength(10);
  for (const { strategy, shares, distance } of strategies) {
    shares.forEach((share, c) => {
      expect(rows).toContainEqual(
        expect.objectContaining({ strategy, class: c, share: near(share), pool_share: near(pool?.[c]) }),
      );
    });
    expect(rows).toContainEqual({ strategy, distance: near(distance) });
  }
});

test('seconds: the parts add up to the whole', () => {
  const rows = rowsOf('time-breakdown');
  for (const { strategy, seconds } of summariseGroup(firstGroup())) {
    const parts = rows.filter((row) => row.strategy === strategy && row.phase !== undefined);
    expect(parts.map(({ phase, seconds: part }) => [phase, part])).toEqual(
      Object.entries(seconds ?? {}).map(([phase, part]) => [phase, near(part)]),
    );
    expect(parts.at(-1)?.to).toEqual(near(Object.values(seconds ?? {}).reduce((a, b) => a + b, 0)));
  }
});

test('the grid has every panel’s curves', () => {
  const rows = rowsOf('learning-curve-grid');
  for (const group of groups(cells(usual))) {
    for (const cell of group.cells) {
      const last = cellCurve(cell).points.at(-1);
      expect(rows).toContainEqual(
        expect.objectContaining({
          ...{ strategy: cell.strategy, column: `initial pool ${group.initialPoolSize}`, row: 'digits, mlp' },
          ...{ num_labels: last?.spent, mean: near(last?.mean), last: true },
        }),
      );
    }
  }
});

/** Verdicts on made-up records: what is within a band, what is outside, and what this scale cannot say. */
import { describe, expect, test } from 'vitest';
import { cells } from '../../src/analysis/index.ts';
import { compareRow } from '../../src/papers/compareRow.ts';
import { compareWithPublished } from '../../src/papers/compareWithPublished.ts';
import { syntheticTrial } from '../analysis/syntheticTrials.ts';
import { publishedOf, rowOf, source } from './madeUp.ts';

/** A trial per seed, at 20, 30, 40 … labels. */
const trialsOf = (strategy: string, curves: readonly (readonly number[])[]) =>
  curves.map((accuracies, i) => syntheticTrial({ strategy, seed: i + 1, accuracies }));
const bald = trialsOf('bald', [
  [0.5, 0.8, 0.91, 0.95],
  [0.5, 0.7, 0.85, 0.93],
  [0.5, 0.92, 0.93, 0.96],
]);
const verdictOf = (row: object, trials = bald) => compareRow(rowOf(row), cells(trials));

describe('accuracy at n labels', () => {
  const row = (value: number, band: object, more: object = {}) => ({
    ...{ kind: 'accuracy', strategy: 'bald', numLabels: 30, band },
    published: [{ value, ...source, ...more }],
  });

  test('a tolerance is met up to its edge, whatever the rounding', () => {
    // The mean is 0.80666…
    expect(verdictOf(row(0.8, { rule: 'tolerance', by: 0.01 })).verdict).toBe('within');
    expect(verdictOf(row(0.79, { rule: 'tolerance', by: 0.01 }))).toMatchObject({
      ...{ verdict: 'outside', difference: '+.0167', published: '.7900', ours: '.8067 (± .1102, 3 seeds)' },
    });
    const exact = trialsOf('bald', [[0.5, 0.3]]);
    expect(verdictOf(row(0.2, { rule: 'tolerance', by: 0.1 }), exact).verdict).toBe('within');
  });

  test('a spread, a span of two values, our own seeds', () => {
    expect(verdictOf(row(0.7, { rule: 'spread' }, { spread: 0.11 })).verdict).toBe('within');
    expect(verdictOf(row(0.7, { rule: 'spread' }, { spread: 0.1 })).verdict).toBe('outside');
    const two = { ...row(0.6, { rule: 'between', by: 0 }) };
    two.published.push({ value: 0.9, ...source });
    expect(verdictOf(two).verdict).toBe('within');
    expect(verdictOf(row(0.7, { rule: 'seeds' })).verdict).toBe('within');
    expect(verdictOf(row(0.69, { rule: 'seeds' })).verdict).toBe('outside');
  });

  test('what was not run, or not measured there, is named as not reached', () => {
    const wanted = row(0.8, { rule: 'seeds' });
    const others = [
      { ...wanted, strategy: 'random' },
      { ...wanted, numLabels: 35 },
      { ...wanted, numLabels: 500 },
      { ...wanted, where: { queryBatchSize: 40 } },
      { ...wanted, samples: 20 },
    ];
    for (const other of others) expect(verdictOf(other).verdict, JSON.stringify(other)).toBe('not reached');
    expect(verdictOf(wanted, [syntheticTrial({ strategy: 'bald', status: 'unfinished' })]).verdict).toBe(
      'not reached',
    );
  });

  test('a row that leaves open which of two curves it means is not guessed', () => {
    const two = [...bald, syntheticTrial({ strategy: 'bald', queryBatchSize: 5, numRounds: 6 })];
    const wanted = row(0.8, { rule: 'tolerance', by: 0.5 });
    expect(verdictOf(wanted, two).verdict).toBe('not reached');
    expect(verdictOf({ ...wanted, where: { queryBatchSize: 10 } }, two).verdict).toBe('within');
  });

  test('what cannot be compared is said to be, with the numbers and the reason', () => {
    const compared = verdictOf({ ...row(0.8, { rule: 'seeds' }), incomparable: 'another network' });
    expect(compared).toMatchObject({ verdict: 'not comparable', ours: '.8067 (± .1102, 3 seeds)' });
    expect(compared.remarks).toEqual(['another network']);
  });
});

describe('labels to an accuracy', () => {
  const row = (quartiles: readonly (number | null)[], more: object = {}) => ({
    ...{ kind: 'labels', strategy: 'bald', accuracy: 0.9, band: { rule: 'quartiles' } },
    published: [{ value: quartiles[1], quartiles, ...source }],
    ...more,
  });

  test('the median is that of the labels the model had, or of the start of the batch', () => {
    // Reached at 40, 50 and 30.
    expect(verdictOf(row([40, 40, 40]))).toMatchObject({
      verdict: 'within',
      ours: '40 (30 to 50)',
      difference: '0',
    });
    expect(verdictOf(row([30, 30, 30], { counting: 'batch-start' }))).toMatchObject({ verdict: 'within' });
    expect(verdictOf(row([41, 50, 60]))).toMatchObject({ verdict: 'outside', difference: '−10' });
  });

  test('a batch that starts with the initial pool is credited with it', () => {
    const atOnce = trialsOf('bald', [[0.95, 0.96]]);
    expect(verdictOf(row([20, 20, 20], { counting: 'batch-start' }), atOnce).verdict).toBe('within');
  });

  test('censored is outside where the band ends before, and open where it does not', () => {
    const slow = trialsOf('bald', [[0.5, 0.6, 0.7]]); // ends at 40 labels
    expect(verdictOf(row([20, 30, 40]), slow)).toMatchObject({ verdict: 'outside', ours: '>40' });
    expect(verdictOf(row([20, 30, 50]), slow)).toMatchObject({ verdict: 'not reached', ours: '>40' });
    const open = row([20, 30, null]);
    expect(verdictOf(open, slow).verdict).toBe('not reached');
    const ended = (limit: number) => ({
      ...open,
      published: open.published.map((each) => ({ ...each, limit })),
    });
    expect(verdictOf(ended(40), slow).verdict).toBe('within');
    expect(verdictOf(ended(41), slow).verdict).toBe('not reached');
    expect(verdictOf(row([60, null, null]), bald).verdict).toBe('outside');
  });
});

describe('an order', () => {
  const random = trialsOf('random', [
    [0.5, 0.6, 0.7, 0.8],
    [0.5, 0.6, 0.7, 0.92],
    [0.5, 0.6, 0.7, 0.8],
  ]);
  const row = (tiers: readonly string[][], by: unknown) => ({
    kind: 'order',
    claim: 'one wins',
    by,
    tiers,
    ...source,
  });

  test('holds, or says how many pairs are the other way round', () => {
    for (const by of [{ labelsTo: 0.9 }, { accuracyAt: 40 }, 'aubc']) {
      expect(verdictOf(row([['bald'], ['random']], by), [...bald, ...random]).verdict).toBe('within');
      expect(verdictOf(row([['random'], ['bald']], by), [...bald, ...random])).toMatchObject({
        ...{ verdict: 'outside', difference: '1 of 1 pairs the other way round' },
      });
    }
  });

  test('a tie is no order, and what nobody reached is open', () => {
    const same = trialsOf('margin', [[0.5, 0.6, 0.7, 0.8]]);
    const both = [...random.slice(0, 1), ...same];
    expect(verdictOf(row([['margin'], ['random']], 'aubc'), both).verdict).toBe('outside');
    expect(verdictOf(row([['margin'], ['random']], { labelsTo: 0.9 }), both).verdict).toBe('not reached');
  });

  test('strategies that were not run leave it, and it says so', () => {
    const compared = verdictOf(row([['bald', 'badge'], ['random']], 'aubc'), [...bald, ...random]);
    expect(compared).toMatchObject({
      verdict: 'within',
      remarks: ['1 of its strategies are not run at this scale'],
    });
    expect(verdictOf(row([['badge'], ['random']], 'aubc'), random).verdict).toBe('not reached');
  });
});

test('what a scale does otherwise than the paper stands beside what is compared', () => {
  const row = {
    ...{ kind: 'accuracy', strategy: 'bald', numLabels: 30, band: { rule: 'seeds' } },
    published: [{ value: 0.8, ...source }],
  };
  const published = publishedOf([row, { ...row, numLabels: 900 }], {
    protocol: { samples: 100, poolSubset: 'none' },
  });
  const scored = bald.map(({ header, ...rest }) => {
    const { trial } = header;
    const identity = { ...trial.identity, scoring: { poolSubset: 2000 } };
    const model = { ...identity.model, samples: { kind: 'mc-dropout' as const, count: 20 } };
    return { header: { ...header, trial: { ...trial, identity: { ...identity, model } } }, ...rest };
  });
  const [compared, beyond] = compareWithPublished(published, scored);
  expect(compared?.remarks).toEqual([
    'ours takes 20 samples for 100',
    'ours scores 2000 of the pool, the paper all of it',
  ]);
  expect(beyond).toMatchObject({ verdict: 'not reached', remarks: [] });
});

/** Two sides of stored results: who is held against whom, what of, and what may not be compared. */
import { describe, expect, test } from 'vitest';
import { aubc, estimate, learningCurve } from '../../src/analysis/index.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { compareResults, type ResultComparisonOptions } from '../../src/verdict/compare/compareResults.ts';
import { syntheticSweep, syntheticTrial } from '../analysis/syntheticTrials.ts';

const compare = (
  old: readonly StoredTrial[],
  other: readonly StoredTrial[],
  options?: ResultComparisonOptions,
) => compareResults({ name: 'a', trials: old }, { name: 'b', trials: other }, options);

const sweep = (model: string, seeds = [1, 2, 3, 4], strategies = ['random', 'margin']) =>
  syntheticSweep({ strategies, seeds }, { model, ...(model === 'lenet' && { skill: 0.6 }) });

/** The same trials with other configurations. */
function changed(trials: readonly StoredTrial[], change: object): StoredTrial[] {
  return trials.map(({ header, ...rest }) => {
    const identity = { ...header.trial.identity, ...change };
    return { header: { ...header, trial: { ...header.trial, identity } }, ...rest };
  });
}

test('two models of one sweep: values, paired differences and Student’s interval, by hand', () => {
  const [old, other] = [sweep('mlp'), sweep('lenet')];
  const found = compare(old, other);
  const seedMean = (trials: readonly StoredTrial[], seed: number) => {
    const own = trials.filter(({ header }) => header.trial.identity.seed === seed);
    return own.reduce((sum, trial) => sum + aubc(learningCurve(trial)), 0) / own.length;
  };
  const gains = [1, 2, 3, 4].map((seed) => seedMean(other, seed) - seedMean(old, seed));
  const wanted = estimate(gains);
  expect(found.gain).toBeCloseTo(wanted.mean, 14);
  expect(found.interval?.lower).toBeCloseTo(wanted.interval?.lower ?? 0, 14);
  expect(found.new.value - found.old.value).toBeCloseTo(found.gain, 14);
  expect(found.seeds?.map(({ seed }) => seed)).toEqual([1, 2, 3, 4]);
  expect(found).toMatchObject({
    ...{ kind: 'results', action: 'update_model', isCertain: true },
    pairing: { unit: 'seeds', count: 4, method: 'student' },
    warnings: [],
  });
  const back = compare(other, old);
  expect(back.gain).toBeCloseTo(-found.gain, 14);
  expect(back).toMatchObject({ action: 'discard', isCertain: true });
});

test('a loss is better when lower; accuracy is that of the last round', () => {
  const [old, other] = [sweep('mlp'), sweep('lenet')];
  const nll = compare(old, other, { metric: 'nll' });
  expect(nll.gain).toBeCloseTo(nll.old.value - nll.new.value, 14);
  const last = old.map(({ rounds }) => rounds.at(-1)?.metrics.accuracy ?? Number.NaN);
  const accuracy = compare(old, other, { metric: 'accuracy' });
  expect(accuracy.old.value).toBeCloseTo(last.reduce((a, b) => a + b) / last.length, 12);
});

test('one seed makes no interval, and nothing certain', () => {
  const found = compare(sweep('mlp', [7]), sweep('lenet', [7]), { isConfident: true });
  expect(found.interval).toBeUndefined();
  expect(found).toMatchObject({ action: 'discard', isCertain: false });
  expect(found.gain).toBeGreaterThan(0);
});

describe('what one side alone has is left out, and said to be', () => {
  test('seeds, and cells', () => {
    const found = compare(
      [...sweep('mlp'), syntheticTrial({ model: 'mlp', strategy: 'bald' })],
      sweep('lenet', [2, 3, 4, 5]),
    );
    expect(found.pairing.count).toBe(3);
    expect(found.warnings).toEqual([
      '1 cell is left out, because only one side has them.',
      '2 seeds are left out, because not all cells of both sides have finished them.',
    ]);
  });

  test('a seed that not all cells have', () => {
    const [, ...others] = sweep('mlp');
    const found = compare(others, sweep('lenet'));
    expect(found.seeds?.map(({ seed }) => seed)).toEqual([2, 3, 4]);
    expect(found.warnings).toHaveLength(1);
  });

  test('rounds: curves are compared where both have them', () => {
    const short = syntheticSweep(
      { strategies: ['random', 'margin'], seeds: [1, 2] },
      { model: 'lenet', numRounds: 3 },
    );
    const found = compare(sweep('mlp'), short);
    expect(found.warnings.join()).toContain('at the numbers of labels that both sides have');
    expect(found.warnings.join()).toContain('Not the same configuration');
  });
});

describe('what may not be compared', () => {
  test('sides without a cell in common, seeds in common, or a run', () => {
    const other = syntheticSweep(
      { strategies: ['margin', 'bald'], seeds: [1] },
      { model: 'lenet', dataset: 'mnist' },
    );
    expect(() => compare(sweep('mlp'), other)).toThrow(
      /The old one has dataset digits, model mlp, strategy .*; the new one has dataset mnist/,
    );
    expect(() => compare(sweep('mlp'), [])).toThrow(/the new one has no run/);
    expect(() => compare(sweep('mlp', [1, 2]), sweep('lenet', [3]))).toThrow(
      /finished a seed that both have\. a has finished 1-2; b 3\./,
    );
    const failed = ['random', 'margin'].map((strategy) =>
      syntheticTrial({ model: 'lenet', strategy, status: 'failed' }),
    );
    expect(() => compare(sweep('mlp'), failed)).toThrow(/b none\. Run the seeds that are missing/);
  });

  test('other data, or another split', () => {
    const { dataset } = (sweep('lenet')[0] as StoredTrial).header.trial.identity;
    const [other, split] = [
      changed(sweep('lenet'), { dataset: { ...dataset, fingerprint: 'e'.repeat(64) } }),
      changed(sweep('lenet'), { dataset: { ...dataset, split: { ...dataset.split, test: 0.5 } } }),
    ];
    expect(() => compare(sweep('mlp'), other)).toThrow(/tested on the same rows.*dataset\.fingerprint/);
    expect(() => compare(sweep('mlp'), split)).toThrow(/dataset\.split\.test: 0\.2 → 0\.5/);
  });
});

describe('--same-config', () => {
  const isSameConfig = true;

  test('lets what is compared differ, and nothing else', () => {
    const { model } = (sweep('lenet')[0] as StoredTrial).header.trial.identity;
    const trained = { model: { ...model, training: { ...model.training, batchSize: 64 } } };
    expect(compare(sweep('mlp'), changed(sweep('lenet'), trained), { isSameConfig }).warnings).toEqual([]);
    // The same label, and another model: the model is not what is compared.
    const same = changed(sweep('mlp'), trained);
    expect(compare(sweep('mlp'), same).warnings).toEqual([
      'Not the same configuration: 2 of 2 pairs of configurations differ in model.training.batchSize: 32 → 64.',
    ]);
    expect(() => compare(sweep('mlp'), same, { isSameConfig })).toThrow(/--same-config .*batchSize: 32 → 64/);
    expect(() => compare(sweep('mlp'), changed(sweep('lenet'), { budget: 99 }), { isSameConfig })).toThrow(
      /budget/,
    );
  });

  test('refuses sides that differ in two things', () => {
    const [old, other] = [sweep('mlp', [1, 2], ['random']), sweep('lenet', [1, 2], ['margin'])];
    expect(compare(old, other).warnings.join()).toContain('differ in model and strategy');
    expect(() => compare(old, other, { isSameConfig })).toThrow(/the two sides differ in model and strategy/);
  });
});

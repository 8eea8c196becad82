/** The identity key: what must be equal to the last bit, where it first is not, and when nothing must be. */
import { expect, test } from 'vitest';
import type { RoundRecord, StoredTrial } from '../../src/store/record.ts';
import { identityKey } from '../../src/verdict/identityKey.ts';
import { makeBaseline } from '../../src/verdict/makeBaseline.ts';
import { parseBaseline } from '../../src/verdict/readBaseline.ts';
import { renderBaseline } from '../../src/verdict/renderBaseline.ts';
import { syntheticSweep } from '../analysis/syntheticTrials.ts';

const linux = {
  ...{ querybench: '0.1.0', node: 'v20.20.2', platform: 'linux-x64', engine: 'onnx', device: 'cpu' },
  ...{ onnxruntime: '1.30.0', cpu: 'Model A', cpuFeatures: 'avx avx2', commit: '0123456789ab' },
};
const inside = (trials: readonly StoredTrial[], more: Readonly<Record<string, string>> = {}) =>
  trials.map(({ header, ...rest }) => ({
    header: { ...header, environment: { ...linux, ...more } },
    ...rest,
  }));
const trials = inside(syntheticSweep({ strategies: ['random', 'margin'], seeds: [0, 1, 2] }));
const baseline = makeBaseline(trials, 'kept');

/** With one round of each named trial changed. */
function changed(changes: Readonly<Record<string, (round: RoundRecord) => Partial<RoundRecord>>>) {
  return trials.map((trial): StoredTrial => {
    const { strategy } = trial.header.trial.labels;
    const rounds = trial.rounds.map((round) => {
      const change = changes[`${strategy} ${trial.header.trial.identity.seed} ${round.round}`];
      return change === undefined ? round : { ...round, ...change(round) };
    });
    return { ...trial, rounds };
  });
}

test('equal where nothing but times, order, commit and CPU model differ', () => {
  const slower = inside(trials, { commit: 'fedcba987654+changes', cpu: 'Model B' })
    .map((trial) => ({
      ...trial,
      rounds: trial.rounds.map((round) => ({ ...round, seconds: { ...round.seconds, fit: 9 } })),
    }))
    .reverse();
  expect(identityKey(slower, baseline)).toEqual({ outcome: 'equal', numTrials: 6 });
  expect(identityKey(slower.slice(4), baseline)).toEqual({ outcome: 'equal', numTrials: 2 });
});

test('the first cell, seed and round where a metric parts, in full precision', () => {
  const nudge = ({ metrics }: RoundRecord) => ({ metrics: { ...metrics, nll: metrics.nll + 1e-15 } });
  const parted = changed({
    'random 0 1': nudge,
    'margin 2 1': nudge,
    'margin 1 3': nudge,
    'margin 1 2': nudge,
  });
  const verdict = identityKey(parted.toReversed(), baseline);
  expect(verdict).toMatchObject({ outcome: 'different', numTrials: 6, numDifferent: 3 });
  if (verdict.outcome !== 'different') return;
  const { first } = verdict;
  expect(first).toMatchObject({
    strategy: 'margin',
    dataset: 'digits',
    seed: 1,
    round: 2,
    field: 'metrics.nll',
  });
  const own = trials.find(({ header }) => header.trial.id === first.trialId);
  expect(own?.header.trial).toMatchObject({ labels: { strategy: 'margin' }, identity: { seed: 1 } });
  expect(Number(first.currentValue)).toBe(Number(first.baselineValue) + 1e-15);
  expect(first.currentValue).not.toBe(first.baselineValue);
  expect(first.sample).toBeUndefined();
});

test('the sample where queries part, also where one is shorter', () => {
  const otherRow = changed({
    'random 0 2': ({ queriedRows }) => ({ queriedRows: queriedRows.with(3, 7) }),
  });
  const row = trials[0]?.rounds[2]?.queriedRows[3];
  expect(identityKey(otherRow, baseline)).toMatchObject({
    first: { round: 2, field: 'queriedRows', sample: { position: 3, baselineRow: row, currentRow: 7 } },
  });
  const fewer = changed({
    'random 0 2': ({ queriedRows }) => ({ queriedRows: queriedRows.slice(0, 9) }),
  });
  const last = trials[0]?.rounds[2]?.queriedRows[9];
  expect(identityKey(fewer, baseline)).toMatchObject({
    first: { currentValue: 'none', sample: { position: 9, baselineRow: last } },
  });
});

test('of trials that query thousands of rows the file keeps hashes alone: that a query differs, not where', () => {
  const queriedRows = Array.from({ length: 6000 }, (_, row) => row);
  const large = changed({ 'random 0 2': () => ({ queriedRows }) });
  const kept = makeBaseline(large, 'kept');
  const seeds = kept.cells.flatMap((cell) => cell.seeds);
  expect(seeds.filter((seed) => seed.queriedRows === undefined)).toHaveLength(1);
  expect(identityKey(large, kept)).toEqual({ outcome: 'equal', numTrials: 6 });
  const other = changed({ 'random 0 2': () => ({ queriedRows: queriedRows.with(3, 7000) }) });
  expect(identityKey(other, kept)).toMatchObject({ numDifferent: 1, first: { round: 2, field: 'record' } });
  expect(parseBaseline(renderBaseline(kept), 'kept.json')).toEqual(kept);
});

test('what a baseline does not keep still counts, by the hash of the round', () => {
  const relabelled = changed({ 'random 0 0': ({ answers }) => ({ answers: answers.with(0, 3) }) });
  expect(identityKey(relabelled, baseline)).toMatchObject({
    first: { round: 0, field: 'record', baselineValue: expect.stringMatching(/^hash [0-9a-f]{8}$/) },
  });
});

test('unfinished trials are compared as far as they go', () => {
  const begun = trials.map(({ header, rounds }) => ({ header, rounds: rounds.slice(0, 2) }));
  expect(identityKey(begun, baseline)).toEqual({ outcome: 'equal', numTrials: 6 });
  const empty = trials.map(({ header }) => ({ header, rounds: [] }));
  expect(identityKey(empty, baseline)).toMatchObject({ outcome: 'not-comparable' });
});

test.each([
  ['another version', { node: 'v22.1.0' }, 'node: v20.20.2 → v22.1.0'],
  ['other CPU features', { cpuFeatures: 'avx' }, 'cpuFeatures: avx avx2 → avx'],
  ['a pack', { replicas: '4' }, 'replicas: none → 4'],
  ['a software adapter', { adapter: 'software' }, 'adapter: none → software'],
])('not comparable: %s', (_, more, reason) => {
  expect(identityKey(inside(trials, more), baseline)).toEqual({
    ...{ outcome: 'not-comparable', reasons: [reason] },
  });
});

test('a GPU, the unknown model of a CPU, caches under TensorFlow, and nothing shared', () => {
  const onGpu = inside(trials, { device: 'cuda' });
  expect(identityKey(onGpu, makeBaseline(onGpu, 'kept'))).toMatchObject({
    outcome: 'not-comparable',
    reasons: [expect.stringMatching(/^device cuda: a record does not name its GPU/)],
  });
  const unknown = (cpu: string) =>
    inside(trials, { cpu }).map(({ header, ...rest }) => {
      const { cpuFeatures, ...environment } = header.environment as typeof linux;
      return { header: { ...header, environment }, ...rest };
    });
  expect(identityKey(unknown('Model B'), makeBaseline(unknown('Model A'), 'kept'))).toMatchObject({
    reasons: ['cpu: Model A → Model B'],
  });
  const tfjs = (cpu: string) => inside(trials, { engine: 'tfjs', device: 'node', cpu });
  expect(identityKey(tfjs('Model B'), makeBaseline(tfjs('Model A'), 'kept'))).toMatchObject({
    reasons: ['cpu: Model A → Model B'],
  });
  expect(identityKey(tfjs('Model A'), makeBaseline(tfjs('Model A'), 'kept'))).toMatchObject({
    outcome: 'equal',
  });
  expect(identityKey([], baseline)).toMatchObject({
    outcome: 'not-comparable',
    reasons: ['no trial of the baseline is among those that were run'],
  });
});

test('trials of a fitting environment are compared, whatever the others were made with', () => {
  const mixed = [...inside(trials.slice(0, 3), { node: 'v22.1.0' }), ...trials.slice(3)];
  expect(identityKey(mixed, baseline)).toEqual({ outcome: 'equal', numTrials: 3 });
});

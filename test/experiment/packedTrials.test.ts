/** Trials side by side in one program have the records of trials one by one, within rounding. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StoredTrial } from '../../src/store/record.ts';
import { succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { comparableRecords, finishedTrials, groupTrials, writeSpec } from './sweeps.ts';

/** Fixed lengths, rules that look at results, warm starts, samples and ensembles. */
const model = [
  'mlp',
  { preset: 'mlp-dropout', label: 'sampled', samples: { kind: 'mc-dropout', count: 3 } },
  { preset: 'mlp', label: 'ensemble', samples: { kind: 'ensemble', count: 2 } },
  {
    preset: 'mlp-sklearn',
    label: 'patient',
    training: { stop: { rule: 'validation-accuracy', patience: 1, maximumEpochs: 6 } },
  },
  { preset: 'mlp', label: 'warm', training: { start: 'warm' } },
];
const folder = sharedFolder();
let alone: readonly StoredTrial[] = [];
let packed: readonly StoredTrial[] = [];

beforeAll(async () => {
  const spec = writeSpec(folder, {
    name: 'packed',
    ...{ model, strategy: ['random', 'margin'], seed: '0-2' },
    dataset: { name: 'digits', split: { test: 300, validation: 100 } },
    ...{ initialPoolSize: 30, queryBatchSize: 15, rounds: 2 },
  });
  const run = (pack: string, workers: string, out: string) =>
    succeed(['run', spec, '--pack', pack, '--workers', workers, '--out', out], { cwd: folder });
  await Promise.all([run('1', '1', 'alone'), run('6', '1', 'packed'), run('6', '2', 'again')]);
  alone = finishedTrials(join(folder, 'alone'));
  packed = finishedTrials(join(folder, 'packed'));
}, 60_000);

test('the same trials finish', () => {
  const ids = (trials: readonly StoredTrial[]) => trials.map(({ header }) => header.trial.id).sort();
  expect(packed).toHaveLength(model.length * 2 * 3);
  expect(ids(packed)).toEqual(ids(alone));
});

describe('round 0', () => {
  test('is within rounding of the trial alone', () => {
    for (const { header, rounds } of alone) {
      const twin = packed.find((other) => other.header.trial.id === header.trial.id);
      const [one, other] = [rounds[0], twin?.rounds[0]];
      expect(other?.metrics.nll).toBeCloseTo(one?.metrics.nll as number, 4);
      expect(other?.training.steps).toBe(one?.training.steps);
    }
  });

  test('is bit-equal across the strategies of a cohort, each of which trained it in its slot', () => {
    const cohorts = groupTrials(packed, ({ header }) => header.trial.cohort);
    expect(cohorts.size).toBe(model.length * 3);
    for (const cohort of cohorts.values()) {
      const metrics = cohort.map(({ rounds }) => JSON.stringify(rounds[0]?.metrics));
      expect(new Set(metrics).size).toBe(1);
    }
  });
});

test('how many workers there are decides nothing, packs being equal', () => {
  expect(comparableRecords(join(folder, 'again'))).toEqual(comparableRecords(join(folder, 'packed')));
});

test('a record says how many ran side by side', () => {
  expect(packed[0]?.header.environment.replicas).toBe('6');
  expect(alone[0]?.header.environment.replicas).toBeUndefined();
});

test('a trial’s seconds are its part of the pack’s', () => {
  for (const { rounds, footer } of packed) {
    const sum = rounds.reduce((total, { seconds }) => total + seconds.fit + seconds.evaluate, 0);
    expect(sum).toBeLessThan(6 * (footer?.seconds ?? 0));
    expect(Math.min(...rounds.map(({ seconds }) => seconds.fit))).toBeGreaterThan(0);
  }
});

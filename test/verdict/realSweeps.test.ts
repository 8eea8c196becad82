/** What real runs of every strategy and every oracle look like to the audit and the identity key: nothing wrong, all equal. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readStore, type StoredExperiment } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { strategies } from '../../src/strategies/index.ts';
import { audit } from '../../src/verdict/audit.ts';
import { identityKey } from '../../src/verdict/identityKey.ts';
import { makeBaseline } from '../../src/verdict/makeBaseline.ts';
import { succeed } from '../cli/querybench.ts';
import { writeSpec } from '../experiment/sweeps.ts';
import { sharedFolder } from '../folders.ts';

const cwd = sharedFolder();

/** Quick, with samples for those who need them. */
const small = {
  dataset: { name: 'digits', split: { test: 100, pool: 160 } },
  model: { preset: 'mlp-dropout', samples: { kind: 'mc-dropout', count: 4 } },
  training: { stop: { rule: 'epochs', epochs: 1 }, minimumSamplesPerEpoch: 1 },
  initialPoolSize: 24,
};

const ofOneClass = ['class-entropy', 'class-probability'];
const everyStrategy = Object.keys(strategies).map((name) =>
  ofOneClass.includes(name) ? { name, class: 3 } : name,
);

const everyOracle = [
  'perfect',
  { name: 'noisy', rate: 0.3 },
  { name: 'abstaining', rate: 0.5, errorRate: 0.3 },
  { name: 'abstaining', label: 'leaving', rate: 0.5, sample: 'leaves' },
  { name: 'costly', spread: 0.5, errorRate: 0.3 },
  { name: 'crowd', accuracies: [0.7, 0.6, 0.5] },
  { name: 'crowd', label: 'dawid-skene', aggregation: 'dawid-skene', calibration: 200 },
];

const sweeps = {
  strategies: {
    ...{ strategy: everyStrategy, oracle: { name: 'abstaining', rate: 0.4, errorRate: 0.3 } },
    ...{ queryBatchSize: 10, budget: 39, seed: 0 },
  },
  oracles: {
    ...{ strategy: ['random', 'margin', 'k-center'], oracle: everyOracle },
    ...{ queryBatchSize: 25, rounds: 3, seed: '0-1' },
  },
  queriers: {
    ...{ strategy: ['random', 'margin'], oracle: { name: 'abstaining', rate: 0.3 }, seed: '0-1' },
    ...{ queryModel: ['logistic', small.model], queryBatchSize: 10, budget: 50 },
  },
  costs: {
    ...{ strategy: ['random', 'margin'], oracle: [{ name: 'costly', cost: 0.9, spread: 0.8 }, 'perfect'] },
    ...{ queryBatchSize: 7, budget: { cost: 60 }, seed: '0-1' },
  },
};
type Name = keyof typeof sweeps;

const stores = new Map<Name, StoredExperiment>();

beforeAll(async () => {
  for (const [name, spec] of Object.entries(sweeps)) {
    const file = writeSpec(cwd, { name, ...small, ...spec });
    // In packs, too, trials of a cohort start alike to the last bit.
    const packed = name === 'costs' ? ['--pack', '4'] : [];
    await succeed(['run', file, '--workers', '2', ...packed], { cwd });
    stores.set(name as Name, readStore(join(cwd, 'results', name)));
  }
}, 120_000);

function trialsOf(name: Name): readonly StoredTrial[] {
  const { trials, experiment } = stores.get(name) ?? { trials: [], experiment: { trials: [] } };
  expect(trials.map(({ footer }) => footer?.reason ?? footer?.status)).toEqual(
    experiment.trials.map(() => 'finished'),
  );
  return trials;
}

describe.each(Object.keys(sweeps) as Name[])('%s', (name) => {
  test('nothing is wrong, of whole trials and of any beginning', () => {
    const trials = trialsOf(name);
    expect(audit(trials)).toEqual([]);
    const begun = trials.map(({ header, rounds }, i) => ({ header, rounds: rounds.slice(0, i % 4) }));
    expect(audit(begun)).toEqual([]);
  });

  test('all that is compared with itself is equal', () => {
    const trials = trialsOf(name);
    expect(identityKey(trials, makeBaseline(trials, 'kept'))).toEqual({
      outcome: 'equal',
      numTrials: trials.length,
    });
  });
});

test('rows were asked again, prices cut queries, and strategies asked the same: the rules had something to judge', () => {
  const asked = trialsOf('oracles').flatMap(({ rounds }) => rounds.flatMap(({ answers }) => answers));
  expect(asked.filter((answer) => answer < 0).length).toBeGreaterThan(20);
  const again = trialsOf('oracles').filter(({ rounds }) => {
    const rows = rounds.flatMap(({ queriedRows }) => queriedRows);
    return new Set(rows).size < rows.length;
  });
  expect(again.length).toBeGreaterThan(0);
  const cut = trialsOf('costs').filter(({ header, rounds }) => {
    const { queryBatchSize } = header.trial.identity;
    return rounds.slice(0, -1).some(({ queriedRows }) => queriedRows.length < queryBatchSize);
  });
  expect(cut.length).toBeGreaterThan(0);
});

test('an oracle whose errors know the strategy is found out', () => {
  const trials = trialsOf('oracles').map((trial): StoredTrial => {
    const { labels } = trial.header.trial;
    if (labels.strategy !== 'margin' || labels.oracle !== 'noisy') return trial;
    const rounds = trial.rounds.map((round) => ({
      ...round,
      answers: round.answers.map((answer, i) =>
        (round.queriedRows[i] ?? 0) % 3 === 0 ? (answer + 1) % 10 : answer,
      ),
    }));
    return { ...trial, rounds };
  });
  const found = audit(trials);
  expect(new Set(found.map(({ rule, oracle }) => `${rule} ${oracle}`))).toEqual(
    new Set(['paired-answers noisy']),
  );
  expect(found.length).toBeGreaterThan(2);
});

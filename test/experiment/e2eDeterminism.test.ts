/** Records do not depend on how many threads made them, in which order, or in which run. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Dataset, loadDataset, normalizationOf } from '../../src/datasets/index.ts';
import { createCompute } from '../../src/engines/compute.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { createCohort } from '../../src/experiment/cohort.ts';
import { fitRound } from '../../src/experiment/fitRound.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import { succeed } from '../cli/querybench.ts';
import { sharedFolder } from '../folders.ts';
import { comparableRecords, finishedTrials, groupTrials, writeSpec } from './sweeps.ts';

/** Every kind of model, start and stop rule. */
const model = [
  'mlp',
  'mlp-dropout',
  { preset: 'logistic', training: { stop: { rule: 'epochs', epochs: 20 } } },
  {
    preset: 'mlp-sklearn',
    label: 'patient',
    training: { stop: { rule: 'validation-accuracy', patience: 2, maximumEpochs: 6 } },
  },
  {
    preset: 'mlp',
    label: 'warm',
    training: { start: 'warm', l2: { strength: 0.01, dividedBy: 'minibatch' } },
  },
  { preset: 'mlp-dropout', label: 'warm-dropout', training: { start: 'warm', optimizer: { name: 'adamw' } } },
];

const folder = sharedFolder();
let trials: readonly StoredTrial[] = [];

beforeAll(async () => {
  const spec = writeSpec(folder, {
    name: 'determinism',
    ...{ model, strategy: ['random', 'margin', 'entropy'], seed: '0-1' },
    dataset: { name: 'digits', split: { test: 300, validation: 100 } },
    ...{ initialPoolSize: 30, queryBatchSize: 15, rounds: 3 },
  });
  const runs = ['1', '2', '2'].map((workers, i) => ['run', spec, '--workers', workers, '--out', `run-${i}`]);
  await Promise.all(runs.map((words) => succeed(words, { cwd: folder })));
  trials = finishedTrials(join(folder, 'run-1'));
}, 60_000);

test('one worker and two, and two runs, make the same bytes', () => {
  const [one, two, again] = [0, 1, 2].map((i) => comparableRecords(join(folder, `run-${i}`)));
  expect(Object.keys(one ?? {})).toHaveLength(model.length * 3 * 2);
  expect(two).toEqual(one);
  expect(again).toEqual(one);
});

test('round 0 is equal to the last bit across the strategies of a cohort, and later rounds are not', () => {
  const cohorts = groupTrials(trials, ({ header }) => header.trial.cohort);
  expect(cohorts.size).toBe(model.length * 2);
  let numDifferent = 0;
  for (const cohort of cohorts.values()) {
    expect(new Set(cohort.map(({ header }) => header.trial.labels.strategy)).size).toBe(3);
    const round = (i: number) =>
      cohort.map(({ rounds }) => ({ ...rounds[i]?.metrics, ...rounds[i]?.training }));
    for (const other of round(0)) expect(other).toStrictEqual(round(0)[0]);
    numDifferent += Number(JSON.stringify(round(3)[0]) !== JSON.stringify(round(3)[1]));
  }
  expect(numDifferent).toBe(cohorts.size);
});

/** What a trial's record of `round` would be, were that round the first thing its learner ever did. */
async function fitAlone({ header, rounds }: StoredTrial, round: number, dataset: Dataset) {
  const { identity } = header.trial;
  const normalization = normalizationOf(dataset.info, identity.dataset);
  const engine = await createOnnxEngine();
  const learner = await createLearner(engine, dataset, normalization, identity.model);
  const cohort = await createCohort(identity, {
    ...{ dataset, learner, compute: createCompute(engine) },
  });
  const labelled = cohort.initial.copy();
  for (const { queriedRows, answers, labelCost } of rounds.slice(0, round)) {
    labelled.add(queriedRows, answers, labelCost);
  }
  const { metrics, members } = await fitRound(cohort, identity, {
    labelled,
    round,
    checkInterruption: () => {},
  });
  await learner.dispose();
  return { metrics, training: members[0]?.training };
}

test('a cold start is cold: any round equals a fit on its rows by a learner that never fitted before', async () => {
  const dataset = await loadDataset('digits');
  for (const trial of trials) {
    const { labels, identity } = trial.header.trial;
    if (labels.strategy !== 'margin' || identity.seed !== 1) continue;
    const isWarm = identity.model.training.start === 'warm';
    for (const { round, metrics, training } of trial.rounds) {
      const alone = await fitAlone(trial, round, dataset);
      const name = `${labels.model}, round ${round}`;
      if (round > 0 && isWarm) expect(alone.metrics, name).not.toEqual(metrics);
      else expect(alone, name).toStrictEqual({ metrics, training });
    }
  }
});

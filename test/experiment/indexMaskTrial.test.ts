/** A published experiment, paired: scikit-learn's rows, through spec, plan and loop, give scikit-learn's numbers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Dataset, type IndexMasks, loadDataset, readIndexMasks } from '../../src/datasets/index.ts';
import { createCompute } from '../../src/engines/compute.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { createCohort } from '../../src/experiment/cohort.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import type { ExperimentPlan } from '../../src/experiment/plan.ts';
import { trialLoop } from '../../src/experiment/trialLoop.ts';
import { createLearner, type OwnLearner } from '../../src/learner/createLearner.ts';
import type { RoundRecord } from '../../src/store/record.ts';
import { masksPath, sklearnFixture } from '../learner/sklearnFixture.ts';

type Mask = Readonly<Record<'initial' | 'pool' | 'test', readonly number[]>>;
const file: Readonly<Record<string, Mask>> = JSON.parse(readFileSync(masksPath, 'utf8'));

let plan: ExperimentPlan;
let dataset: Dataset;
let masks: IndexMasks;
let engine: Engine;
let learner: OwnLearner;
beforeAll(async () => {
  plan = await planFrom({
    dataset: { name: 'digits', split: { masks: masksPath } },
    model: 'logistic',
    strategy: ['margin', 'random'],
    // One query takes all that is left of the pool, whatever the strategy.
    ...{ initialPoolSize: 200, queryBatchSize: 1100, budget: 'all', seed: '0-2' },
  });
  dataset = await loadDataset('digits');
  masks = await readIndexMasks(masksPath, dataset.info);
  const model = plan.trials[0]?.identity.model;
  if (model === undefined) throw new Error('The plan is empty.');
  engine = await createOnnxEngine();
  learner = await createLearner(engine, dataset, dataset.info.normalizations.unit, model);
});
afterAll(() => learner.dispose());

it('plans one trial for each seed and strategy, as long as the file’s pool', () => {
  expect(plan.trials.map(({ identity }) => [identity.seed, identity.strategy.name, identity.budget])).toEqual(
    [0, 1, 2].flatMap((seed) => ['margin', 'random'].map((strategy) => [seed, strategy, 1300])),
  );
});

it.each([0, 1, 2])('seed %i: the file’s rows, and scikit-learn’s accuracy and NLL', async (seed) => {
  const mask = file[seed] as Mask;
  for (const trial of plan.trials.filter(({ identity }) => identity.seed === seed)) {
    const cohort = await createCohort(trial.identity, {
      ...{ dataset, learner, compute: createCompute(engine) },
      masks,
    });
    expect([...cohort.split.test]).toEqual(mask.test);
    expect([...cohort.initial.rows]).toEqual(mask.initial);
    const rounds: RoundRecord[] = [];
    for await (const round of trialLoop(trial, cohort, { storedRounds: [], checkInterruption: () => {} })) {
      rounds.push(round);
    }
    expect(rounds.map(({ numLabels }) => numLabels)).toEqual([200, 1300]);
    expect(rounds[0]?.queriedRows.toSorted((a, b) => a - b)).toEqual(mask.pool);
    const theirs = sklearnFixture.fits.filter((fit) => fit.seed === seed);
    expect(theirs.map(({ trainedOn }) => trainedOn)).toEqual(['initial', 'pool']);
    theirs.forEach(({ logistic }, i) => {
      const { accuracy, nll } = rounds[i]?.metrics ?? { accuracy: 0, nll: 0 };
      expect(Math.round(Math.abs(accuracy - logistic.accuracy) * mask.test.length)).toBeLessThanOrEqual(1);
      expect(Math.abs(nll - logistic.nll)).toBeLessThan(3e-4);
    });
  }
});

/** Sampled models in the loop: what strategies share, what ensembles are, what the test rows are predicted by. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, loadDataset } from '../../src/datasets/index.ts';
import { createCompute } from '../../src/engines/compute.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { type Cohort, createCohort } from '../../src/experiment/cohort.ts';
import { fitRound } from '../../src/experiment/fitRound.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { createQueryContext } from '../../src/experiment/queryContext.ts';
import { trialLoop } from '../../src/experiment/trialLoop.ts';
import { mcDropoutStreams, trainingStreams } from '../../src/experiment/trialStreams.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import { evaluate } from '../../src/learner/evaluate.ts';
import type { FittedModel } from '../../src/learner/fit.ts';
import { meanPrediction } from '../../src/learner/samples.ts';
import type { RoundRecord, Trial, TrialIdentity } from '../../src/store/record.ts';
import { collectSamples } from '../learner/collectSamples.ts';

let dataset: Dataset;
let engine: Engine;
beforeAll(async () => {
  dataset = await loadDataset('digits');
  engine = await createOnnxEngine();
});

/** Trials on digits: random and margin, 3 rounds. */
async function trialsOf(samples?: object, spec: object = {}): Promise<readonly Trial[]> {
  const plan = await planFrom({
    ...{ name: 'sampled', dataset: 'digits', strategy: ['random', 'margin'], seed: 0 },
    ...{ initialPoolSize: 30, queryBatchSize: 10, rounds: 2 },
    model: { preset: 'mlp-dropout', ...(samples && { samples }) },
    training: { stop: { rule: 'steps', steps: 20 } },
    ...spec,
  });
  return plan.trials;
}

async function cohortOf([trial]: readonly Trial[]): Promise<{ cohort: Cohort; identity: TrialIdentity }> {
  if (trial === undefined) throw new Error('The plan is empty.');
  const { identity } = trial;
  const learner = await createLearner(engine, dataset, dataset.info.normalizations.unit, identity.model);
  return {
    cohort: await createCohort(identity, {
      ...{ dataset, learner, compute: createCompute(engine) },
    }),
    identity,
  };
}

async function roundsOf(trial: Trial, cohort: Cohort): Promise<RoundRecord[]> {
  const rounds: RoundRecord[] = [];
  for await (const round of trialLoop(trial, cohort, { storedRounds: [], checkInterruption: () => {} })) {
    rounds.push(round);
  }
  return rounds;
}

const weights = (model: FittedModel | undefined) =>
  Promise.all((model?.parameters ?? []).map(async (tensor) => [...(await tensor.read()).data]));

describe('MC-dropout', () => {
  const samples = { kind: 'mc-dropout', count: 4 };

  test('masks know the seed, the round and the model, and nothing of the strategy', async () => {
    const [random, margin] = (await trialsOf(samples)).map(({ identity }) => identity);
    if (!random || !margin) throw new Error('Two trials are expected.');
    const draws = (identity: TrialIdentity, round: number) =>
      mcDropoutStreams(identity, round).map((stream) => [stream.uint32(), stream.uint32()]);
    const base = draws(random, 1);
    expect(base).toHaveLength(4);
    expect(new Set(base.map(String)).size).toBe(4);
    expect(draws(margin, 1)).toEqual(base);
    expect(draws(random, 2)).not.toEqual(base);
    expect(draws({ ...random, seed: 1 }, 1)).not.toEqual(base);
    expect(draws({ ...random, model: { ...random.model, layers: [] } }, 1)).not.toEqual(base);
  });

  test('trains and measures as without, and asks by the mean of the same samples every time', async () => {
    const [plain, sampled] = [await trialsOf(), await trialsOf(samples)];
    const { cohort, identity } = await cohortOf(sampled);
    const fitted = await cohort.roundZero(() => {});
    const alone = await (await cohortOf(plain)).cohort.roundZero(() => {});
    expect(fitted.metrics).toStrictEqual(alone.metrics);
    const { value: prediction } = await fitted.poolPredictions();
    expect(prediction.logProbabilities).not.toEqual((await alone.poolPredictions()).value.logProbabilities);
    const { context, clock } = createQueryContext(identity, 0, fitted);
    const [once, again] = [await collectSamples(context.samples()), await collectSamples(context.samples())];
    expect(once).toHaveLength(4);
    expect(again).toEqual(once);
    const { numSamples, numClasses } = prediction;
    expect(await meanPrediction(context.samples(), { numSamples, numClasses })).toEqual(prediction);
    expect(clock().score).toBeGreaterThan(0);
    expect(clock().waited).toBeGreaterThanOrEqual(clock().score);
  });

  test('predicts the test rows too where it is told to', async () => {
    const { cohort } = await cohortOf(await trialsOf({ ...samples, evaluate: true }));
    const fitted = await cohort.roundZero(() => {});
    const plain = await (await cohortOf(await trialsOf())).cohort.roundZero(() => {});
    expect(fitted.metrics.nll).not.toBe(plain.metrics.nll);
    const [trial] = await trialsOf(samples);
    const streams = mcDropoutStreams((trial as Trial).identity, 0);
    const { test: rows } = cohort.split;
    const chunks = cohort.learner.sample(fitted.members[0] as FittedModel, rows, streams);
    const mean = await meanPrediction(chunks, { numSamples: rows.length, numClasses: 10 });
    const truth = rows.map((row) => dataset.labels[row] as number);
    expect(fitted.metrics).toEqual(evaluate(mean, truth));
  });
});

describe('ensembles', () => {
  const samples = { kind: 'ensemble', count: 3 };

  test('member 0 is the plain model, the others differ, and the prediction is their mean', async () => {
    const { cohort } = await cohortOf(await trialsOf(samples));
    const fitted = await cohort.roundZero(() => {});
    const alone = await (await cohortOf(await trialsOf())).cohort.roundZero(() => {});
    expect(fitted.members).toHaveLength(3);
    expect(await weights(fitted.members[0])).toEqual(await weights(alone.members[0]));
    expect(await weights(fitted.members[1])).not.toEqual(await weights(fitted.members[0]));
    expect(await weights(fitted.members[2])).not.toEqual(await weights(fitted.members[1]));
    expect(fitted.metrics).toStrictEqual(alone.metrics);
    const { value: prediction } = await fitted.poolPredictions();
    const apart = await Promise.all(
      fitted.members.map((member) => cohort.learner.predict(member, fitted.poolRows)),
    );
    prediction.logProbabilities.forEach((value, i) => {
      const mean = apart.reduce((sum, each) => sum + Math.exp(each.logProbabilities[i] as number), 0) / 3;
      expect(Math.abs(Math.exp(value) - mean)).toBeLessThan(1e-6);
    });
  });

  test('every member differs in weights, minibatches and masks', async () => {
    const [trial] = await trialsOf(samples);
    const { identity } = trial as Trial;
    const draws = [0, 1, 2].map((member) => trainingStreams(identity, 1, member));
    for (const purpose of ['weights', 'minibatches', 'dropout'] as const) {
      expect(new Set(draws.map((streams) => streams[purpose].uint32())).size).toBe(3);
    }
  });

  test('every member starts warm from itself', async () => {
    const { cohort, identity } = await cohortOf(await trialsOf(samples));
    const first = await cohort.roundZero(() => {});
    const request = { labelled: cohort.initial, round: 1, checkInterruption: () => {} };
    const warm = await fitRound(cohort, identity, { ...request, startFrom: first.members });
    const { members } = await fitRound(cohort, identity, {
      ...request,
      startFrom: first.members.toReversed(),
    });
    expect(await weights(warm.members[1])).toEqual(await weights(members[1]));
    expect(await weights(warm.members[0])).not.toEqual(await weights(members[0]));
  });
});

test('strategies pick from the drawn part of the pool, which is the same for all', async () => {
  const trials = await trialsOf(undefined, { scoring: { poolSubset: 40 } });
  const { cohort } = await cohortOf(trials);
  const { poolRows } = await cohort.roundZero(() => {});
  expect(poolRows).toHaveLength(40);
  for (const trial of trials) {
    const [first, second, third] = await roundsOf(trial, cohort);
    for (const row of first?.queriedRows ?? []) expect(poolRows).toContain(row);
    expect(second?.queriedRows.some((row) => !poolRows.includes(row))).toBe(true);
    expect(third?.queriedRows).toEqual([]);
  }
});

test('strategies of a sampled cohort meet the same metrics, and a trial can be repeated', async () => {
  const trials = await trialsOf({ kind: 'mc-dropout', count: 3 });
  const { cohort } = await cohortOf(trials);
  const records = await Promise.all(trials.map((trial) => roundsOf(trial, cohort)));
  expect(records[0]?.[0]?.metrics).toStrictEqual(records[1]?.[0]?.metrics);
  const again = await roundsOf(trials[1] as Trial, (await cohortOf(trials)).cohort);
  expect(again.map(({ queriedRows }) => queriedRows)).toEqual(
    records[1]?.map(({ queriedRows }) => queriedRows),
  );
});

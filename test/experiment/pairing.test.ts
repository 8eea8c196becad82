/** What the strategies of a cohort share, and what one round's training may know of another. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, loadDataset } from '../../src/datasets/index.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { trainingStreams } from '../../src/experiment/trialStreams.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import type { FittedModel } from '../../src/learner/fit.ts';
import type { Learner } from '../../src/learner/learner.ts';
import { epochRows } from '../../src/learner/minibatches.ts';
import { initialize } from '../../src/models/initialize.ts';
import { buildNetwork } from '../../src/models/network.ts';
import type { TrialIdentity } from '../../src/store/record.ts';

/** Identities of one cell, two strategies × two seeds. */
const { trials } = await planFrom({
  ...{ dataset: 'digits', model: 'mlp-dropout', strategy: ['random', 'margin'], seed: '0-1' },
  ...{
    initialPoolSize: 20,
    queryBatchSize: 10,
    rounds: 2,
    name: 'pairing',
    training: { stop: { rule: 'steps', steps: 12 } },
  },
});
const identityOf = (strategy: string, seed = 0): TrialIdentity => {
  const found = trials.find(({ identity }) => identity.strategy.name === strategy && identity.seed === seed);
  if (found === undefined) throw new Error(`The plan has no ${strategy} with seed ${seed}.`);
  return found.identity;
};

describe('initial weights, minibatches and dropout', () => {
  const network = buildNetwork(identityOf('random').model.layers, { sampleShape: [8, 8], numClasses: 10 });
  /** All that a training draws, as positions in the labelled set, so that it can be compared between sets. */
  const draws = (identity: TrialIdentity, round: number) => {
    const { weights, minibatches, dropout } = trainingStreams(identity, round);
    const positions = Int32Array.from({ length: 40 }, (_, i) => i);
    return {
      weights: initialize(identity.model.initializer, network.parameters, weights),
      minibatches: [epochRows(positions, 0, minibatches), epochRows(positions, 64, minibatches)],
      dropout: Array.from({ length: 100 }, () => dropout.uint32()),
    };
  };

  test('do not depend on the strategy', () => {
    for (const round of [0, 1, 7]) {
      expect(draws(identityOf('margin'), round)).toStrictEqual(draws(identityOf('random'), round));
    }
  });

  test('depend on the seed, the round and the architecture, each by itself', () => {
    const identity = identityOf('margin');
    const [first] = identity.model.layers;
    const narrower = {
      ...identity.model,
      layers: identity.model.layers.map((layer) => (layer === first ? { ...layer, units: 127 } : layer)),
    };
    const base = draws(identity, 1);
    for (const other of [draws(identity, 2), draws(identityOf('margin', 1), 1)]) {
      for (const key of ['weights', 'minibatches', 'dropout'] as const)
        expect(other[key]).not.toEqual(base[key]);
    }
    const otherModel = draws({ ...identity, model: narrower }, 1);
    for (const key of ['minibatches', 'dropout'] as const) expect(otherModel[key]).not.toEqual(base[key]);
  });
});

describe('a learner that has fitted before', () => {
  let dataset: Dataset;
  let learner: Learner;
  const identity = identityOf('margin');
  const [few, many] = [
    Int32Array.from({ length: 40 }, (_, i) => 11 * i),
    Int32Array.from({ length: 90 }, (_, i) => 1700 - 7 * i),
  ];
  const testRows = Int32Array.from({ length: 100 }, (_, i) => 1796 - i);

  const newLearner = async () =>
    createLearner(await createOnnxEngine(), dataset, dataset.info.normalizations.unit, identity.model);
  const train = (by: Learner, rows: Int32Array, round: number, startFrom?: FittedModel) =>
    by.fit({
      ...{ rows, labels: Int32Array.from(dataset.labels), streams: trainingStreams(identity, round) },
      validation: { rows: new Int32Array(0), labels: [] },
      ...(startFrom && { startFrom }),
    });
  const predictions = async (model: FittedModel, by = learner) =>
    (await by.predict(model, testRows)).logProbabilities;
  const weights = (model: FittedModel) =>
    Promise.all(model.parameters.map(async (tensor) => Float32Array.from((await tensor.read()).data)));

  beforeAll(async () => {
    dataset = await loadDataset('digits');
    learner = await newLearner();
  });

  test('fits as one that has not', async () => {
    await train(learner, few, 0);
    const second = await train(learner, many, 1);
    const fresh = await newLearner();
    const alone = await train(fresh, many, 1);
    expect(await weights(second)).toStrictEqual(await weights(alone));
    expect(await predictions(second)).toStrictEqual(await predictions(alone, fresh));
  });

  test('leaves its earlier models as they were, warm starts from them included', async () => {
    const model = await train(learner, few, 0);
    const before = [await weights(model), await predictions(model)];
    await train(learner, many, 1);
    const warm = await train(learner, many, 1, model);
    expect([await weights(model), await predictions(model)]).toStrictEqual(before);
    expect(await predictions(warm)).not.toEqual(await predictions(model));
  });

  test('starts warm from the model it is given', async () => {
    const model = await train(learner, few, 0);
    const [cold, warm, again] = [
      await train(learner, many, 1),
      await train(learner, many, 1, model),
      await train(learner, many, 1, model),
    ];
    expect(await weights(warm)).not.toEqual(await weights(cold));
    expect(await weights(warm)).toStrictEqual(await weights(again));
  });
});

/** Networks trained and asked side by side must be those that would have been trained alone. */

import { describe, expect, it } from 'vitest';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import { type FitRequest, TrainingDiverged } from '../../src/learner/fit.ts';
import { fitStreams } from '../../src/learner/fitStreams.ts';
import type { Learner } from '../../src/learner/learner.ts';
import { createLockstep } from '../../src/learner/lockstep.ts';
import { createReplicaLearner } from '../../src/learner/replicaLearner.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { ModelConfig, StopConfig, TrainingConfig } from '../../src/models/modelConfig.ts';
import { defaultTraining } from '../../src/models/presets.ts';
import { collectSamples } from './collectSamples.ts';
import { tinyDataset, tinyLayers } from './tinyDataset.ts';

const dataset = tinyDataset();
const labels = Int32Array.from(dataset.labels);
const scaling = dataset.info.normalizations.standard;
const sgd = { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: false } as const;
const modelWith = (training: Partial<TrainingConfig>): ModelConfig => ({
  ...{ layers: tinyLayers, initializer: 'pytorch' },
  training: {
    ...defaultTraining,
    ...{ optimizer: sgd, batchSize: 8, minimumSamplesPerEpoch: 20 },
    stop: { rule: 'epochs', epochs: 4 },
    ...training,
  },
});
const firstRows = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

function requestOf(seed: number, patch: Partial<FitRequest> = {}): FitRequest {
  return {
    ...{ rows: firstRows(20).map((row) => (row + 7 * seed) % 50), labels },
    validation: { rows: Int32Array.of(50, 51, 52, 53, 54, 55, 56, 57, 58, 59), labels: labels.slice(50) },
    streams: fitStreams({ seed }),
    ...patch,
  };
}

/** Everything that can be asked of a network, as numbers. */
async function observe(learner: Learner, seed: number, patch: Partial<FitRequest> = {}) {
  const rows = firstRows(60);
  const model = await learner.fit(requestOf(seed, patch));
  const { logProbabilities } = await learner.predict(model, rows);
  const streams = [0, 1, 2].map((sample) => deriveStream('mc-dropout', { seed, sample }));
  const samples = await collectSamples(learner.sample(model, rows.subarray(seed), streams));
  const { values } = await learner.embed(model, rows.subarray(0, 10 + seed));
  return { training: model.training, numbers: [...logProbabilities, ...samples.flat(), ...values] };
}

async function alone(config: ModelConfig, seed: number, patch: Partial<FitRequest> = {}) {
  const learner = await createLearner(await createOnnxEngine(), dataset, scaling, config);
  return observe(learner, seed, patch);
}

async function lockstepOf(config: ModelConfig, numReplicas: number) {
  return createLockstep(
    await createReplicaLearner(await createOnnxEngine(), dataset, scaling, config, numReplicas),
  );
}

async function together(config: ModelConfig, seeds: readonly number[], numReplicas = seeds.length) {
  const lockstep = await lockstepOf(config, numReplicas);
  const members = seeds.map((seed) => ({ seed, learner: lockstep.join() }));
  return Promise.all(
    members.map(async ({ seed, learner }) => {
      const seen = await observe(learner, seed);
      learner.leave();
      return seen;
    }),
  );
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);
}

const rules: Readonly<Record<string, StopConfig>> = {
  epochs: { rule: 'epochs', epochs: 4 },
  steps: { rule: 'steps', steps: 7 },
  'validation accuracy, best epoch kept': { rule: 'validation-accuracy', patience: 2, maximumEpochs: 15 },
  'training loss': { rule: 'training-loss', tolerance: 0.03, patience: 2, maximumEpochs: 25 },
  'training accuracy': { rule: 'training-accuracy', accuracy: 0.8, maximumEpochs: 25 },
  'running accuracy': { rule: 'running-accuracy', accuracy: 0.6, maximumEpochs: 25 },
};

describe.each(Object.entries(rules))('stop rule: %s', (name, stop) => {
  const seeds = [0, 1, 2];
  const augmentation = { cropPadding: 1, horizontalFlip: false };

  it('three networks side by side are the three alone', async () => {
    const packed = await together(modelWith({ stop, augmentation }), seeds);
    for (const [i, seed] of seeds.entries()) {
      const single = await alone(modelWith({ stop, augmentation }), seed);
      expect(packed[i]?.training.epochs).toBe(single.training.epochs);
      expect(packed[i]?.training.steps).toBe(single.training.steps);
      expect(packed[i]?.training.finalLoss).toBeCloseTo(single.training.finalLoss, 4);
      expect(largestDifference(packed[i]?.numbers ?? [], single.numbers)).toBeLessThan(1e-4);
    }
    // A rule that looks at results must have stopped them at different times, or this shows nothing.
    const epochs = new Set(packed.map(({ training }) => training.epochs));
    expect(epochs.size > 1).toBe(name !== 'epochs' && name !== 'steps');
  });
});

it('masks per row are the same in a pack and alone', async () => {
  const samples = { kind: 'mc-dropout', count: 3, masks: 'per-row' } as const;
  const packed = await together({ ...modelWith({}), samples }, [0, 1]);
  for (const seed of [0, 1]) {
    const single = await alone({ ...modelWith({}), samples }, seed);
    expect(largestDifference(packed[seed]?.numbers ?? [], single.numbers)).toBeLessThan(1e-4);
  }
});

it('an idle slot decides nothing', async () => {
  const [two] = await Promise.all([together(modelWith({}), [0, 1], 4)]);
  const single = await alone(modelWith({}), 1);
  expect(largestDifference(two[1]?.numbers ?? [], single.numbers)).toBeLessThan(1e-4);
});

it('equal networks in different slots are equal to the last bit', async () => {
  const packed = await together(modelWith({}), [3, 3, 3, 3]);
  for (const { numbers } of packed) expect(numbers).toEqual(packed[0]?.numbers);
});

it('a network that diverges fails alone', async () => {
  const engine = await createOnnxEngine();
  const replicas = await createReplicaLearner(engine, dataset, scaling, modelWith({}), 2);
  const lockstep = createLockstep(replicas);
  const drawn = initialize('pytorch', replicas.network.parameters, deriveStream('weights', { seed: 1 }));
  const parameters = replicas.network.parameters.map(({ shape }, i) => {
    const own = [...(drawn[i] ?? [])];
    const data = Float32Array.from([...own.map(() => 1e30), ...own]);
    return engine.upload({ dtype: 'float32', shape: [2, ...shape], data });
  });
  const training = { epochs: 0, steps: 0, finalLoss: 0 };
  const [bad, good] = await Promise.allSettled(
    [lockstep.join(), lockstep.join()].map((learner, replica) =>
      observe(learner, 1, { startFrom: { parameters, replica, training } }).finally(learner.leave),
    ),
  );
  expect(bad?.status === 'rejected' && bad.reason).toBeInstanceOf(TrainingDiverged);
  expect(good?.status).toBe('fulfilled');
  const single = await alone(modelWith({}), 1);
  const numbers = good?.status === 'fulfilled' ? good.value.numbers : [];
  // Alone, the weights are drawn from the stream that gave these.
  expect(largestDifference(numbers, single.numbers)).toBeLessThan(1e-4);
});

it('trials that are at different label counts, or have left, hold nobody up', async () => {
  const config = modelWith({});
  const lockstep = await lockstepOf(config, 3);
  const [a, b, c] = [lockstep.join(), lockstep.join(), lockstep.join()];
  c.leave();
  const [of20, of30] = await Promise.all([
    observe(a, 0).finally(a.leave),
    observe(b, 1, { rows: firstRows(30) }).finally(b.leave),
  ]);
  expect(largestDifference(of20.numbers, (await alone(config, 0)).numbers)).toBeLessThan(1e-4);
  const single = await alone(config, 1, { rows: firstRows(30) });
  expect(largestDifference(of30.numbers, single.numbers)).toBeLessThan(1e-4);
});

it('a warm start goes on from the own slot’s weights', async () => {
  const config = modelWith({});
  const warm = async (learner: Learner, seed: number) => {
    const first = await learner.fit(requestOf(seed));
    const second = await learner.fit(requestOf(seed + 10, { startFrom: first }));
    return [...(await learner.predict(second, firstRows(60))).logProbabilities];
  };
  const lockstep = await lockstepOf(config, 2);
  const members = [lockstep.join(), lockstep.join()];
  const packed = await Promise.all(
    members.map((learner, seed) => warm(learner, seed).finally(learner.leave)),
  );
  for (const seed of [0, 1]) {
    const learner = await createLearner(await createOnnxEngine(), dataset, scaling, config);
    expect(largestDifference(packed[seed] ?? [], await warm(learner, seed))).toBeLessThan(1e-4);
  }
});

it('an interruption reaches everybody', async () => {
  const lockstep = await lockstepOf(modelWith({}), 2);
  const stop = (): void => {
    throw new Error('stopped');
  };
  const members = [lockstep.join(), lockstep.join()];
  const outcomes = await Promise.allSettled(
    members.map((learner, seed) => learner.fit(requestOf(seed, { checkInterruption: stop }))),
  );
  for (const outcome of outcomes) {
    expect(outcome.status).toBe('rejected');
    expect(outcome.status === 'rejected' && outcome.reason.message).toBe('stopped');
  }
});

it('waiting is not working: shares of the work add up to no more than the run', async () => {
  const lockstep = await lockstepOf(modelWith({}), 2);
  const members = [lockstep.join(), lockstep.join()];
  const start = performance.now();
  await Promise.all(members.map((learner, seed) => observe(learner, seed).finally(learner.leave)));
  const seconds = (performance.now() - start) / 1000;
  const worked = members.map(({ clock }) => clock.worked);
  expect(Math.min(...worked)).toBeGreaterThan(0);
  expect(worked.reduce((a, b) => a + b, 0)).toBeLessThan(seconds);
  for (const { clock } of members) expect(clock.waited).toBeGreaterThan(clock.worked);
});

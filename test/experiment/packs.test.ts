import { describe, expect, it } from 'vitest';
import { datasetInfo } from '../../src/datasets/index.ts';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { halve, type PackLimits, packTrials } from '../../src/experiment/packs.ts';
import { replicaBytes } from '../../src/learner/replicaBytes.ts';
import { presets } from '../../src/models/presets.ts';
import type { Trial } from '../../src/store/record.ts';

async function trialsOf(changes: object = {}): Promise<readonly Trial[]> {
  const { trials } = await planFrom({
    ...{ name: 'packs', dataset: 'digits', model: 'mlp', strategy: ['random', 'margin', 'entropy'] },
    ...{ seed: '0-4', initialPoolSize: 20, queryBatchSize: 10, rounds: 3, ...changes },
  });
  return trials;
}
const packing = { mostReplicas: 16, memoryBytes: 2 ** 40, rowsPerRun: 4096 };
const limits: PackLimits = { packing, infoOf: datasetInfo, numWorkers: 1 };
const sizes = (packs: ReadonlyArray<readonly Trial[]>): number[] => packs.map(({ length }) => length);

describe('packTrials', () => {
  it('leaves trials alone where the engine computes one network best', async () => {
    const packs = packTrials(await trialsOf(), { ...limits, packing: undefined });
    expect(sizes(packs)).toEqual(new Array(15).fill(1));
  });

  it('fills packs evenly, up to what is worth while', async () => {
    expect(sizes(packTrials(await trialsOf(), limits))).toEqual([15]);
    const small = { ...limits, packing: { ...packing, mostReplicas: 8 } };
    expect(sizes(packTrials(await trialsOf(), small)).sort()).toEqual([7, 8]);
  });

  it('gives every worker something', async () => {
    expect(sizes(packTrials(await trialsOf(), { ...limits, numWorkers: 3 }))).toEqual([5, 5, 5]);
  });

  it('keeps the order, and every trial once', async () => {
    const trials = await trialsOf({ initialPoolSize: [20, 50], model: ['mlp', 'logistic'] });
    const packed = packTrials(trials, { ...limits, packSize: 4 }).flat();
    expect(packed.map(({ id }) => id).sort()).toEqual(trials.map(({ id }) => id).sort());
  });

  it('puts together only what has as many labels and the same program', async () => {
    const trials = await trialsOf({ initialPoolSize: [20, 50], model: ['mlp', 'logistic'] });
    for (const pack of packTrials(trials, limits)) {
      const shapes = pack.map(({ identity: { model, initialPoolSize } }) =>
        JSON.stringify({ model, initialPoolSize }),
      );
      expect(new Set(shapes).size).toBe(1);
    }
  });

  it('takes no more networks than the memory holds, and at least one', async () => {
    const trials = await trialsOf();
    const info = datasetInfo('digits');
    const identity = trials[0]?.identity as Trial['identity'];
    const one = replicaBytes(info, info.normalizations.unit, identity.model, identity.budget);
    const holding = (networks: number, numWorkers = 1) =>
      sizes(
        packTrials(trials, {
          ...{ ...limits, numWorkers },
          packing: { ...packing, memoryBytes: networks * one },
        }),
      );
    expect(Math.max(...holding(5))).toBe(5);
    expect(Math.max(...holding(5, 2))).toBe(2);
    expect(holding(0.1)).toEqual(new Array(15).fill(1));
  });

  it('does as it is told', async () => {
    expect(sizes(packTrials(await trialsOf(), { ...limits, packing: undefined, packSize: 5 }))).toEqual([
      5, 5, 5,
    ]);
  });
});

it('halving leaves nobody out', async () => {
  const trials = await trialsOf();
  expect(sizes(halve(trials)).sort()).toEqual([7, 8]);
  expect(halve(trials).flat()).toEqual(trials);
  expect(sizes(halve(trials.slice(0, 2)))).toEqual([1, 1]);
});

describe('replicaBytes', () => {
  const bytesOf = (name: string, numLabels = 1000): number => {
    const info = datasetInfo('mnist');
    const config = presets[name]?.config;
    if (config === undefined) throw new Error(`There is no preset "${name}".`);
    return replicaBytes(info, info.normalizations.unit, config, numLabels);
  };

  it('holds at least weights, gradients and both of Adam’s moments', () => {
    const numWeights = 784 * 128 + 128 + 128 * 256 + 256 + 256 * 10 + 10;
    expect(bytesOf('mlp')).toBeGreaterThan(4 * 4 * numWeights);
    expect(bytesOf('mlp')).toBeLessThan(60 * 4 * numWeights);
  });

  it('grows with the minibatch, which is no larger than the labelled set', () => {
    expect(bytesOf('logistic', 2000)).toBeGreaterThan(1.5 * bytesOf('logistic', 1000));
    expect(bytesOf('mlp', 2000)).toBe(bytesOf('mlp', 1000));
  });

  it('counts what convolutions compute', () => {
    // 32 channels of 25 × 25 and of 22 × 22 for 128 rows, forward and backward.
    expect(bytesOf('cnn-gal')).toBeGreaterThan(2 * 4 * 128 * 32 * (25 ** 2 + 22 ** 2));
  });
});

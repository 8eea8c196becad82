import { describe, expect, it } from 'vitest';
import { planFrom } from '../../src/experiment/loadPlan.ts';

const spec = (training: object) => ({
  ...{ name: 'training', dataset: 'digits', model: 'mlp', strategy: 'random', seed: 0, training },
  ...{ initialPoolSize: 20, queryBatchSize: 10, rounds: 1 },
});

async function trainingOf(training: object) {
  const { trials } = await planFrom(spec(training));
  return trials[0]?.identity.model.training;
}

describe('losses, schedules and clipping in a spec', () => {
  it('are completed by their defaults', async () => {
    expect(await trainingOf({ loss: { name: 'focal' } })).toMatchObject({
      loss: { name: 'focal', gamma: 2 },
    });
    expect(await trainingOf({ loss: { name: 'cross-entropy', labelSmoothing: 0.1 } })).toMatchObject({
      loss: { name: 'cross-entropy', labelSmoothing: 0.1 },
    });
    expect(await trainingOf({ schedule: { name: 'step', factor: 0.5 }, clipNorm: 1 })).toMatchObject({
      schedule: { name: 'step', everyEpochs: 10, factor: 0.5 },
      clipNorm: 1,
    });
  });

  it('are part of a trial’s id only where they are given', async () => {
    const ids = await Promise.all(
      [{}, { schedule: { name: 'cosine' } }, { loss: { name: 'focal' } }, { clipNorm: 5 }].map(
        async (training) => {
          const { trials } = await planFrom(spec(training));
          return trials[0]?.id;
        },
      ),
    );
    expect(new Set(ids).size).toBe(4);
    expect(await trainingOf({})).not.toHaveProperty('schedule');
  });

  it.each([
    [{ loss: { name: 'focal', labelSmoothing: 0.1 } }, 'labelSmoothing'],
    [{ loss: { name: 'focal', gamma: 0.5 } }, 'gamma'],
    [{ schedule: { name: 'cosine', factor: 0.5 } }, 'factor'],
    [{ schedule: { name: 'cosin' } }, 'did you mean "cosine"'],
    [{ clipNorm: 0 }, 'clipNorm'],
  ])('%o is refused with the place', async (training, words) => {
    await expect(planFrom(spec(training))).rejects.toThrow(words);
  });
});

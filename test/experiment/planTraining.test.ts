import { describe, expect, it } from 'vitest';
import { planFrom } from '../../src/experiment/loadPlan.ts';
import { checkLayerShapes } from '../../src/experiment/planModel.ts';
import { presets } from '../../src/models/presets.ts';

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

  it('augmentation is completed, part of an id, and none where it changes nothing', async () => {
    expect(await trainingOf({ augmentation: { cropPadding: 2 } })).toMatchObject({
      augmentation: { cropPadding: 2, horizontalFlip: false },
    });
    for (const augmentation of [{}, { cropPadding: 0, horizontalFlip: false }]) {
      expect(await trainingOf({ augmentation })).not.toHaveProperty('augmentation');
    }
    const distil = { ...spec({}), dataset: 'mnist', model: 'cnn-distil' };
    const ids = new Set<string | undefined>();
    for (const augmentation of [
      { cropPadding: 4, horizontalFlip: true },
      { cropPadding: 4 },
      { cropPadding: 0 },
    ]) {
      const { trials } = await planFrom({ ...distil, training: { augmentation } });
      ids.add(trials[0]?.id);
    }
    // What the preset has, named, is the preset.
    expect(ids).toContain((await planFrom(distil)).trials[0]?.id);
    expect(ids.size).toBe(3);
  });

  it('an image cannot be moved by its size, and what is no image cannot be moved', async () => {
    await expect(planFrom(spec({ augmentation: { cropPadding: 8 } }))).rejects.toThrow(
      'An image of 8 × 8 can be moved by less than its size; the cropPadding of the model "mlp" is 8. Take a smaller one.',
    );
    const { config } = presets['cnn-distil'] as (typeof presets)[string];
    expect(() =>
      checkLayerShapes({ label: 'cnn', config }, 'mine', { sampleShape: [6], numClasses: 3 }),
    ).toThrow('Augmentation crops and mirrors images, and the samples of mine have the shape [6].');
  });

  it.each([
    [{ augmentation: { cropPadding: -1 } }, 'cropPadding'],
    [{ augmentation: { crop: 4 } }, 'crop'],
    [{ stop: { rule: 'running-accuracy', patience: 3 } }, 'patience'],
    [{ loss: { name: 'focal', labelSmoothing: 0.1 } }, 'labelSmoothing'],
    [{ loss: { name: 'focal', gamma: 0.5 } }, 'gamma'],
    [{ schedule: { name: 'cosine', factor: 0.5 } }, 'factor'],
    [{ schedule: { name: 'cosin' } }, 'did you mean "cosine"'],
    [{ clipNorm: 0 }, 'clipNorm'],
  ])('%o is refused with the place', async (training, words) => {
    await expect(planFrom(spec(training))).rejects.toThrow(words);
  });
});

// The mean of 20 MC-dropout samples for 50,000 images, all cores busy, each with its part of the images. The CNN's rate is
// measured on fewer images: it is the same for any number of them.
import { availableParallelism } from 'node:os';
import { compare } from './compare.mjs';
import { ours, torch } from './sides.mjs';

const numCores = availableParallelism();
const numDrawn = 20;
const models = [
  { model: 'mlp-dropout', title: 'MLP', numImages: 50_000 },
  { model: 'cnn-batchbald', title: 'CNN', numImages: 1_000 },
];
const programs = [
  { how: 'train-mode', title: 'PyTorch', detail: 'model in train mode, the whole network once per sample' },
  {
    how: 'consistent',
    title: 'PyTorch, hand-optimised',
    detail: 'one mask per sample for all images, the layers before the first dropout once',
  },
];

export async function* scoring(repetitions = 5) {
  for (const { model, title, numImages } of models) {
    const perCore = Math.ceil(numImages / numCores);
    const side = ours('score.mjs', model, perCore, numDrawn, numCores);
    for (const { how, title: name, detail } of programs) {
      const rival = { ...torch(numCores, 'torch_score.py', model, perCore, numDrawn, how), name };
      const what = `${title} scoring, MC-dropout K = ${numDrawn}`;
      yield compare(
        {
          ...{ what, ours: side, rival, goal: 1.5, unit: 'images/s' },
          detail: `${model}, ${numImages} images a repetition; PyTorch: ${detail}, batches of 1,000 in inference mode, ${numCores} processes of one thread`,
        },
        repetitions,
      );
    }
  }
}

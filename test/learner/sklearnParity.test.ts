/**
 * The models against scikit-learn's, on the splits of `digits-masks.json`. scikit-learn's own numbers are in
 * `sklearn-parity.json`; scripts/fixtures/sklearn_parity.py wrote both files.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Dataset, type IndexMasks, loadDataset, readIndexMasks } from '../../src/datasets/index.ts';
import { maskOf } from '../../src/datasets/indexMasks.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { evaluate } from '../../src/learner/evaluate.ts';
import { createLearner } from '../../src/learner/learner.ts';
import type { ModelConfig } from '../../src/models/modelConfig.ts';
import { presets } from '../../src/models/presets.ts';

interface Scores {
  readonly accuracy: number;
  readonly nll: number;
}

/** One number per repeat on the same rows. */
type Repeats = Readonly<Record<keyof Scores | 'epochs' | 'finalLoss', readonly number[]>>;

interface Fit {
  readonly seed: number;
  /** `initial`: 200 rows. `pool`: 1300, those among them. */
  readonly trainedOn: 'initial' | 'pool';
  readonly logistic: Scores & { readonly objective: number; readonly probabilities: readonly number[][] };
  readonly mlp: Repeats;
  readonly mlpUntilFlat: Repeats;
}

const pathOf = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const fixture: { featuresSha256: string; labelsSha256: string; fits: Fit[] } = JSON.parse(
  readFileSync(pathOf('sklearn-parity.json'), 'utf8'),
);

/** Milliseconds, for a machine that is slow and busy. */
const TRAINING_LIMIT = 120_000;

let dataset: Dataset;
let masks: IndexMasks;
beforeAll(async () => {
  dataset = await loadDataset('digits');
  masks = await readIndexMasks(pathOf('digits-masks.json'), dataset.info);
});

/** What our model makes of the rows of each of `fits`. */
async function fitAll(config: ModelConfig, fits: readonly Fit[]) {
  const learner = await createLearner(
    await createOnnxEngine(),
    dataset,
    dataset.info.normalizations.unit,
    config,
  );
  const labels = Int32Array.from(dataset.labels);
  const results = [];
  for (const { seed, trainedOn } of fits) {
    const { pool, initial = pool, test } = maskOf(masks, seed);
    const model = await learner.fit({
      rows: trainedOn === 'initial' ? initial : pool,
      labels,
      validation: { rows: new Int32Array(0), labels: [] },
      streams: {
        weights: deriveStream('weights', { seed }),
        minibatches: deriveStream('minibatches', { seed }),
        dropout: deriveStream('dropout', { seed }),
      },
    });
    const prediction = await learner.predict(model, test);
    const { accuracy, nll } = evaluate(
      prediction,
      test.map((row) => labels[row] as number),
    );
    results.push({ accuracy, nll, ...model.training, numTest: test.length, prediction });
  }
  await learner.dispose();
  return results;
}

const configOf = (name: string): ModelConfig => (presets[name] as (typeof presets)[string]).config;
const fitsOn = (rows: string) => fixture.fits.filter(({ trainedOn }) => trainedOn === rows);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) =>
  (mean(values.map((value) => (value - mean(values)) ** 2)) * values.length) / (values.length - 1);

it('has scikit-learn’s digits, row by row', () => {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  expect(sha256(dataset.features)).toBe(fixture.featuresSha256);
  expect(sha256(dataset.labels)).toBe(fixture.labelsSha256);
});

/** Convex: there is one optimum, and both are there but for rounding. */
describe.each(['initial', 'pool'])('logistic, trained on the %s rows', (rows) => {
  const fits = fitsOn(rows);
  let ours: Awaited<ReturnType<typeof fitAll>>;
  beforeAll(async () => {
    ours = await fitAll(configOf('logistic'), fits);
  }, TRAINING_LIMIT);

  // scikit-learn at its default `tol` is up to 5e-5 away.
  it('comes within 2e-5 of the least possible loss, seed by seed', () => {
    fits.forEach(({ seed, logistic }, i) => {
      const excess = (ours[i]?.finalLoss as number) - logistic.objective;
      expect(excess, `seed ${seed}`).toBeGreaterThan(-1e-6);
      expect(excess, `seed ${seed}`).toBeLessThan(2e-5);
    });
  });

  it('predicts what scikit-learn does, seed by seed', () => {
    fits.forEach(({ seed, logistic }, i) => {
      const { accuracy, nll, numTest, prediction } = ours[i] as (typeof ours)[number];
      expect(Math.abs(accuracy - logistic.accuracy) * numTest, `rows apart, seed ${seed}`).toBeLessThan(1.5);
      expect(Math.abs(nll - logistic.nll), `nll, seed ${seed}`).toBeLessThan(3e-4);
      logistic.probabilities.flat().forEach((probability, entry) => {
        const logProbability = prediction.logProbabilities[entry] as number;
        expect(Math.abs(Math.exp(logProbability) - probability), `seed ${seed}`).toBeLessThan(5e-3);
      });
    });
  });
});

/**
 * Weights and minibatch orders are drawn, so means are compared. scikit-learn's own spread is (1) the standard
 * deviation over the ten seeds, as the reader of a benchmark sees it; (2) the standard deviation over repeats on
 * the same rows, pooled over the ten splits, from which follows the standard error of the difference of the means: the
 * tighter by far, since the splits are the same on both sides.
 */
describe.each(['initial', 'pool'])('mlp-sklearn, trained on the %s rows', (rows) => {
  const preset = configOf('mlp-sklearn');
  const untilFlat: ModelConfig = {
    ...preset,
    training: { ...preset.training, stop: { ...preset.training.stop, maximumEpochs: 2000 } as never },
  };

  describe.each([
    ['as it is (200 epochs)', preset, 'mlp'],
    ['until its loss is flat', untilFlat, 'mlpUntilFlat'],
  ] as const)('%s', (_, config, key) => {
    const theirs = fitsOn(rows).map((fit) => fit[key]);
    let ours: Awaited<ReturnType<typeof fitAll>>;
    beforeAll(async () => {
      ours = await fitAll(config, fitsOn(rows));
    }, TRAINING_LIMIT);

    it.each(['accuracy', 'nll', 'epochs', 'finalLoss'] as const)('mean %s', (metric) => {
      const our = mean(ours.map((result) => result[metric]));
      const firstOf = theirs.map((repeats) => repeats[metric][0] as number);
      expect(Math.abs(our - mean(firstOf))).toBeLessThanOrEqual(Math.sqrt(variance(firstOf)));
      const all = theirs.flatMap((repeats) => repeats[metric]);
      const ownVariance = mean(theirs.map((repeats) => variance(repeats[metric])));
      const standardError = Math.sqrt(ownVariance * (1 / ours.length + 1 / all.length));
      console.log(rows, key, metric, our, mean(all), (our - mean(all)) / standardError);
      expect(Math.abs(our - mean(all))).toBeLessThanOrEqual(3 * standardError);
    });
  });
});

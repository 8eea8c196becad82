/** MC-dropout and embeddings against arithmetic written out, on both engines. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engines/index.ts';
import { deriveStream, type RandomStream, rowStreams } from '../../src/foundation/randomStream.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import { drawDropoutMasks } from '../../src/learner/dropoutMasks.ts';
import type { FittedModel } from '../../src/learner/fit.ts';
import type { Learner } from '../../src/learner/learner.ts';
import { sampleEnsemble } from '../../src/learner/sampleEnsemble.ts';
import { sampleChunk } from '../../src/learner/sampleInChunks.ts';
import { sharedMasks } from '../../src/learner/sampleMasks.ts';
import { meanPrediction, type SampleChunk } from '../../src/learner/samples.ts';
import { samplingProgram } from '../../src/learner/samplingPrograms.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { LayerConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { defaultTraining } from '../../src/models/presets.ts';
import { collectSamples, largestDifference, rowsOf } from './collectSamples.ts';
import { tinyLayers as layers, tinyDataset } from './tinyDataset.ts';

const dataset = tinyDataset();
const { numSamples, sampleShape, numClasses } = dataset.info;
const normalization = dataset.info.normalizations.standard;
const network = buildNetwork(layers, { sampleShape, numClasses });
const weights = initialize('pytorch', network.parameters, deriveStream('weights', { test: 'sampling' }));
const streams = (count: number): RandomStream[] =>
  Array.from({ length: count }, (_, sample) => deriveStream('mc-dropout', { test: 'sampling', sample }));
const rows = rowsOf(17, 3, 3, 42, 59, 0, 8);

/** x · W + b, W [inputs, units]. */
function affine(x: readonly number[], W: Float32Array, b: Float32Array): number[] {
  return Array.from(b, (bias, j) =>
    x.reduce((sum, value, i) => sum + value * (W[i * b.length + j] as number), bias),
  );
}

const [W1, b1, W2, b2] = weights as [Float32Array, Float32Array, Float32Array, Float32Array];
const hidden = (row: number): number[] => {
  const bytes = [...dataset.features.subarray(row * 6, row * 6 + 6)];
  return affine(
    bytes.map((byte) => byte * normalization.scale + normalization.shift),
    W1,
    b1,
  );
};
const relu = (values: readonly number[]): number[] => values.map((value) => Math.max(0, value));

/** Log-probabilities of `row` with its activations multiplied by the two masks. */
function manual(row: number, [first, second]: readonly (readonly number[])[]): number[] {
  const masked = (values: number[], mask: readonly number[] | undefined) =>
    values.map((value, i) => value * (mask?.[i] ?? 1));
  const logits = masked(affine(relu(masked(hidden(row), first)), W2, b2), second);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits.map((logit) => logit - Math.log(sum));
}

/** Sample k's masks, scaled: drawn as training draws one step of one row. */
const manualMasks = (stream: RandomStream): number[][] =>
  drawDropoutMasks(network.masks, { numSteps: 1, batchSize: 1 }, stream).map((mask, i) =>
    Array.from(mask, (byte) => byte / (1 - (network.masks[i]?.rate ?? 0))),
  );

describe.each(['reference', 'onnx'])('%s', (name) => {
  let learner: Learner;
  let model: FittedModel;
  let sampleBy: (rowsPerRun: number, count: number) => AsyncIterable<SampleChunk>;
  beforeAll(async () => {
    const engine = await createEngine(name);
    const config = { layers, initializer: 'pytorch', training: defaultTraining } as const;
    learner = await createLearner(engine, dataset, normalization, config);
    const parameters = weights.map((data, i) =>
      engine.upload({ dtype: 'float32', shape: [1, ...(network.parameters[i]?.shape ?? [])], data }),
    );
    model = { parameters, replica: 0, training: { epochs: 0, steps: 0, finalLoss: 0 } };
    const definition = { network, numReplicas: 1, numSamples, sampleShape, normalization };
    const executable = await engine.compile(samplingProgram(definition));
    const features = engine.upload({ dtype: 'uint8', shape: [numSamples, 6], data: dataset.features });
    const sampler = { engine, executable, features, parameters, network };
    sampleBy = async function* (rowsPerRun, count) {
      const masks = sharedMasks(network.masks, streams(count))(rows);
      for (let start = 0; start < rows.length; start += rowsPerRun) {
        const chunk = rows.subarray(start, start + rowsPerRun);
        const [logProbabilities] = await sampleChunk(sampler, [{ rows: chunk, masks }], count);
        if (logProbabilities === undefined) throw new Error('Nothing was sampled.');
        yield { start, numRows: chunk.length, numDrawn: count, numClasses, logProbabilities };
      }
    };
  });

  it('every sample is the forward pass under its masks, and the prediction their mean', async () => {
    const expected = streams(6).map((stream) => {
      const masks = manualMasks(stream);
      return [...rows].map((row) => manual(row, masks));
    });
    const samples = await collectSamples(learner.sample(model, rows, streams(6)));
    expect(samples.length).toBe(6);
    samples.forEach((sample, k) => {
      expect(largestDifference(sample, (expected[k] as number[][]).flat())).toBeLessThan(1e-5);
    });
    const mean = await meanPrediction(learner.sample(model, rows, streams(6)), {
      ...{ numSamples: rows.length, numClasses },
    });
    const manualMean = [...rows].flatMap((_, i) =>
      Array.from({ length: numClasses }, (_, c) =>
        Math.log(expected.reduce((sum, sample) => sum + Math.exp(sample[i]?.[c] as number), 0) / 6),
      ),
    );
    expect(largestDifference(mean.logProbabilities, manualMean)).toBeLessThan(1e-5);
  });

  it('equal rows have equal samples, and different samples differ', async () => {
    const samples = await collectSamples(learner.sample(model, rows, streams(4)));
    for (const sample of samples) {
      const of = (i: number) => sample.slice(i * numClasses, (i + 1) * numClasses);
      expect(of(1)).toEqual(of(2));
      expect(of(0)).not.toEqual(of(1));
    }
    expect(new Set(samples.map((sample) => sample.join())).size).toBe(4);
  });

  it('the size of a chunk decides nothing, nor does how many samples are drawn after', async () => {
    const whole = await collectSamples(sampleBy(1000, 3));
    for (const rowsPerRun of [1, 2, 7]) {
      const pieces = await collectSamples(sampleBy(rowsPerRun, 3));
      pieces.forEach((piece, k) => {
        expect(largestDifference(piece, whole[k] as number[])).toBeLessThan(name === 'onnx' ? 1e-6 : 1e-30);
      });
    }
    expect((await collectSamples(sampleBy(1000, 1)))[0]).toEqual(whole[0]);
  });

  it('masks per row: every row’s sample is the forward pass under its own, whatever rows stand beside it', async () => {
    const engine = await createEngine(name);
    const samples = { kind: 'mc-dropout', count: 3, masks: 'per-row' } as const;
    const config = { layers, initializer: 'pytorch', training: defaultTraining, samples } as const;
    const perRow = await createLearner(engine, dataset, normalization, config);
    const expected = streams(3).map((stream) => {
      const streamOf = rowStreams(stream);
      return [...rows].map((row) => manual(row, manualMasks(streamOf(row))));
    });
    const drawn = await collectSamples(perRow.sample(model, rows, streams(3)));
    drawn.forEach((sample, k) => {
      expect(largestDifference(sample, (expected[k] as number[][]).flat())).toBeLessThan(1e-5);
    });
    const some = await collectSamples(perRow.sample(model, rows.subarray(3, 5), streams(3)));
    some.forEach((sample, k) => {
      const those = drawn[k]?.slice(3 * numClasses, 5 * numClasses) ?? [];
      expect(largestDifference(sample, those)).toBeLessThan(name === 'onnx' ? 1e-6 : 1e-30);
    });
    const shared = await collectSamples(learner.sample(model, rows, streams(3)));
    expect(drawn).not.toEqual(shared);
  });

  it('embeddings are what the last dense layer is given', async () => {
    const { values, width } = await learner.embed(model, rows);
    expect([width, values.length]).toEqual([5, 5 * rows.length]);
    expect(
      largestDifference(
        values,
        [...rows].flatMap((row) => relu(hidden(row))),
      ),
    ).toBeLessThan(1e-5);
  });

  it('an ensemble’s samples are its members’ predictions', async () => {
    const engine = await createEngine(name);
    const doubled = await Promise.all(
      model.parameters.map(async (tensor) => {
        const { data, shape } = await tensor.read();
        return engine.upload({
          dtype: 'float32',
          shape,
          data: Float32Array.from(data, (value) => 2 * value),
        });
      }),
    );
    const members = [model, { ...model, parameters: doubled }];
    const many = Int32Array.from({ length: 1100 }, (_, i) => i % numSamples);
    const samples = await collectSamples(sampleEnsemble(learner.predict, members, many));
    expect(samples.length).toBe(2);
    for (const [k, member] of members.entries()) {
      const { logProbabilities } = await learner.predict(member, many);
      expect(samples[k]).toEqual([...logProbabilities]);
    }
    expect(samples[0]).not.toEqual(samples[1]);
  });
});

const imageLayers: LayerConfig[] = [
  { type: 'conv2d', filters: 4, kernelSize: 2, stride: 1, padding: 'same' },
  { type: 'relu' },
  { type: 'dropout2d', rate: 0.5 },
  { type: 'flatten' },
  { type: 'dense', units: 6 },
  { type: 'dropout', rate: 0.5 },
  { type: 'dense', units: 'numClasses' },
];

it.each<{ masks?: 'per-row' }>([{}, { masks: 'per-row' }])(
  'convolutions with 2D dropout sample alike on both engines, and embed alike: %o',
  async (masks) => {
    const samples = { kind: 'mc-dropout', count: 5, ...masks } as const;
    const config = { layers: imageLayers, initializer: 'he', training: defaultTraining, samples } as const;
    const specs = buildNetwork(imageLayers, { sampleShape, numClasses }).parameters;
    const drawn = initialize('he', specs, deriveStream('weights', { test: 'images' }));
    const results = await Promise.all(
      ['reference', 'onnx'].map(async (name) => {
        const engine = await createEngine(name);
        const learner = await createLearner(engine, dataset, normalization, config);
        const parameters = drawn.map((data, i) =>
          engine.upload({ dtype: 'float32', shape: [1, ...(specs[i]?.shape ?? [])], data }),
        );
        const model = { parameters, replica: 0, training: { epochs: 0, steps: 0, finalLoss: 0 } };
        const samples = await collectSamples(learner.sample(model, rows, streams(5)));
        return { samples: samples.flat(), embeddings: (await learner.embed(model, rows)).values };
      }),
    );
    const [reference, onnx] = results;
    expect(reference?.samples.length).toBe(5 * rows.length * numClasses);
    expect(largestDifference(onnx?.samples ?? [], reference?.samples ?? [])).toBeLessThan(1e-5);
    expect(reference?.embeddings.length).toBe(6 * rows.length);
    expect(largestDifference(onnx?.embeddings ?? [], reference?.embeddings ?? [])).toBeLessThan(1e-5);
  },
);

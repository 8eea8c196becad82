/** A model as a file, opened by a fresh session of ONNX Runtime: raw data in, our predictions out. */

import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { createEngine } from '../../src/engines/index.ts';
import { readMetadata } from '../../src/engines/onnx/readMetadata.ts';
import { version } from '../../src/foundation/version.ts';
import { createLearner } from '../../src/learner/createLearner.ts';
import { exportModel } from '../../src/learner/exportModel.ts';
import type { FittedModel } from '../../src/learner/fit.ts';
import { fitStreams } from '../../src/learner/fitStreams.ts';
import type { LayerConfig } from '../../src/models/modelConfig.ts';
import { defaultTraining } from '../../src/models/presets.ts';
import { largestDifference } from './collectSamples.ts';
import { tinyDataset } from './tinyDataset.ts';

const dataset = tinyDataset();
const { info } = dataset;
const normalization = info.normalizations.standard;
const rows = Int32Array.from({ length: info.numSamples }, (_, row) => row);
const layers: LayerConfig[] = [
  { type: 'conv2d', filters: 4, kernelSize: 2, stride: 1, padding: 'same', bias: false },
  { type: 'batchNorm' },
  { type: 'gelu' },
  { type: 'residual', layers: [{ type: 'conv2d', filters: 4, kernelSize: 1, stride: 1, padding: 'valid' }] },
  { type: 'dropout2d', rate: 0.5 },
  { type: 'maxPool', size: 2, stride: 2 },
  { type: 'averagePool', size: 1, stride: 1 },
  { type: 'dense', units: 6 },
  { type: 'batchNorm' },
  { type: 'tanh' },
  { type: 'dropout', rate: 0.5 },
  { type: 'dense', units: 'numClasses' },
];

async function fitted() {
  const training = { ...defaultTraining, stop: { rule: 'epochs', epochs: 3 } } as const;
  const config = { layers, initializer: 'pytorch', training } as const;
  const learner = await createLearner(await createEngine('onnx'), dataset, normalization, config);
  const trained = (seed: number): Promise<FittedModel> =>
    learner.fit({
      ...{ rows, labels: Int32Array.from(dataset.labels) },
      validation: { rows: rows.subarray(0, 0), labels: [] },
      streams: fitStreams({ seed }),
    });
  return { learner, members: [await trained(0), await trained(1)] };
}

async function open(members: readonly FittedModel[]) {
  const metadata = { classes: '["a","b","ç"]', trial: '0123' };
  const bytes = await exportModel({ layers, info, normalization, members, metadata });
  const session = await InferenceSession.create(bytes);
  expect(session.inputMetadata).toMatchObject([{ name: 'input', type: 'float32', shape: ['batch', 2, 3] }]);
  expect(session.outputMetadata).toMatchObject([
    { name: 'logits', type: 'float32', shape: ['batch', 3] },
    { name: 'probabilities', type: 'float32', shape: ['batch', 3] },
  ]);
  const input = new Tensor('float32', Float32Array.from(dataset.features), [info.numSamples, 2, 3]);
  const { logits, probabilities } = await session.run({ input });
  return { bytes, logits: logits?.data as Float32Array, probabilities: probabilities?.data as Float32Array };
}

it('a network predicts from raw data what we predict', async () => {
  const { learner, members } = await fitted();
  for (const model of members) {
    const { logProbabilities } = await learner.predict(model, rows);
    const { logits, probabilities, bytes } = await open([model]);
    expect(largestDifference(probabilities, logProbabilities.map(Math.exp))).toBeLessThan(1e-5);
    const sums = [...rows].map((_, i) => logits.slice(3 * i, 3 * i + 3).reduce((a, b) => a + Math.exp(b), 0));
    const normalised = logits.map((logit, i) => logit - Math.log(sums[Math.floor(i / 3)] as number));
    expect(largestDifference(normalised, logProbabilities)).toBeLessThan(1e-5);
    expect(readMetadata(bytes)).toEqual({
      producer: 'querybench',
      version,
      properties: new Map([
        ['classes', '["a","b","ç"]'],
        ['trial', '0123'],
      ]),
    });
    expect(Buffer.from(bytes).includes('com.microsoft')).toBe(false);
  }
});

it('what loading did to the values is in the graph', async () => {
  const scaling = { offsets: [3, -2], widths: [4, 0] };
  const member = (await fitted()).members.slice(0, 1);
  const request = { layers, normalization, members: member, metadata: {} };
  const raw = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i) * 20);
  const byHand = raw.map((value, i) => (i % 6 < 3 ? (value - 3) / 4 : 0));
  const run = async (bytes: Uint8Array, data: Float32Array) => {
    const session = await InferenceSession.create(bytes);
    const { logits } = await session.run({ input: new Tensor('float32', data, [2, 2, 3]) });
    return logits?.data as Float32Array;
  };
  const scaled = await run(await exportModel({ ...request, info: { ...info, scaling } }), raw);
  const plain = await run(await exportModel({ ...request, info }), byHand);
  expect(largestDifference(scaled, plain)).toBeLessThan(1e-5);
});

it('several networks predict their mean', async () => {
  const { learner, members } = await fitted();
  const predictions = await Promise.all(members.map((model) => learner.predict(model, rows)));
  const [a, b] = predictions.map(({ logProbabilities }) => logProbabilities.map(Math.exp));
  const mean = a?.map((value, i) => (value + (b?.[i] ?? Number.NaN)) / 2) ?? [];
  const { logits, probabilities } = await open(members);
  expect(largestDifference(probabilities, mean)).toBeLessThan(1e-5);
  expect(largestDifference(logits.map(Math.exp), mean)).toBeLessThan(1e-5);
  expect(largestDifference(a ?? [], mean)).toBeGreaterThan(1e-3);
});

import { expect, it } from 'vitest';
import type { HostTensor } from '../../src/engines/engine.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { LayerConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { input } from '../../src/tensor/ops.ts';
import { runProgram } from '../tensor/runProgram.ts';

const conv: LayerConfig = { type: 'conv2d', filters: 2, kernelSize: 3, stride: 1, padding: 'same' };
const layers: LayerConfig[] = [
  conv,
  { type: 'batchNorm' },
  { type: 'residual', layers: [{ type: 'tanh' }, conv, { type: 'gelu' }] },
  { type: 'flatten' },
  { type: 'dense', units: 3 },
];
const shape = { sampleShape: [4, 3], numClasses: 3 };
const { parameters } = buildNetwork(layers, shape);
const weights = initialize('pytorch', parameters, deriveStream('weights', { test: 'embedding' }));
const data = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i));
const x: HostTensor = { dtype: 'float32', shape: [1, 2, 12], data };

async function embed(configs: readonly LayerConfig[], numParameters: number, position?: string) {
  const network = buildNetwork(configs, shape, position);
  const nodes = parameters.map((spec, i) => input(`p${i}`, 'float32', [1, ...spec.shape]));
  const given = nodes
    .slice(0, numParameters)
    .map((node, i): [string, HostTensor] => [
      `p${i}`,
      { dtype: 'float32', shape: node.shape as number[], data: weights[i] as Float32Array },
    ]);
  const embedding = network.embed(input('x', 'float32', [1, 2, 12]), nodes.slice(0, numParameters));
  const results = await runProgram(referenceEngine, { embedding }, { x, ...Object.fromEntries(given) });
  expect(results.embedding?.shape).toEqual([1, 2, network.embeddingWidth]);
  return results.embedding?.data;
}

/** Where the layers up to there, with what is within the residual sum laid open, are a network by themselves. */
it.each<[string, LayerConfig[], number]>([
  ['1', layers.slice(0, 1), 2],
  ['2', layers.slice(0, 2), 6],
  ['3', layers.slice(0, 3), 8],
  ['3.1', [...layers.slice(0, 2), { type: 'tanh' }], 6],
  ['3.2', [...layers.slice(0, 2), { type: 'tanh' }, conv], 8],
])('position %s is the output of the layers up to there', async (position, before, numParameters) => {
  const classifier: LayerConfig = { type: 'dense', units: 3 };
  const expected = await embed([...before, classifier], numParameters);
  expect(await embed(layers, numParameters, position)).toEqual(expected);
});

it('by default the last dense layer’s input, which may be the sample itself', async () => {
  expect(await embed(layers, 8)).toEqual(await embed(layers, 8, '4'));
  expect(await embed([{ type: 'dense', units: 3 }], 0)).toEqual(data);
});

import { describe, expect, it } from 'vitest';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { initialize } from '../../src/models/initialize.ts';
import { isStatistic } from '../../src/models/layer.ts';
import type { Conv2dConfig, InitializerName, LayerConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { presets } from '../../src/models/presets.ts';
import { numElements } from '../../src/tensor/shape.ts';

const shape = { sampleShape: [4, 5], numClasses: 3 };

describe('buildNetwork', () => {
  // Trained numbers on 28 × 28 images of ten classes; LeNet-5 with full connections and PyTorch's MNIST example are known
  // to have 61,706 and 1,199,882.
  it.each([
    ['logistic', 7_850],
    ['mlp', 136_074],
    ['mlp-dropout', 136_074],
    ['mlp-sklearn', 79_510],
    ['lenet', 61_706],
    ['cnn-gal', 32 * 17 + 32 * 513 + 128 * 3873 + 1290],
    ['cnn-batchbald', 32 * 26 + 64 * 801 + 128 * 1025 + 1290],
    ['cnn-distil', 1_199_882],
    [
      'resnet-small',
      9 * (16 + 2 * 256 + 512 + 1024 + 2048 + 4096) + 512 + 32 + 2048 + 64 + 2 * (48 + 64 + 128) + 650,
    ],
  ])('preset %s has %i trained numbers', (name, expected) => {
    const { layers } = presets[name]?.config ?? { layers: [] };
    const { parameters: all } = buildNetwork(layers, { sampleShape: [28, 28], numClasses: 10 });
    const parameters = all.filter((spec) => !isStatistic(spec));
    expect(parameters.at(-1)?.shape).toEqual([1, 10]);
    expect(parameters.reduce((sum, each) => sum + numElements(each.shape), 0)).toBe(expected);
  });

  it('every preset is in the table above', () => {
    expect(Object.keys(presets)).toHaveLength(9);
  });

  it('names both shapes where the layers do not fit the classes', () => {
    const layers: LayerConfig[] = [{ type: 'dense', units: 7 }];
    expect(() => buildNetwork(layers, shape)).toThrow('one logit per class, [3]; this one ends in [7]');
  });
});

describe('layers on images', () => {
  const classifier: LayerConfig = { type: 'dense', units: 'numClasses' };
  const conv = (rest: Partial<Conv2dConfig>): LayerConfig => ({
    ...{ type: 'conv2d', filters: 2, kernelSize: 3, stride: 1, padding: 'valid' },
    ...rest,
  });
  const flattened = (layers: LayerConfig[], sampleShape: number[]) =>
    buildNetwork([...layers, classifier], { sampleShape, numClasses: 3 }).parameters.at(-2)?.shape[0];

  it.each<[string, LayerConfig[], number[], number]>([
    ['a valid convolution', [conv({})], [5, 7], 2 * 3 * 5],
    ['channels in the sample', [conv({})], [4, 5, 7], 2 * 3 * 5],
    ['same padding', [conv({ padding: 'same' })], [5, 7], 2 * 5 * 7],
    ['same padding, even kernel', [conv({ padding: 'same', kernelSize: 4 })], [5, 7], 2 * 5 * 7],
    ['same padding, stride 2', [conv({ padding: 'same', stride: 2 })], [5, 8], 2 * 3 * 4],
    ['a stride that leaves a row over', [conv({ stride: 2 })], [6, 7], 2 * 2 * 3],
    ['pools that leave a row over', [{ type: 'maxPool', size: 2, stride: 2 }], [5, 6], 2 * 3],
    ['pools with a gap', [{ type: 'averagePool', size: 2, stride: 3 }], [8, 8], 9],
    ['a mean over the whole image', [conv({}), { type: 'globalAveragePool' }], [5, 7], 2],
    ['a residual sum that keeps its shape', [{ type: 'residual', layers: [{ type: 'tanh' }] }], [5, 6], 30],
    ['a projected one', [{ type: 'residual', layers: [conv({ padding: 'same', stride: 2 })] }], [5, 6], 18],
  ])('%s', (_, layers, sampleShape, expected) => {
    expect(flattened(layers, sampleShape)).toBe(expected);
  });

  it.each<[LayerConfig[], RegExp]>([
    [
      [conv({ kernelSize: 6 })],
      /^Layer 1 \(conv2d\) gets the shape \[5, 7\] and needs at least 6 × 6 pixels/,
    ],
    [[{ type: 'flatten' }, conv({})], /^Layer 2 \(conv2d\) gets the shape \[35\] and needs an image/],
    [[{ type: 'maxPool', size: 6, stride: 6 }], /^Layer 1 \(maxPool\) .* needs at least 6 × 6 pixels/],
    [
      [{ type: 'flatten' }, { type: 'globalAveragePool' }],
      /^Layer 2 \(globalAveragePool\) .* needs an image/,
    ],
    [[{ type: 'flatten' }, { type: 'dropout2d', rate: 0.5 }], /^Layer 2 \(dropout2d\) .* needs an image/],
    [
      [{ type: 'residual', layers: [{ type: 'relu' }, { type: 'averagePool', size: 8, stride: 8 }] }],
      /^Layer 1\.2 \(averagePool\)/,
    ],
    [
      [{ type: 'residual', layers: [conv({ padding: 'valid' })] }],
      /^Layer 1 \(residual\) gets the shape \[5, 7\] and needs a branch .* ends in \[2, 3, 5\]\. Keep the shape/,
    ],
    [[{ type: 'residual', layers: [{ type: 'flatten' }] }], /^Layer 1 \(residual\) .* ends in \[35\]/],
  ])('%j does not fit', (layers, message) => {
    expect(() => flattened(layers, [5, 7])).toThrow(message);
  });

  it('a kernel’s fans are counted over its whole area, as PyTorch does', () => {
    const { parameters } = buildNetwork([conv({ filters: 6 }), classifier], {
      sampleShape: [4, 5, 7],
      numClasses: 3,
    });
    expect(parameters[0]).toMatchObject({ shape: [6, 4, 3, 3], fanIn: 36, fanOut: 54, units: 6 });
    expect(parameters[1]).toMatchObject({ shape: [1, 6], fanIn: 36 });
  });
});

describe('initialize', () => {
  const { parameters } = buildNetwork(
    [
      { type: 'dense', units: 50 },
      { type: 'dense', units: 'numClasses' },
    ],
    {
      sampleShape: [200],
      numClasses: 10,
    },
  );
  const values = (name: InitializerName) => initialize(name, parameters, deriveStream('weights', { name }));
  // [bound of the first layer's weights, of its biases]: fanIn 200, fanOut 50.
  const bounds: Record<InitializerName, [number, number]> = {
    glorot: [Math.sqrt(6 / 250), 0],
    he: [Math.sqrt(6 / 200), 0],
    'keras-0': [Math.sqrt(6 / 250), 0],
    pytorch: [1 / Math.sqrt(200), 1 / Math.sqrt(200)],
    sklearn: [Math.sqrt(6 / 250), Math.sqrt(6 / 250)],
    zeros: [0, 0],
  };

  const largest = (data: Float32Array) => Math.max(...data.map(Math.abs));

  it('Keras before 1.0 counts a convolution’s outputs without its kernel', () => {
    const image = { sampleShape: [4, 5, 7], numClasses: 3 };
    const { parameters } = buildNetwork(
      [
        { type: 'conv2d', filters: 60, kernelSize: 3, stride: 1, padding: 'valid' },
        { type: 'dense', units: 'numClasses' },
      ],
      image,
    );
    const stream = deriveStream('weights', { test: 'keras-0' });
    const [weights, biases] = initialize('keras-0', parameters, stream) as [Float32Array, Float32Array];
    expect(largest(weights) / Math.sqrt(6 / (36 + 60))).toBeCloseTo(1, 2);
    expect(largest(biases)).toBe(0);
  });

  it.each(Object.entries(bounds))('%s is uniform within its bounds', (name, [weightBound, biasBound]) => {
    const [weights, biases] = values(name as InitializerName) as [Float32Array, Float32Array];
    expect(largest(weights)).toBeLessThanOrEqual(weightBound * 1.000001);
    expect(largest(weights)).toBeGreaterThanOrEqual(weightBound * 0.99);
    expect(largest(biases)).toBeLessThanOrEqual(biasBound * 1.000001);
    expect(largest(biases)).toBeGreaterThanOrEqual(biasBound * 0.8);
    const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
    expect(variance).toBeCloseTo(weightBound ** 2 / 3, 3);
  });
});

import { describe, expect, it } from 'vitest';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { initialize } from '../../src/models/initialize.ts';
import type { InitializerName, LayerConfig } from '../../src/models/modelConfig.ts';
import { buildNetwork } from '../../src/models/network.ts';
import { presets } from '../../src/models/presets.ts';

const shape = { sampleShape: [4, 5], numClasses: 3 };

describe('buildNetwork', () => {
  it.each(Object.entries(presets))('preset %s ends in one logit per class', (_, { config }) => {
    const { parameters } = buildNetwork(config.layers, shape);
    expect(parameters[0]?.shape[0]).toBe(20);
    expect(parameters.at(-1)?.shape).toEqual([1, 3]);
  });

  it('names both shapes where the layers do not fit the classes', () => {
    const layers: LayerConfig[] = [{ type: 'dense', units: 7 }];
    expect(() => buildNetwork(layers, shape)).toThrow('one logit per class, [3]; this one ends in [7]');
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
    pytorch: [1 / Math.sqrt(200), 1 / Math.sqrt(200)],
    sklearn: [Math.sqrt(6 / 250), Math.sqrt(6 / 250)],
    zeros: [0, 0],
  };

  it.each(Object.entries(bounds))('%s is uniform within its bounds', (name, [weightBound, biasBound]) => {
    const [weights, biases] = values(name as InitializerName) as [Float32Array, Float32Array];
    const largest = (data: Float32Array) => Math.max(...data.map(Math.abs));
    expect(largest(weights)).toBeLessThanOrEqual(weightBound * 1.000001);
    expect(largest(weights)).toBeGreaterThanOrEqual(weightBound * 0.99);
    expect(largest(biases)).toBeLessThanOrEqual(biasBound * 1.000001);
    expect(largest(biases)).toBeGreaterThanOrEqual(biasBound * 0.8);
    const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
    expect(variance).toBeCloseTo(weightBound ** 2 / 3, 3);
  });
});

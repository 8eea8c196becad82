import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { packParameters } from '../../src/learner/packParameters.ts';
import type { ParameterSpec } from '../../src/models/layer.ts';
import { input } from '../../src/tensor/ops.ts';
import { runProgram } from '../tensor/runProgram.ts';

const spec = (...shape: number[]): ParameterSpec => ({
  ...{ role: 'weight', shape, fanIn: 1, fanOut: 1, units: 1 },
});

describe('packParameters', () => {
  it.each([
    ['small and large, mixed', [spec(2, 3), spec(70, 70), spec(1, 4), spec(100, 50)], 3],
    ['of one to four axes', [spec(7), spec(4, 3, 2, 2), spec(64, 32, 3, 3), spec(1, 5000), spec(4999)], 4],
    ['small alone', [spec(2, 3), spec(1, 4)], 1],
    ['large alone', [spec(70, 70)], 1],
  ])('%s: unpacking undoes packing', async (_, specs, numPacks) => {
    const packing = packParameters(specs, 2);
    expect(packing.numPacks).toBe(numPacks);
    const nodes = specs.map(({ shape }, i) => input(`p${i}`, 'float32', [2, ...shape]));
    const packs = packing.pack(nodes);
    expect(packs.length).toBe(numPacks);
    for (const { shape } of packs) expect(shape).toHaveLength(3);
    const outputs = Object.fromEntries(packing.unpack(packs).map((node, i) => [`p${i}`, node]));
    const given = Object.fromEntries(
      specs.map(({ shape }, i) => {
        const full = [2, ...shape];
        const length = full.reduce((product, dim) => product * dim, 1);
        const data = Float32Array.from({ length }, (_, j) => 1000 * i + (j % 997));
        return [`p${i}`, { dtype: 'float32' as const, shape: full, data }];
      }),
    );
    expect(await runProgram(referenceEngine, outputs, given)).toEqual(given);
  });
});

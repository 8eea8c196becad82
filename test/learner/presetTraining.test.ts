import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, HostTensor } from '../../src/engines/engine.ts';
import { createOnnxEngine } from '../../src/engines/onnx/onnxEngine.ts';
import * as kernels from '../../src/engines/reference/kernels.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { engineRows } from '../engines/engineRows.ts';
import { drawInputs, expectClose, inputsOf, models, numReplicas, toleranceOf, train } from './presetCases.ts';

describe.each(Object.keys(models))('%s, three steps of two replicas', (name) => {
  let onnx: Engine;
  let packed: Record<string, HostTensor>;
  const inputs = drawInputs(name);
  beforeAll(async () => {
    onnx = await createOnnxEngine();
    packed = await train(onnx, name, inputs);
  });

  let expected: Promise<Record<string, HostTensor>> | undefined;
  it.each(engineRows)('$name equals reference', async ({ create }) => {
    expected ??= train(referenceEngine, name, inputs);
    expectClose(await train(await create(), name, inputs), await expected, toleranceOf(name));
  });

  it('every parameter moves', () => {
    for (const [key, before] of Object.entries(inputs.state)) {
      expect(
        packed[key]?.data.some((value, i) => value !== before.data[i]),
        key,
      ).toBe(true);
    }
  });

  it('packed replicas equal those trained one by one', async () => {
    for (let replica = 0; replica < numReplicas; replica++) {
      const alone = await train(onnx, name, inputsOf(inputs, replica));
      const cut = Object.entries(packed).map(
        ([key, tensor]) =>
          [key, kernels.slice(tensor, key === 'losses' ? 1 : 0, replica, replica + 1)] as const,
      );
      expectClose(Object.fromEntries(cut), alone, toleranceOf(name));
    }
  });
});

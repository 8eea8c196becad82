/** In a file of its own, because a driver may end the process that it fails in. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, HostTensor } from '../../src/engines/engine.ts';
import { hasGraphicsHardware } from '../../src/engines/onnx/chooseDevice.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { loop } from '../../src/tensor/loop.ts';
import type { Node } from '../../src/tensor/node.ts';
import * as t from '../../src/tensor/ops.ts';
import { drawInputs, expectClose, models, toleranceOf, train } from '../learner/presetCases.ts';
import { runProgram } from '../tensor/runProgram.ts';
import { describeParity } from './parityCases.ts';
import { webgpuProblem, webgpuRow } from './webgpuRow.ts';

describe.skipIf(webgpuProblem)(webgpuProblem ?? 'WebGPU', () => {
  describeParity(webgpuRow);

  describe('onnx webgpu, three training steps', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await webgpuRow.create();
    });

    it.each(Object.keys(models))('%s', async (name) => {
      const inputs = drawInputs(name);
      const expected = await train(referenceEngine, name, inputs);

      expectClose(await train(engine, name, inputs), expected, toleranceOf(name));
    });
  });

  it('a loop of unrolled steps and of what is left over, between computations before and after it', async () => {
    const numSteps = 19;
    const [scale, start] = [t.input('scale', 'float32', [2]), t.input('start', 'float32', [2])];
    const table = t.input('table', 'uint8', [3, 2]);
    const rows = t.input('rows', 'int32', ['numSteps']);
    const { carry, outputs } = loop({
      numSteps: 'numSteps',
      carry: [t.mul(start, scale), start],
      sequences: [rows],
      step: ([a, b], [row]) => {
        const next = t.add(t.mul(a as Node, t.exp(scale)), t.cast(t.gather(table, row as Node), 'float32'));
        return { carry: [next, b as Node], outputs: [t.neg(next)] };
      },
    });
    const nodes = {
      last: t.square(carry[0] as Node),
      same: carry[1] as Node,
      all: outputs[0] as Node,
      start,
    };
    const inputs: Record<string, HostTensor> = {
      scale: { dtype: 'float32', shape: [2], data: Float32Array.of(-0.5, -1) },
      start: { dtype: 'float32', shape: [2], data: Float32Array.of(3, 4) },
      table: { dtype: 'uint8', shape: [3, 2], data: Uint8Array.of(1, 2, 3, 200, 0, 6) },
      rows: {
        dtype: 'int32',
        shape: [numSteps],
        data: Int32Array.from({ length: numSteps }, (_, i) => i % 3),
      },
    };
    const engine = await webgpuRow.create();
    const actual = await runProgram(engine, nodes, inputs);
    const expected = await runProgram(referenceEngine, nodes, inputs);
    expect(actual.all?.shape).toEqual([numSteps, 2]);
    for (const [name, { data, shape }] of Object.entries(expected)) {
      expect(actual[name]?.shape, name).toEqual(shape);
      data.forEach((value, i) => {
        expect((actual[name]?.data[i] ?? Number.NaN) / value, name).toBeCloseTo(1, 5);
      });
    }
  });

  // The smaller ones might fit into a large GPU.
  const sizes = hasGraphicsHardware() ? [2 ** 20] : [2 ** 20, 100_000, 30_000];
  it.each(sizes)('a device out of memory for %d squared is told as such, and goes on', async (size) => {
    const engine = await webgpuRow.create();
    const x = t.input('x', 'float32', [1, 1]);
    const huge = t.broadcastTo(x, [size, size]);
    const one: HostTensor = { dtype: 'float32', shape: [1, 1], data: Float32Array.of(1) };
    await expect(runProgram(engine, { huge: t.add(huge, x) }, { x: one })).rejects.toMatchObject({
      ...{ name: 'DeviceFailed', kind: 'out-of-memory', device: 'webgpu' },
    });
    const { y } = await runProgram(engine, { y: t.add(x, x) }, { x: one });
    expect(y?.data[0]).toBe(2);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, HostTensor } from '../../src/engines/engine.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { gradients } from '../../src/tensor/gradients.ts';
import { loop } from '../../src/tensor/loop.ts';
import type { Node } from '../../src/tensor/node.ts';
import * as t from '../../src/tensor/ops.ts';
import { caseInputs, forwardCases, graphCases, inputNodes } from '../tensor/graphCases.ts';
import { named, runProgram } from '../tensor/runProgram.ts';
import type { EngineRow } from './engineRows.ts';

/** Both engines' results, element by element. Float32 sums of a few dozen terms differ by their order alone. */
async function compare(
  engine: Engine,
  outputs: Readonly<Record<string, Node>>,
  inputs: Readonly<Record<string, HostTensor>>,
  tolerance = 1e-5,
): Promise<void> {
  const expected = await runProgram(referenceEngine, outputs, inputs);
  const actual = await runProgram(engine, outputs, inputs);
  for (const [name, tensor] of Object.entries(expected)) {
    expect(actual[name]?.shape).toEqual(tensor.shape);
    expect(actual[name]?.dtype).toEqual(tensor.dtype);
    tensor.data.forEach((value, i) => {
      const difference = Math.abs((actual[name]?.data[i] as number) - value);
      expect(difference, `${name}[${i}]`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
    });
  }
}

/** Declares the tests of one engine: every operation, its gradient, loops, bytes, and inputs that do not fit. */
export function describeParity({ name, create }: EngineRow): void {
  describe(`${name} against reference`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await create();
    });
    const expectParity = (
      outputs: Readonly<Record<string, Node>>,
      inputs: Readonly<Record<string, HostTensor>>,
      tolerance?: number,
    ) => compare(engine, outputs, inputs, tolerance);

    it.each(graphCases.map((graphCase) => [graphCase.name, graphCase] as const))(
      'op and gradient: %s',
      async (_, graphCase) => {
        const nodes = inputNodes(graphCase);
        const y = graphCase.build(nodes);
        const derived = gradients(t.mul(y, y), nodes).map((node, i) => [`g${i}`, node] as const);
        const outputs = { y, ...Object.fromEntries(derived) };
        await expectParity(outputs, named(caseInputs(graphCase)), graphCase.tolerance);
      },
    );

    it.each(forwardCases.map((graphCase) => [graphCase.name, graphCase] as const))(
      'op: %s',
      async (_, graphCase) => {
        const y = graphCase.build(inputNodes(graphCase));
        await expectParity({ y }, named(caseInputs(graphCase)), graphCase.tolerance);
      },
    );

    it('gather of bytes, cast, and one-hot by gathering', async () => {
      const table = t.input('table', 'uint8', ['numRows', 3]);
      const indices = t.input('indices', 'int32', [2, 'batchSize']);
      const rows = t.cast(t.gather(table, indices), 'float32');
      const labels = t.gather(t.identityMatrix(4), indices);
      await expectParity(
        { rows, labels },
        {
          table: { dtype: 'uint8', shape: [4, 3], data: Uint8Array.from({ length: 12 }, (_, i) => i * 20) },
          indices: { dtype: 'int32', shape: [2, 2], data: Int32Array.of(3, 0, 1, 1) },
        },
      );
    });

    it('slice and concat along inner and outer axes', async () => {
      const [x, y] = [t.input('x0', 'float32', [2, 3, 4]), t.input('x1', 'float32', [2, 3, 4])];
      const both = [0, 1, 2].map((axis) => t.concat([x, y, x], axis));
      const parts = both.map((node, axis) => t.slice(node, axis, 1, 4));
      const outputs = Object.fromEntries([...both, ...parts].map((node, i) => [`out${i}`, node]));
      const data = Float32Array.from({ length: 24 }, (_, i) => i);
      const tensor = (sign: number): HostTensor => ({
        dtype: 'float32',
        shape: [2, 3, 4],
        data: data.map((v) => sign * v),
      });
      await expectParity(outputs, named([tensor(1), tensor(-1)]), 0);
    });

    it('a loop with carried state, slices, captured values and stacked outputs', async () => {
      const start = t.input('x0', 'float32', [2]);
      const outside = t.exp(t.input('x1', 'float32', [2]));
      const sequence = t.input('x2', 'float32', ['numSteps', 2]);
      const { carry, outputs } = loop({
        numSteps: 'numSteps',
        carry: [start, start],
        sequences: [sequence],
        step: ([a, b], [slice]) => {
          const sum = t.add(t.mul(a as Node, outside), slice as Node);
          // A carried value that goes round unchanged, one computed, and one output that is both.
          return { carry: [b as Node, sum], outputs: [sum, outside] };
        },
      });
      const [a, b] = carry;
      const [sums, copies] = outputs;
      await expectParity(
        { a: a as Node, b: b as Node, sums: sums as Node, copies: copies as Node },
        named([
          { dtype: 'float32', shape: [2], data: Float32Array.of(1, -1) },
          { dtype: 'float32', shape: [2], data: Float32Array.of(0.1, -0.2) },
          { dtype: 'float32', shape: [5, 2], data: Float32Array.from({ length: 10 }, (_, i) => i / 10) },
        ]),
      );
    });

    it('refuses a missing input, a wrong type and sizes that contradict each other', async () => {
      const a = t.input('a', 'float32', ['n']);
      const b = t.input('b', 'float32', ['n']);
      const vector = (length: number): HostTensor => ({
        dtype: 'float32',
        shape: [length],
        data: new Float32Array(length),
      });
      const outputs = { sum: t.add(a, b) };
      for (const each of [referenceEngine, engine]) {
        await expect(runProgram(each, outputs, { a: vector(2) })).rejects.toThrow('Input "b" is missing');
        const bytes: HostTensor = { dtype: 'uint8', shape: [2], data: new Uint8Array(2) };
        await expect(runProgram(each, outputs, { a: vector(2), b: bytes })).rejects.toThrow('is uint8');
        await expect(runProgram(each, outputs, { a: vector(2), b: vector(3) })).rejects.toThrow('n=2');
      }
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../../src/engines/engine.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { gradients } from '../../src/tensor/gradients.ts';
import type { Node } from '../../src/tensor/node.ts';
import * as t from '../../src/tensor/ops.ts';
import { caseInputs, type GraphCase, graphCases, inputNodes } from './graphCases.ts';
import { named, runProgram } from './runProgram.ts';

/** A scalar that weighs every element differently, so that no permutation of the gradient goes unnoticed. */
function weightedSum(y: Node): Node {
  const size = (y.shape as number[]).reduce((product, dim) => product * dim, 1);
  const weights = t.constant(
    Float32Array.from({ length: size }, (_, i) => 0.3 + Math.cos(i)),
    [size],
  );
  return t.reduceSum(t.mul(t.reshape(y, [size]), weights), [0]);
}

async function valueAt(graphCase: GraphCase, inputs: readonly HostTensor[]): Promise<number> {
  const loss = weightedSum(graphCase.build(inputNodes(graphCase)));
  const { loss: result } = await runProgram(referenceEngine, { loss }, named(inputs));
  return result?.data[0] as number;
}

/** Central differences: (f(x + h) − f(x − h)) / 2h for every element of every input. */
async function finiteDifferences(graphCase: GraphCase, inputs: readonly HostTensor[]): Promise<number[][]> {
  const h = 1e-2;
  const rows: number[][] = [];
  for (const [which, tensor] of inputs.entries()) {
    const row: number[] = [];
    for (let i = 0; i < tensor.data.length; i++) {
      const at = async (shift: number) => {
        const data = Float32Array.from(tensor.data);
        data[i] = (data[i] as number) + shift;
        return valueAt(graphCase, inputs.with(which, { ...tensor, data }));
      };
      row.push(((await at(h)) - (await at(-h))) / (2 * h));
    }
    rows.push(row);
  }
  return rows;
}

describe('gradients against finite differences', () => {
  it.each(graphCases.map((graphCase) => [graphCase.name, graphCase] as const))('%s', async (_, graphCase) => {
    const nodes = inputNodes(graphCase);
    const inputs = caseInputs(graphCase);
    const loss = weightedSum(graphCase.build(nodes));
    const derived = gradients(loss, nodes).map((node, i) => [`g${i}`, node] as const);
    const results = await runProgram(referenceEngine, Object.fromEntries(derived), named(inputs));
    const expected = await finiteDifferences(graphCase, inputs);
    expected.forEach((row, i) => {
      const gradient = results[`g${i}`];
      expect(gradient?.shape).toEqual(inputs[i]?.shape);
      row.forEach((value, j) => {
        expect(Math.abs((gradient?.data[j] as number) - value)).toBeLessThan(2e-2 + 5e-3 * Math.abs(value));
      });
    });
  });

  it('says so where the loss does not depend on a parameter', () => {
    const x = t.input('x', 'float32', [2]);
    const y = t.input('y', 'float32', [2]);
    expect(() => gradients(t.reduceSum(x, [0]), [y])).toThrow('does not depend');
  });
});

/** One small graph per operation and shape that matters: run on every engine, differentiated on the reference. */

import type { HostTensor } from '../../src/engines/engine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import type { Node } from '../../src/tensor/node.ts';
import * as t from '../../src/tensor/ops.ts';
import { numElements } from '../../src/tensor/shape.ts';

export interface GraphCase {
  readonly name: string;
  /** Shapes of the float32 inputs x0, x1, …, drawn from (0.5, 2) or (-2, 2). */
  readonly inputs: ReadonlyArray<readonly number[]>;
  readonly positive?: boolean;
  readonly build: (inputs: readonly Node[]) => Node;
}

const unary = (name: string, op: (x: Node) => Node, positive = false): GraphCase => ({
  name,
  inputs: [[2, 3, 4]],
  positive,
  build: ([x]) => op(x as Node),
});
const binary = (name: string, op: (a: Node, b: Node) => Node, a: number[], b: number[]): GraphCase => ({
  name: `${name} ${JSON.stringify(a)} ${JSON.stringify(b)}`,
  inputs: [a, b],
  positive: name === 'div',
  build: ([x, y]) => op(x as Node, y as Node),
});
const matMul = (a: number[], b: number[], transposeA: boolean, transposeB: boolean): GraphCase => ({
  name: `matMul ${JSON.stringify(a)}${transposeA ? 'ᵀ' : ''} ${JSON.stringify(b)}${transposeB ? 'ᵀ' : ''}`,
  inputs: [a, b],
  build: ([x, y]) => t.matMul(x as Node, y as Node, { transposeA, transposeB }),
});

const binaryShapes: ReadonlyArray<readonly [number[], number[]]> = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[2, 3], []],
];

export const graphCases: readonly GraphCase[] = [
  unary('exp', t.exp),
  unary('log', t.log, true),
  unary('neg', t.neg),
  unary('relu', t.relu),
  unary('sign', t.sign),
  unary('sqrt', t.sqrt, true),
  unary('square', t.square),
  unary('logSoftmax', t.logSoftmax),
  unary('reduceSum over one axis', (x) => t.reduceSum(x, [1])),
  unary('reduceSum over two axes', (x) => t.reduceSum(x, [0, 2])),
  unary('reshape', (x) => t.reshape(x, [6, 4])),
  ...binaryShapes.flatMap(([a, b]) =>
    Object.entries({ add: t.add, sub: t.sub, mul: t.mul, div: t.div }).flatMap(([name, op]) => [
      binary(name, op, a, b),
      binary(name, op, b, a),
    ]),
  ),
  { name: 'broadcast', inputs: [[2, 1, 3]], build: ([x]) => t.broadcastTo(x as Node, [2, 4, 3]) },
  matMul([2, 3], [3, 4], false, false),
  matMul([2, 3, 4], [2, 4, 5], false, false),
  matMul([2, 4, 3], [2, 4, 5], true, false),
  matMul([2, 3, 4], [2, 5, 4], false, true),
  matMul([2, 4, 3], [2, 5, 4], true, true),
  matMul([2, 3, 4], [1, 4, 5], false, false),
  matMul([1, 4, 3], [2, 5, 4], true, true),
  {
    name: 'a node used twice',
    inputs: [[3], [3]],
    build: ([x, y]) => t.mul(t.add(x as Node, y as Node), t.mul(x as Node, x as Node)),
  },
];

export function caseInputs({ inputs, positive, name }: GraphCase): HostTensor[] {
  const stream = deriveStream('weights', { name });
  return inputs.map((shape) => ({
    dtype: 'float32',
    shape,
    data: Float32Array.from({ length: numElements(shape) }, () =>
      positive ? 0.5 + 1.5 * stream.uniform() : 4 * stream.uniform() - 2,
    ),
  }));
}

export const inputNodes = ({ inputs }: GraphCase): Node[] =>
  inputs.map((shape, i) => t.input(`x${i}`, 'float32', shape));

/** One small graph per operation and shape that matters: run on every engine, differentiated on the reference. */
import type { HostTensor } from '../../src/engines/engine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { conv2d, maxPool2d } from '../../src/tensor/imageOps.ts';
import type { ConvGeometry, Node } from '../../src/tensor/node.ts';
import * as t from '../../src/tensor/ops.ts';
import { numElements } from '../../src/tensor/shape.ts';

export interface GraphCase {
  readonly name: string;
  /** Shapes of the float32 inputs x0, x1, …, drawn from (0.5, 2) or (-2, 2). */
  readonly inputs: ReadonlyArray<readonly number[]>;
  readonly positive?: boolean;
  /** How far engines may differ, relative to values above 1. Default: 1e-5. */
  readonly tolerance?: number;
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

const convolution = (
  name: string,
  x: number[],
  weights: number[],
  {
    stride = 1,
    groups = 1,
    padding = {},
  }: Partial<Omit<ConvGeometry, 'padding'>> & { padding?: object } = {},
): GraphCase => ({
  name: `conv2d ${name}`,
  inputs: [x, weights, [weights[0] as number]],
  // Sums of up to 60 products, whose terms cancel.
  tolerance: 5e-5,
  build: ([x0, x1, x2]) =>
    conv2d(x0 as Node, x1 as Node, x2 as Node, {
      ...{ stride, groups },
      padding: { top: 0, left: 0, bottom: 0, right: 0, ...padding },
    }),
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
  unary('tanh', t.tanh),
  unary('erf', t.erf),
  unary('gelu', t.gelu),
  unary('reduceSum over one axis', (x) => t.reduceSum(x, [1])),
  unary('reduceSum over two axes', (x) => t.reduceSum(x, [0, 2])),
  unary('reshape', (x) => t.reshape(x, [6, 4])),
  unary('transpose', (x) => t.transpose(x, [2, 0, 1])),
  {
    name: 'transpose that is a reshape',
    inputs: [[1, 3, 4]],
    build: ([x]) => t.mul(t.transpose(x as Node, [1, 0, 2]), t.constant(Float32Array.of(1, 2, 3), [3, 1, 1])),
  },
  unary('reshape of a reshape', (x) => t.reshape(t.reshape(x, [6, 4]), [2, 12])),
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
  matMul([2, 3, 1, 4, 4], [2, 3, 2, 4, 5], false, false),
  matMul([2, 3, 2, 4, 5], [2, 3, 1, 5, 5], false, true),
  convolution('3×2 kernel', [2, 3, 5, 6], [4, 3, 3, 2]),
  convolution('stride 2 that leaves a column over', [2, 2, 5, 6], [3, 2, 2, 2], { stride: 2 }),
  convolution('unequal padding', [2, 2, 4, 5], [3, 2, 3, 3], {
    padding: { top: 1, left: 0, bottom: 2, right: 1 },
  }),
  convolution('three groups, padding and stride', [2, 6, 5, 5], [6, 2, 3, 3], {
    ...{ stride: 2, groups: 3, padding: { top: 1, left: 1, bottom: 1, right: 1 } },
  }),
  convolution('1×1 kernel', [2, 3, 4, 4], [2, 3, 1, 1]),
  // Which the WebGPU provider gets wrong in its default layout.
  convolution('6 channels to 16', [2, 6, 4, 4], [16, 6, 2, 2]),
  convolution('6 of one channel in two groups', [2, 2, 6, 6], [12, 1, 5, 5], { groups: 2 }),
  { name: 'maxPool2d', inputs: [[2, 3, 4, 6]], build: ([x]) => maxPool2d(x as Node, 2, 2) },
  {
    name: 'maxPool2d with rows over, five axes',
    inputs: [[2, 2, 1, 5, 7]],
    build: ([x]) => maxPool2d(x as Node, 2, 3),
  },
  {
    name: 'a node used twice',
    inputs: [[3], [3]],
    build: ([x, y]) => t.mul(t.add(x as Node, y as Node), t.mul(x as Node, x as Node)),
  },
];

/** Operations without a gradient. */
export const forwardCases: readonly GraphCase[] = [
  unary('reduceMax', t.reduceMax),
  unary('argMax', t.argMax),
  unary('argMax of equal values', (x) => t.argMax(t.sign(x))),
  {
    name: 'reduceMax and argMax of a product',
    inputs: [
      [5, 3],
      [7, 3],
    ],
    build: ([x, y]) => {
      const product = t.matMul(x as Node, y as Node, { transposeB: true });
      return t.mul(t.reduceMax(product), t.reshape(t.cast(t.argMax(product), 'float32'), [5, 1]));
    },
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

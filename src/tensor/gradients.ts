/** Reverse-mode differentiation: the backward pass as more nodes of the same graph. */
import { conv2dInputGradient, conv2dWeightGradient, maxPool2dGradient } from './imageOps.ts';
import type { Node, Shape } from './node.ts';
import {
  add,
  broadcastTo,
  div,
  exp,
  matMul,
  mul,
  neg,
  reduceSum,
  reshape,
  scalar,
  sign,
  square,
  sub,
  transpose,
} from './ops.ts';
import { topologicalOrder } from './traversal.ts';

/**
 * Gradients of the sum of `loss` with respect to each of `parameters`, each of its parameter's shape.
 * Throws where the loss does not depend on a parameter, or depends on it only through a loop, gather, cast, slice, concat or
 * maximum.
 */
export function gradients(loss: Node, parameters: readonly Node[]): Node[] {
  const order = topologicalOrder([loss]);
  const active = new Set<Node>(parameters);
  for (const node of order) {
    if (differentiableOperands(node).some((operand) => active.has(operand))) active.add(node);
  }
  const adjoints = new Map<Node, Node>([[loss, broadcastTo(scalar(1), loss.shape)]]);
  for (const node of order.reverse()) {
    const adjoint = adjoints.get(node);
    if (adjoint === undefined || !active.has(node)) continue;
    for (const [operand, contribution] of contributions(node, adjoint)) {
      if (!active.has(operand)) continue;
      const sum = adjoints.get(operand);
      const reduced = sumTo(contribution(), operand.shape);
      adjoints.set(operand, sum === undefined ? reduced : add(sum, reduced));
    }
  }
  return parameters.map((parameter) => {
    const gradient = adjoints.get(parameter);
    if (gradient === undefined) throw new Error('The loss does not depend on one of the parameters.');
    return gradient;
  });
}

function differentiableOperands(node: Node): readonly Node[] {
  return contributions(node, node).map(([operand]) => operand);
}

/** What `node`'s adjoint `g` adds to the adjoints of its operands; thunks, so that nothing unneeded is built. */
function contributions(node: Node, g: Node): ReadonlyArray<readonly [Node, () => Node]> {
  switch (node.op) {
    case 'unary':
      return [[node.x, () => unaryContribution(node.kind, node.x, node, g)]];
    case 'binary': {
      const { a, b } = node;
      switch (node.kind) {
        case 'add':
          return [
            [a, () => g],
            [b, () => g],
          ];
        case 'sub':
          return [
            [a, () => g],
            [b, () => neg(g)],
          ];
        case 'mul':
          return [
            [a, () => mul(g, b)],
            [b, () => mul(g, a)],
          ];
        case 'div':
          return [
            [a, () => div(g, b)],
            [b, () => neg(div(mul(g, node), b))],
          ];
      }
      break;
    }
    case 'matMul': {
      const { a, b, transposeA, transposeB } = node;
      const leftGradient = () =>
        transposeA
          ? matMul(b, g, { transposeA: transposeB, transposeB: true })
          : matMul(g, b, { transposeB: !transposeB });
      const rightGradient = () =>
        transposeB
          ? matMul(g, a, { transposeA: true, transposeB: transposeA })
          : matMul(a, g, { transposeA: !transposeA });
      return [
        [a, leftGradient],
        [b, rightGradient],
      ];
    }
    case 'reduceSum':
      return [[node.x, () => broadcastTo(g, node.x.shape)]];
    case 'logSoftmax':
      // d/dx Σ g·logSoftmax(x) = g − softmax(x) · Σ g
      return [[node.x, () => sub(g, mul(exp(node), reduceSum(g, [g.shape.length - 1])))]];
    case 'reshape':
      return [[node.x, () => reshape(g, node.x.shape)]];
    case 'transpose':
      return [[node.x, () => transpose(g, inverse(node.permutation))]];
    case 'conv2d': {
      const { x, weights, bias, geometry } = node;
      return [
        [x, () => conv2dInputGradient(g, weights, geometry, x.shape)],
        [weights, () => conv2dWeightGradient(x, g, geometry, weights.shape)],
        [bias, () => reshape(reduceSum(g, [0, 2, 3]), bias.shape)],
      ];
    }
    case 'maxPool2d':
      return [[node.x, () => maxPool2dGradient(node, g)]];
    case 'broadcast':
      return [[node.x, () => g]];
    default:
      return [];
  }
  return [];
}

function unaryContribution(kind: string, x: Node, y: Node, g: Node): Node {
  switch (kind) {
    case 'erf':
      return mul(g, mul(exp(neg(square(x))), scalar(2 / Math.sqrt(Math.PI))));
    case 'exp':
      return mul(g, y);
    case 'log':
      return div(g, x);
    case 'neg':
      return neg(g);
    case 'relu':
      // y is never negative, so its sign is relu's derivative (0 at 0, as everybody has it).
      return mul(g, sign(y));
    case 'sqrt':
      return div(mul(g, scalar(0.5)), y);
    case 'square':
      return mul(mul(g, scalar(2)), x);
    case 'tanh':
      return mul(g, sub(scalar(1), square(y)));
    default:
      return mul(g, scalar(0)); // sign: flat almost everywhere
  }
}

function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

/** Undoes a broadcast: sums `node` over the axes along which `shape` was repeated. */
function sumTo(node: Node, shape: Shape): Node {
  const extra = node.shape.length - shape.length;
  const axes = node.shape.flatMap((dim, axis) => {
    const target = axis < extra ? 1 : shape[axis - extra];
    return target === 1 && dim !== 1 ? [axis] : [];
  });
  const summed = axes.length === 0 ? node : reduceSum(node, axes);
  return broadcastTo(reshape(summed, summed.shape.slice(extra)), shape);
}

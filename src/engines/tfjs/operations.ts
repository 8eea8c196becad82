/** One function per operation: its kernel chosen when the program is compiled, called with the operands' tensors. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { BinaryKind, Node, Shape, UnaryKind } from '../../tensor/node.ts';
import { resolveShape } from '../../tensor/shape.ts';
import { operands } from '../../tensor/traversal.ts';
import type { Backend } from './backend.ts';
import { broadcast } from './broadcast.ts';
import { conv2d, conv2dInputGradient, conv2dWeightGradient } from './convolution.ts';
import { matMul } from './matMul.ts';
import type { Operation, Sizes } from './operation.ts';
import { maxPool2d, maxPool2dGradient } from './pooling.ts';

const unaryKernels: Readonly<Record<UnaryKind, string>> = {
  ...{ erf: 'Erf', exp: 'Exp', log: 'Log', neg: 'Neg', relu: 'Relu', sign: 'Sign', sqrt: 'Sqrt' },
  ...{ square: 'Square', tanh: 'Tanh' },
};
const binaryKernels: Readonly<Record<BinaryKind, string>> = {
  ...{ add: 'Add', sub: 'Sub', mul: 'Multiply', div: 'RealDiv' },
};

/** The nodes whose tensors a node's operation is given. */
export function reads(node: Node): readonly Node[] {
  // The kernel asks for the pool's input as well as for its result.
  return node.op === 'maxPool2dGradient' ? [node.pool.x, ...operands(node)] : operands(node);
}

/** Not for inputs, constants and loops' results, which the interpreter provides. */
export function operationOf(node: Node, backend: Backend): Operation {
  const shapeOf = shapeResolver(node.shape);
  switch (node.op) {
    case 'unary': {
      const kernel = unaryKernels[node.kind];
      return ([x]) => backend.call(kernel, { x: x as Tensor });
    }
    case 'binary': {
      const kernel = binaryKernels[node.kind];
      return ([a, b]) => backend.call(kernel, { a: a as Tensor, b: b as Tensor });
    }
    case 'matMul':
      return matMul(backend, node);
    case 'reduceSum': {
      const attributes = { axis: [...node.axes], keepDims: true };
      return ([x]) => backend.call('Sum', { x: x as Tensor }, attributes);
    }
    case 'reduceMax': {
      const attributes = { reductionIndices: [node.x.shape.length - 1], keepDims: true };
      return ([x]) => backend.call('Max', { x: x as Tensor }, attributes);
    }
    case 'argMax': {
      const attributes = { axis: node.x.shape.length - 1 };
      return ([x]) => backend.call('ArgMax', { x: x as Tensor }, attributes);
    }
    case 'logSoftmax':
      return ([x]) => backend.logSoftmax(x as Tensor);
    case 'reshape':
      return ([x], sizes) => backend.call('Reshape', { x: x as Tensor }, { shape: shapeOf(sizes) });
    case 'broadcast':
      return ([x], sizes) => broadcast(backend, x as Tensor, shapeOf(sizes));
    case 'transpose': {
      const attributes = { perm: [...node.permutation] };
      return ([x]) => backend.call('Transpose', { x: x as Tensor }, attributes);
    }
    case 'gather':
      return ([x, indices]) =>
        backend.call('GatherV2', { x: x as Tensor, indices: indices as Tensor }, { axis: 0, batchDims: 0 });
    case 'slice': {
      const { axis, start } = node;
      const begin = node.shape.map((_, i) => (i === axis ? start : 0));
      return ([x], sizes) => backend.call('Slice', { x: x as Tensor }, { begin, size: shapeOf(sizes) });
    }
    case 'concat':
      return (parts) => backend.call('Concat', parts, { axis: node.axis });
    case 'cast': {
      const dtype = node.dtype === 'int32' ? 'int32' : 'float32';
      return ([x]) => backend.call('Cast', { x: x as Tensor }, { dtype });
    }
    case 'conv2d':
      return conv2d(backend, node);
    case 'conv2dInputGradient':
      return conv2dInputGradient(backend, node);
    case 'conv2dWeightGradient':
      return conv2dWeightGradient(backend, node);
    case 'maxPool2d':
      return maxPool2d(backend, node);
    case 'maxPool2dGradient':
      return maxPool2dGradient(backend, node.pool);
    default:
      throw new Error(`A ${node.op} node is no operation.`);
  }
}

function shapeResolver(shape: Shape): (sizes: Sizes) => number[] {
  if (shape.some((dim) => typeof dim === 'string')) return (sizes) => resolveShape(shape, sizes);
  const known = resolveShape(shape, new Map());
  return () => known;
}

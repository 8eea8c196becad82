/** The reference engine: walks the graph, one kernel per node, in plain TypeScript. For tests and for understanding. */
import type { Loop, LoopResultNode, Node } from '../../tensor/node.ts';
import { bindShape, resolveDim, resolveShape } from '../../tensor/shape.ts';
import { topologicalOrder } from '../../tensor/traversal.ts';
import type { DeviceTensor, Engine, HostTensor } from '../engine.ts';
import { inputTensor } from '../inputTensor.ts';
import * as images from './imageKernels.ts';
import * as kernels from './kernels.ts';

export const referenceEngine: Engine = {
  name: 'reference',
  device: 'cpu',
  environment: { engine: 'reference', device: 'cpu' },
  upload: hostDeviceTensor,
  compile: async ({ inputs, outputs }) => ({
    async run(given) {
      const sizes = new Map<string, number>();
      const scope: Scope = { values: new Map(), loops: new Map(), sizes };
      for (const node of inputs) {
        const tensor = inputTensor(given, node);
        bindShape(node.name, node.shape, tensor.shape, sizes);
        scope.values.set(node, await tensor.read());
      }
      return Object.fromEntries(
        Object.entries(outputs).map(([name, node]) => [name, hostDeviceTensor(evaluate(node, scope))]),
      );
    },
    async dispose() {},
  }),
};

function hostDeviceTensor(tensor: HostTensor): DeviceTensor {
  return { dtype: tensor.dtype, shape: tensor.shape, read: async () => tensor, dispose() {} };
}

/** Values known so far. A loop runs every step in a scope of its own, which holds what the body captures. */
interface Scope {
  readonly values: Map<Node, HostTensor>;
  /** All results of a loop are computed together: the first one asked for fills this in. */
  readonly loops: Map<Loop, HostTensor[]>;
  readonly sizes: ReadonlyMap<string, number>;
}

function evaluate(root: Node, scope: Scope): HostTensor {
  for (const node of topologicalOrder([root], (known) => scope.values.has(known))) {
    scope.values.set(node, evaluateNode(node, scope));
  }
  return valueIn(root, scope);
}

function valueIn(node: Node, scope: Scope): HostTensor {
  const value = scope.values.get(node);
  if (value === undefined) throw new Error(`A ${node.op} node was read before it was computed.`);
  return value;
}

function evaluateNode(node: Node, scope: Scope): HostTensor {
  const value = (operand: Node): HostTensor => valueIn(operand, scope);
  switch (node.op) {
    case 'input':
      throw new Error(`Input "${node.name}" has no value.`);
    case 'constant':
      return { dtype: node.dtype, shape: resolveShape(node.shape, scope.sizes), data: node.data };
    case 'unary':
      return kernels.unary(node.kind, value(node.x));
    case 'binary':
      return kernels.binary(node.kind, value(node.a), value(node.b));
    case 'matMul':
      return kernels.matMul(value(node.a), value(node.b), node.transposeA, node.transposeB);
    case 'reduceSum':
      return kernels.reduceSum(value(node.x), node.axes);
    case 'reduceMax':
      return kernels.reduceMax(value(node.x));
    case 'argMax':
      return kernels.argMax(value(node.x));
    case 'logSoftmax':
      return kernels.logSoftmax(value(node.x));
    case 'reshape':
      return { ...value(node.x), shape: resolveShape(node.shape, scope.sizes) };
    case 'broadcast':
      return kernels.broadcast(value(node.x), resolveShape(node.shape, scope.sizes));
    case 'gather':
      return kernels.gather(value(node.table), value(node.indices));
    case 'slice':
      return kernels.slice(value(node.x), node.axis, node.start, node.end);
    case 'concat':
      return kernels.concat(node.parts.map(value), node.axis);
    case 'transpose':
      return kernels.transpose(value(node.x), node.permutation);
    case 'conv2d': {
      const [x, weights, bias] = [value(node.x), value(node.weights), value(node.bias)];
      return images.conv2d(x, weights, bias, node.geometry, resolveShape(node.shape, scope.sizes));
    }
    case 'conv2dInputGradient': {
      const shape = resolveShape(node.shape, scope.sizes);
      return images.conv2dInputGradient(value(node.g), value(node.weights), node.geometry, shape);
    }
    case 'conv2dWeightGradient': {
      const shape = resolveShape(node.shape, scope.sizes);
      return images.conv2dWeightGradient(value(node.x), value(node.g), node.geometry, shape);
    }
    case 'maxPool2d':
      return images.maxPool2d(value(node.x), node.size, node.stride, resolveShape(node.shape, scope.sizes));
    case 'maxPool2dGradient':
      return images.maxPool2dGradient(value(node.pool.x), value(node.g), node.pool.size, node.pool.stride);
    case 'cast':
      return kernels.cast(value(node.x), node.dtype);
    case 'loopResult':
      return loopResult(node, scope);
  }
}

function loopResult(node: LoopResultNode, scope: Scope): HostTensor {
  const results = scope.loops.get(node.loop) ?? runLoop(node.loop, scope);
  scope.loops.set(node.loop, results);
  return results[node.index] as HostTensor;
}

function runLoop({ numSteps, carry, sequences, body, captured }: Loop, outer: Scope): HostTensor[] {
  const steps = resolveDim(numSteps, outer.sizes);
  let state = carry.map((node) => valueIn(node, outer));
  const stacks: HostTensor[][] = body.outputs.map(() => []);
  for (let t = 0; t < steps; t++) {
    const scope: Scope = { values: new Map(), loops: new Map(), sizes: outer.sizes };
    for (const node of captured) scope.values.set(node, valueIn(node, outer));
    for (const [i, node] of body.carryInputs.entries()) scope.values.set(node, state[i] as HostTensor);
    for (const [i, node] of body.sliceInputs.entries()) {
      scope.values.set(node, kernels.stepOf(valueIn(sequences[i] as Node, outer), t));
    }
    state = body.carry.map((node) => evaluate(node, scope));
    for (const [i, node] of body.outputs.entries()) stacks[i]?.push(evaluate(node, scope));
  }
  const stacked = body.outputs.map((node, i) =>
    kernels.stack(stacks[i] ?? [], [steps, ...resolveShape(node.shape, outer.sizes)], node.dtype),
  );
  return [...state, ...stacked];
}

/** Lowers a program, or any part of one between values that are known and values that are wanted, to an ONNX graph. */
import type { Node } from '../../tensor/node.ts';
import type { Program } from '../../tensor/program.ts';
import { GraphScope, newContext, value } from './graphScope.ts';
import type { KernelSet } from './kernelSet.ts';
import type { OnnxGraph } from './onnxModel.ts';

/** ONNX wants every name once, while a program may take and return state under the same name. */
export const outputName = (name: string): string => `${name}.next`;

/** The ONNX graph, its inputs named as the program's and its outputs by `outputName`. Throws where an operation has no lowering. */
export function lowerProgram({ inputs, outputs }: Program, kernels: KernelSet): OnnxGraph {
  const named = Object.entries(outputs).map(([name, node]) => [outputName(name), node] as const);
  return lowerGraph(new Map(inputs.map((node) => [node, node.name])), named, kernels);
}

/** The graph that computes `outputs` from the values that `inputs` names. */
export function lowerGraph(
  inputs: ReadonlyMap<Node, string>,
  outputs: ReadonlyArray<readonly [name: string, node: Node]>,
  kernels: KernelSet,
): OnnxGraph {
  const context = newContext(kernels);
  const scope = new GraphScope(context);
  for (const [node, name] of inputs) scope.names.set(node, name);
  scope.lower(outputs.map(([, node]) => node));
  for (const [name, node] of outputs) scope.emit('Identity', [scope.name(node)], {}, [name]);
  return {
    name: 'program',
    nodes: scope.nodes,
    initializers: context.initializers,
    inputs: [...inputs].map(([node, name]) => value(name, node)),
    outputs: outputs.map(([name, node]) => value(name, node)),
  };
}

/** How a graph is walked: a node's operands, and an order in which every node comes after its own. */
import type { Node } from './node.ts';

/** The nodes a node is computed from, in a fixed order. */
export function operands(node: Node): readonly Node[] {
  switch (node.op) {
    case 'input':
    case 'constant':
      return [];
    case 'binary':
    case 'matMul':
      return [node.a, node.b];
    case 'gather':
      return [node.table, node.indices];
    case 'concat':
      return node.parts;
    case 'conv2d':
      return [node.x, node.weights, node.bias];
    case 'conv2dInputGradient':
      return [node.g, node.weights];
    case 'conv2dWeightGradient':
      return [node.x, node.g];
    case 'maxPool2dGradient':
      return [node.pool, node.g];
    case 'loopResult':
      return [...node.loop.carry, ...node.loop.sequences, ...node.loop.captured];
    default:
      return [node.x];
  }
}

/** Every node that `roots` depend on, operands before their users; what is `known` is left out, with all behind it. */
export function topologicalOrder(
  roots: readonly Node[],
  known: (node: Node) => boolean = () => false,
): Node[] {
  const order: Node[] = [];
  const done = new Set<Node>();
  const stack = [...roots].reverse().map((node) => ({ node, next: 0 }));
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as { node: Node; next: number };
    const isLeaf = done.has(top.node) || known(top.node);
    const pending = isLeaf ? undefined : operands(top.node)[top.next++];
    if (pending !== undefined) {
      if (!done.has(pending)) stack.push({ node: pending, next: 0 });
      continue;
    }
    if (!isLeaf) {
      done.add(top.node);
      order.push(top.node);
    }
    stack.pop();
  }
  return order;
}

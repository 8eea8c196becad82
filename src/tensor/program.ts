/** A program: what an engine compiles. Named inputs in, named outputs out. */
import type { InputNode, Node } from './node.ts';
import { topologicalOrder } from './traversal.ts';

export interface Program {
  readonly inputs: readonly InputNode[];
  readonly outputs: Readonly<Record<string, Node>>;
}

/** Collects the inputs that `outputs` depend on. Throws where two inputs share a name. */
export function program(outputs: Readonly<Record<string, Node>>): Program {
  const inputs = topologicalOrder(Object.values(outputs)).filter((node) => node.op === 'input');
  const names = new Set(inputs.map((node) => node.name));
  if (names.size < inputs.length) throw new Error('Two inputs of a program share a name.');
  return { inputs, outputs };
}

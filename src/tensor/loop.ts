/** `loop`: the minibatch loop as a node of the graph, so that a whole training run is one program. */
import type { Dim, InputNode, Loop, LoopBody, Node } from './node.ts';
import { input } from './ops.ts';
import { sameShape, showShape } from './shape.ts';
import { operands, topologicalOrder } from './traversal.ts';

export interface LoopDefinition {
  readonly numSteps: Dim;
  readonly carry: readonly Node[];
  /** Each [numSteps, …]. */
  readonly sequences: readonly Node[];
  /** Builds one step from the carried values and slice t of every sequence. */
  readonly step: (
    carry: readonly Node[],
    slices: readonly Node[],
  ) => { readonly carry: readonly Node[]; readonly outputs: readonly Node[] };
}

export interface LoopResults {
  /** The carried values after the last step. */
  readonly carry: readonly Node[];
  /** The per-step outputs, stacked: each [numSteps, …]. */
  readonly outputs: readonly Node[];
}

/** Runs `step` numSteps times. Throws where a sequence or a carried value does not keep its shape. */
export function loop({ numSteps, carry, sequences, step }: LoopDefinition): LoopResults {
  for (const sequence of sequences) {
    if (sequence.shape[0] !== numSteps) {
      throw new Error(`A sequence is ${showShape(sequence.shape)}, but the loop has ${numSteps} steps.`);
    }
  }
  const carryInputs = carry.map((node, i) => input(`carry${i}`, node.dtype, node.shape));
  const sliceInputs = sequences.map((node, i) => input(`slice${i}`, node.dtype, node.shape.slice(1)));
  const next = step(carryInputs, sliceInputs);
  for (const [i, node] of next.carry.entries()) checkCarried(carryInputs[i], node);
  const body: LoopBody = { carryInputs, sliceInputs, ...next };
  const definition: Loop = { numSteps, carry, sequences, body, captured: capturedNodes(body) };
  const result = (node: Node, index: number, stacked: boolean): Node => ({
    op: 'loopResult',
    loop: definition,
    index,
    dtype: node.dtype,
    shape: stacked ? [numSteps, ...node.shape] : node.shape,
  });
  return {
    carry: next.carry.map((node, i) => result(node, i, false)),
    outputs: next.outputs.map((node, i) => result(node, next.carry.length + i, true)),
  };
}

function checkCarried(before: InputNode | undefined, after: Node): void {
  if (before === undefined) throw new Error('A loop step returns more carried values than it was given.');
  if (!sameShape(before.shape, after.shape) || before.dtype !== after.dtype) {
    throw new Error(
      `A carried value goes in as ${before.dtype} ${showShape(before.shape)} and comes out as ${after.dtype} ${showShape(after.shape)}.`,
    );
  }
}

/** What depends on no carried value and no slice is computed once, outside: the body captures its result. */
function capturedNodes(body: LoopBody): Node[] {
  const roots = [...body.carry, ...body.outputs];
  const order = topologicalOrder(roots);
  const local = new Set<Node>([...body.carryInputs, ...body.sliceInputs]);
  for (const node of order) if (operands(node).some((operand) => local.has(operand))) local.add(node);
  const read = [...order.filter((node) => local.has(node)).flatMap((node) => operands(node)), ...roots];
  return [...new Set(read.filter((node) => !local.has(node)))];
}

/**
 * A program cut at its loops, for a device that has none: graphs without loops before, between and after them, and the
 * loops themselves, which the host drives.
 */
import type { Loop, LoopResultNode, Node } from '../../tensor/node.ts';
import type { Program } from '../../tensor/program.ts';
import { operands, topologicalOrder } from '../../tensor/traversal.ts';
import { capturedValues } from './lowerSteps.ts';

export type Stage =
  /** Computes `writes` from values known before. */
  | { readonly kind: 'compute'; readonly reads: readonly Node[]; readonly writes: readonly Node[] }
  | { readonly kind: 'loop'; readonly loop: Loop; readonly results: readonly LoopResultNode[] };

/** In the order to run them. After the last one every output of the program is known. */
export function stagesOf({ inputs, outputs }: Program): Stage[] {
  const roots = Object.values(outputs);
  const loopResults = topologicalOrder(roots).filter((node) => node.op === 'loopResult');
  const known = new Set<Node>(inputs);
  const stages: Stage[] = [];
  for (const loop of new Set(loopResults.map((node) => node.loop))) {
    compute([...loop.carry, ...loop.sequences, ...capturedValues(loop)]);
    const results = loopResults.filter((node) => node.loop === loop);
    stages.push({ kind: 'loop', loop, results });
    for (const node of results) known.add(node);
  }
  compute(roots);
  return stages;

  function compute(wanted: readonly Node[]): void {
    const writes = [...new Set(wanted.filter((node) => !known.has(node)))];
    if (writes.length === 0) return;
    const order = topologicalOrder(writes, (node) => known.has(node));
    const reads = [...new Set(order.flatMap(operands).filter((node) => known.has(node)))];
    stages.push({ kind: 'compute', reads, writes });
    for (const node of writes) known.add(node);
  }
}

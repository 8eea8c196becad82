/**
 * A block: a program or the body of a loop, in the order in which it runs, with a slot for every value. What the graph
 * tells is worked out here once, so that running only walks a list: which kernel, which slots it reads, and which values
 * nobody reads afterwards.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loop, Node } from '../../tensor/node.ts';
import { topologicalOrder } from '../../tensor/traversal.ts';
import type { Backend } from './backend.ts';
import type { Operation } from './operation.ts';
import { operationOf, reads } from './operations.ts';

export interface Block {
  readonly numSlots: number;
  readonly instructions: readonly Instruction[];
  /** Slots of the values the block is given, in the order of `given`. */
  readonly given: readonly number[];
  /** Slots of the values that the block disposes of or gives away. */
  readonly own: readonly number[];
  /** Those among them that were given and that nobody reads. */
  readonly unread: readonly number[];
  readonly constants: ReadonlyArray<{ readonly slot: number; readonly tensor: Tensor }>;
  /** Per result its slot, and whether it must be copied because the slot's value is not the block's to give away. */
  readonly results: ReadonlyArray<{ readonly slot: number; readonly copy: boolean }>;
}

interface Instruction {
  readonly work: CallWork | LoopWork;
  readonly reads: readonly number[];
  /** Slots of the results; -1 for one that nobody reads. */
  readonly targets: readonly number[];
  /** Slots of the block's own values that are read here for the last time. */
  readonly frees: readonly number[];
}

interface CallWork {
  readonly kind: 'call';
  readonly operation: Operation;
}

export interface LoopWork {
  readonly kind: 'loop';
  readonly loop: Loop;
  readonly body: Block;
  readonly carry: readonly number[];
  readonly sequences: readonly number[];
  readonly captured: readonly number[];
}

type Draft = Omit<Instruction, 'frees'>;

interface BlockDefinition {
  readonly roots: readonly Node[];
  /** Become the block's own: it disposes of them. */
  readonly owned: readonly Node[];
  /** Stay with whoever runs the block. */
  readonly borrowed: readonly Node[];
  readonly backend: Backend;
  /** Uploaded once for all blocks of a program. */
  readonly constantOf: (node: Extract<Node, { op: 'constant' }>) => Tensor;
}

export function planBlock(definition: BlockDefinition): Block {
  const { roots, owned, borrowed, backend, constantOf } = definition;
  const given = [...owned, ...borrowed];
  const known = new Set(given);
  const order = topologicalOrder(roots, (node) => known.has(node));
  const slots = assignSlots(given, order);
  const slotOf = (node: Node): number => slots.get(standIn(node)) as number;
  const own = new Set([...owned, ...order.filter(({ op }) => op !== 'constant')].map(slotOf));
  for (const node of borrowed) own.delete(slotOf(node));

  const drafts: Draft[] = [];
  const loops = new Set<Loop>();
  for (const node of order) {
    if (node.op === 'constant' || node.op === 'input' || isRenaming(node)) continue;
    if (node.op !== 'loopResult') {
      const operation = operationOf(node, backend);
      drafts.push({
        work: { kind: 'call', operation },
        reads: reads(node).map(slotOf),
        targets: [slotOf(node)],
      });
    } else if (!loops.has(node.loop)) {
      loops.add(node.loop);
      drafts.push(planLoop(node.loop, order, definition, slotOf));
    }
  }
  return {
    numSlots: new Set(slots.values()).size,
    given: given.map(slotOf),
    own: [...own],
    constants: order.flatMap((node) =>
      node.op === 'constant' ? [{ slot: slotOf(node), tensor: constantOf(node) }] : [],
    ),
    ...lifetimes(drafts, roots.map(slotOf), own, owned.map(slotOf)),
  };
}

/** The node whose tensor stands for `node`'s: bytes are float32 on the device, so casting them to it is nothing. */
function standIn(node: Node): Node {
  return isRenaming(node) ? standIn(node.x) : node;
}

function isRenaming(node: Node): node is Extract<Node, { op: 'cast' }> {
  return node.op === 'cast' && node.dtype === 'float32' && node.x.dtype === 'uint8';
}

function assignSlots(given: readonly Node[], order: readonly Node[]): ReadonlyMap<Node, number> {
  const slots = new Map<Node, number>();
  for (const node of [...given, ...order].map(standIn)) if (!slots.has(node)) slots.set(node, slots.size);
  return slots;
}

function planLoop(
  loop: Loop,
  order: readonly Node[],
  { backend, constantOf }: BlockDefinition,
  slotOf: (node: Node) => number,
): Draft {
  const { carry, outputs, carryInputs, sliceInputs } = loop.body;
  const targets = Array<number>(carry.length + outputs.length).fill(-1);
  for (const node of order) {
    if (node.op === 'loopResult' && node.loop === loop) targets[node.index] = slotOf(node);
  }
  const body = planBlock({
    roots: [...carry, ...outputs],
    owned: [...carryInputs, ...sliceInputs],
    borrowed: loop.captured,
    ...{ backend, constantOf },
  });
  const [initial, sequences, captured] = [loop.carry, loop.sequences, loop.captured].map((nodes) =>
    nodes.map(slotOf),
  ) as [number[], number[], number[]];
  return {
    work: { kind: 'loop', loop, body, carry: initial, sequences, captured },
    reads: [...initial, ...sequences, ...captured],
    targets,
  };
}

/** Who reads which value last, and which results would be given away twice or are not the block's own. */
function lifetimes(
  drafts: readonly Draft[],
  roots: readonly number[],
  own: ReadonlySet<number>,
  owned: readonly number[],
): Pick<Block, 'instructions' | 'unread' | 'results'> {
  const done = new Set(roots);
  const instructions = drafts
    .toReversed()
    .map((draft) => {
      // A result that nobody reads is freed where it is made.
      const last = [...new Set([...draft.reads, ...draft.targets])].filter(
        (slot) => own.has(slot) && !done.has(slot),
      );
      for (const slot of last) done.add(slot);
      return { ...draft, frees: last };
    })
    .toReversed();
  const unread = owned.filter((slot) => !done.has(slot));
  const results = roots.map((slot, i) => ({ slot, copy: !own.has(slot) || roots.indexOf(slot) < i }));
  return { instructions, unread, results };
}

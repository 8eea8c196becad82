/** Runs a planned block, call by call, and every loop of it step by step on the host. */
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Node } from '../../tensor/node.ts';
import { resolveDim, resolveShape } from '../../tensor/shape.ts';
import type { Backend } from './backend.ts';
import type { Sizes } from './operation.ts';
import type { Block, LoopWork } from './planBlock.ts';
import { hostSlice, TfjsTensor } from './tfjsTensor.ts';

/** A value of a block: on the device, or one that goes there when it is first read. */
export type Value = Tensor | TfjsTensor;

/** How long a loop may keep the event loop waiting: messages to this process, such as the one to stop, wait as long. */
const MILLISECONDS_PER_TURN = 100;

interface Frame {
  readonly values: Array<Value | undefined>;
  readonly sizes: Sizes;
  readonly backend: Backend;
}

/**
 * The block's results, which belong to the caller. Of `given`, the values that the block owns are disposed of, whatever
 * happens, and the others are left alone.
 */
export async function runBlock(
  block: Block,
  given: readonly Value[],
  { sizes, backend }: Omit<Frame, 'values'>,
): Promise<Tensor[]> {
  const values = Array<Value | undefined>(block.numSlots).fill(undefined);
  const frame: Frame = { values, sizes, backend };
  for (const [i, slot] of block.given.entries()) values[slot] = given[i];
  for (const { slot, tensor } of block.constants) values[slot] = tensor;
  const free = (slot: number): void => {
    values[slot]?.dispose();
    values[slot] = undefined;
  };
  for (const slot of block.unread) free(slot);
  try {
    for (const { work, reads, targets, frees } of block.instructions) {
      if (work.kind === 'call') {
        const read = reads.map((slot) => onDevice(values[slot]));
        values[targets[0] as number] = work.operation(read, sizes);
      } else {
        const results = await runLoop(work, targets, frame);
        for (const [i, target] of targets.entries()) if (target >= 0) values[target] = results[i];
      }
      for (const slot of frees) free(slot);
    }
    // Copies first: what they copy may be given away by the same list.
    const copies = block.results.map(({ slot, copy }) =>
      copy ? backend.call('Identity', { x: onDevice(values[slot]) }) : undefined,
    );
    return block.results.map(({ slot }, i) => copies[i] ?? onDevice(values[slot]));
  } catch (error) {
    for (const slot of block.own) free(slot);
    throw error;
  }
}

function onDevice(value: Value | undefined): Tensor {
  if (value === undefined) throw new Error('A value was read before it was computed.');
  return value instanceof TfjsTensor ? value.onDevice() : value;
}

/** The carried values after the last step, then the stacked outputs; undefined where `targets` says that nobody asks. */
async function runLoop(
  { loop, body, carry, sequences, captured }: LoopWork,
  targets: readonly number[],
  { values, sizes, backend }: Frame,
): Promise<Array<Tensor | undefined>> {
  const numSteps = resolveDim(loop.numSteps, sizes);
  const outside = captured.map((slot) => onDevice(values[slot]));
  const slicers = sequences.map((slot) => slicer(backend, values[slot] as Value));
  const copy = (x: Tensor): Tensor => backend.call('Identity', { x });
  let state = carry.map((slot) => copy(onDevice(values[slot])));
  const stacks: Tensor[][] = loop.body.outputs.map(() => []);
  try {
    let turn = performance.now();
    for (let step = 0; step < numSteps; step++) {
      if (performance.now() - turn > MILLISECONDS_PER_TURN) {
        await eventLoopTurn();
        backend.activate();
        turn = performance.now();
      }
      const given = [...state, ...slicers.map((slice) => slice(step)), ...outside];
      state = []; // the body's from here on
      const results = await runBlock(body, given, { sizes, backend });
      state = results.splice(0, carry.length);
      for (const [i, output] of results.entries()) {
        if ((targets[carry.length + i] as number) >= 0) stacks[i]?.push(output);
        else output.dispose();
      }
    }
    const stacked = stacks.map((parts, i) => {
      if ((targets[carry.length + i] as number) < 0) return undefined;
      return stack(backend, parts, loop.body.outputs[i] as Node, sizes);
    });
    const finals = state;
    state = [];
    return [...finals, ...stacked];
  } finally {
    for (const tensor of [...state, ...stacks.flat()]) tensor.dispose();
  }
}

/** Step t of a sequence [numSteps, …]: cut on the host where it is still there, which takes no call. */
function slicer(backend: Backend, sequence: Value): (step: number) => Tensor {
  if (sequence instanceof TfjsTensor && sequence.host !== undefined) {
    const { host, shape } = sequence;
    return (step) => hostSlice(backend, host, shape, step);
  }
  const x = onDevice(sequence);
  const shape = x.shape.slice(1);
  return (step) => {
    const begin = [step, ...shape.map(() => 0)];
    const slice = backend.call('Slice', { x }, { begin, size: [1, ...shape] });
    const result = backend.call('Reshape', { x: slice }, { shape });
    slice.dispose();
    return result;
  };
}

function stack(backend: Backend, parts: readonly Tensor[], node: Node, sizes: Sizes): Tensor {
  if (parts.length > 0) return backend.call('Pack', parts, { axis: 0 });
  const none = node.dtype === 'int32' ? new Int32Array() : new Float32Array();
  return backend.tensor(none, [0, ...resolveShape(node.shape, sizes)]);
}

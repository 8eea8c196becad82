/**
 * Initial pools: the labels that a trial starts with. Each method orders the whole pool without regard to the size
 * asked for and returns a prefix, so that pools of different sizes are nested.
 */
import { deriveStream, type RandomStream } from '../foundation/randomStream.ts';
import { UserError } from '../foundation/userError.ts';
import type { ClassLabels, DatasetInfo, InitialPoolMethod, Split } from './dataset.ts';
import { proportionalOrder } from './proportionalOrder.ts';

export interface InitialPoolRequest {
  readonly split: Split;
  /** [numSamples], class indices; `random` does not look at them. */
  readonly labels: ClassLabels;
  readonly numClasses: number;
  readonly method: InitialPoolMethod;
  readonly size: number;
  readonly info: DatasetInfo;
  readonly seed: number;
}

/**
 * Row numbers in order. `random`: a permutation. `stratified`: one row of each class present, then every prefix
 * follows the pool's class proportions to within one row. `balanced`: classes take turns, in a new random order each
 * turn, until they run out. A split that brings its own `initial` overrides them all. Throws what
 * `checkInitialPoolSize` throws.
 */
export function drawInitialPool(request: InitialPoolRequest): Int32Array {
  const { split, labels, numClasses, method, size, info, seed } = request;
  const poolSizes = { pool: split.pool.length, initial: split.initial?.length };
  checkInitialPoolSize({ size, method, numClasses, sizes: poolSizes });
  if (split.initial !== undefined) return split.initial.slice(0, size);
  const stream = deriveStream('initial-pool', { dataset: info.fingerprint, seed });
  const order = stream.shuffle(split.pool.slice());
  if (method === 'random') return order.slice(0, size);
  const rowsOfClass = groupByClass(order, labels, numClasses);
  return (method === 'stratified' ? stratified : balanced)(rowsOfClass, stream).slice(0, size);
}

/** What is wrong with a size can be said before any data are read. Throws `UserError("bad-initial-pool")`. */
export function checkInitialPoolSize({
  size,
  method,
  numClasses,
  sizes,
}: {
  readonly size: number;
  readonly method: InitialPoolMethod;
  readonly numClasses: number;
  readonly sizes: { readonly pool: number; readonly initial?: number | undefined };
}): void {
  if (!Number.isInteger(size) || size < 1) {
    refuse(`An initial pool must have at least one row, and ${size} were asked for. Ask for a whole number.`);
  }
  if (sizes.initial !== undefined) {
    if (size <= sizes.initial) return;
    refuse(
      `The index mask lists ${sizes.initial} rows as initial pool, and ${size} were asked for. Ask for fewer, or list more.`,
    );
  }
  if (size > sizes.pool) {
    refuse(`The pool has ${sizes.pool} rows, and an initial pool of ${size} was asked for. Ask for fewer.`);
  }
  if (method !== 'random' && size < numClasses) {
    refuse(
      `A ${method} initial pool needs a row of each of the ${numClasses} classes, and ${size} rows were asked for. Ask for more, or draw it at random.`,
    );
  }
}

function stratified(rowsOfClass: readonly (readonly number[])[], stream: RandomStream): Int32Array {
  const counts = rowsOfClass.map((rows) => rows.length);
  const classOrder = stream.permutation(counts.length);
  const taken = counts.map(() => 0);
  const firsts = new Map<number, number>(Array.from(classOrder, (c) => [c, -1]));
  const others: number[] = [];
  for (const c of proportionalOrder(counts, classOrder)) {
    const position = taken[c] ?? 0;
    const row = rowsOfClass[c]?.[position] ?? -1;
    taken[c] = position + 1;
    if (position === 0) firsts.set(c, row);
    else others.push(row);
  }
  return Int32Array.from([...[...firsts.values()].filter((row) => row >= 0), ...others]);
}

function balanced(rowsOfClass: readonly (readonly number[])[], stream: RandomStream): Int32Array {
  const numTurns = Math.max(...rowsOfClass.map((rows) => rows.length));
  const order: number[] = [];
  for (let turn = 0; turn < numTurns; turn++) {
    for (const c of stream.permutation(rowsOfClass.length)) {
      const row = rowsOfClass[c]?.[turn];
      if (row !== undefined) order.push(row);
    }
  }
  return Int32Array.from(order);
}

/** Per class its rows, in the order met. */
function groupByClass(rows: Int32Array, labels: ClassLabels, numClasses: number): number[][] {
  const groups = Array.from({ length: numClasses }, (): number[] => []);
  for (const row of rows) groups[labels[row] ?? 0]?.push(row);
  return groups;
}

function refuse(message: string): never {
  throw new UserError('bad-initial-pool', message);
}

/** Slots: one entry per replica of a program, empty where a replica has nothing to do and runs along idly. */
import type { TypedArray } from '../engines/engine.ts';

export type Slots<T> = readonly (T | undefined)[];

/** What every full slot becomes. */
export function mapSlots<T, U>(slots: Slots<T>, become: (value: T, slot: number) => U): (U | undefined)[] {
  return slots.map((value, slot) => (value === undefined ? undefined : become(value, slot)));
}

/** A full slot, for idle ones to imitate. Throws where there is none. */
export function anyOf<T>(slots: Slots<T>): T {
  const found = slots.find((value) => value !== undefined);
  if (found === undefined) throw new Error('All slots are empty.');
  return found;
}

/**
 * [numSteps, numReplicas, width] from the [numSteps, width] that `values` gives of every full slot, all of one element type;
 * an idle slot imitates a full one. That of a single slot is handed on as it is.
 */
export function interleave<Full, T extends TypedArray>(
  slots: Slots<Full>,
  values: (full: Full) => T,
  numSteps: number,
): T {
  const own = mapSlots(slots, values);
  const first = anyOf(own);
  if (slots.length === 1) return first;
  const width = first.length / numSteps;
  const all = new (first.constructor as new (length: number) => T)(first.length * slots.length);
  for (let step = 0; step < numSteps; step++) {
    for (const [slot, mine = first] of own.entries()) {
      all.set(mine.subarray(step * width, (step + 1) * width), (step * slots.length + slot) * width);
    }
  }
  return all;
}

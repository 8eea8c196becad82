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
 * [numSteps, numReplicas, width] from one [numSteps, width] per replica, all of one element type; a single one is handed
 * on as it is.
 */
export function interleave<T extends TypedArray>(perReplica: readonly T[], numSteps: number): T {
  const [first, ...others] = perReplica;
  if (first === undefined) throw new Error('Nothing to interleave.');
  if (others.length === 0) return first;
  const width = first.length / numSteps;
  const all = new (first.constructor as new (length: number) => T)(first.length * perReplica.length);
  for (let step = 0; step < numSteps; step++) {
    for (const [replica, values] of perReplica.entries()) {
      const from = values.subarray(step * width, (step + 1) * width);
      all.set(from, (step * perReplica.length + replica) * width);
    }
  }
  return all;
}

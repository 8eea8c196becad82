/** What can be done to embeddings before a selection: unit length, and finding rows that are equal. */
import type { Embeddings } from '../learner/learner.ts';

/** Scales each row to length 1, in place; a row of zeros stays. */
export function normalizeRows({ values, width }: Embeddings): void {
  for (let first = 0; first < values.length; first += width) {
    const row = values.subarray(first, first + width);
    // By the largest entry, so that squares neither overflow nor vanish.
    let largest = 0;
    for (const value of row) largest = Math.max(largest, Math.abs(value));
    if (largest === 0) continue;
    let sum = 0;
    for (const value of row) sum += (value / largest) ** 2;
    const length = Math.sqrt(sum);
    for (let f = 0; f < width; f++) row[f] = (row[f] as number) / largest / length;
  }
}

export interface Duplicate {
  readonly row: number;
  /** The row it is equal to, which stays. */
  readonly of: number;
}

/**
 * Rows equal to an earlier one, number for number. `first` rows count as earlier than all others: of what is labelled
 * and what is not, the labelled stays.
 */
export function findDuplicates({ values, width, numSamples }: Embeddings, first: Int32Array): Duplicate[] {
  const isFirst = new Uint8Array(numSamples);
  for (const row of first) isFirst[row] = 1;
  /** By hash, the latest row that is unique; and for each of these, the one before with its hash. */
  const latest = new Map<number, number>();
  const before = new Int32Array(numSamples).fill(-1);
  const duplicates: Duplicate[] = [];
  const numbers = new Float32Array(1);
  const bits = new Int32Array(numbers.buffer);

  function hashOf(row: number): number {
    let hash = width;
    for (let f = row * width; f < (row + 1) * width; f++) {
      numbers[0] = (values[f] as number) + 0; // -0 is 0
      hash = Math.imul(hash ^ (bits[0] as number), 0x9e37_79b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  function areEqual(a: number, b: number): boolean {
    for (let f = 0; f < width; f++) if (values[a * width + f] !== values[b * width + f]) return false;
    return true;
  }

  function visit(row: number): void {
    const hash = hashOf(row);
    let twin = latest.get(hash) ?? -1;
    while (twin !== -1 && !areEqual(row, twin)) twin = before[twin] as number;
    if (twin === -1) {
      before[row] = latest.get(hash) ?? -1;
      latest.set(hash, row);
    } else if (isFirst[row] === 0) duplicates.push({ row, of: twin });
  }

  for (const row of first) visit(row);
  for (let row = 0; row < numSamples; row++) if (isFirst[row] === 0) visit(row);
  return duplicates;
}

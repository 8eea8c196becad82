/** The best k of many by score, ties broken at random but independently of the rows' order. */
import type { RandomStream } from '../foundation/randomStream.ts';
import { UserError } from '../foundation/userError.ts';
import { drawRowKey, type RowKey, rowHash } from './rowHash.ts';

/**
 * The `k` rows with the highest scores, best first. Equal scores are ordered by a hash of the row keyed from `stream`,
 * so that neither the order of `rows` nor the order of the data set decides.
 * O(N + k log k log N) where k is small. Throws `UserError("nan-score")`.
 *
 * @param scores [numRows], not NaN
 * @param rows [numRows], all different
 */
export function topK(scores: Float64Array, rows: Int32Array, k: number, stream: RandomStream): Int32Array {
  const key = drawRowKey(stream);
  if (k === 0) return new Int32Array(0);
  const threshold = kthLargest(scores, k);
  const chosen: Candidate[] = [];
  const tied: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    const row = rows[i] as number;
    if (score > threshold) chosen.push({ row, score, tie: rowHash(row, key) });
    else if (score === threshold) tied.push(row);
  }
  for (const row of fewestHash(Int32Array.from(tied), k - chosen.length, key)) {
    chosen.push({ row, score: threshold, tie: rowHash(row, key) });
  }
  chosen.sort((a, b) => b.score - a.score || a.tie - b.tie || a.row - b.row);
  return Int32Array.from(chosen.slice(0, k), ({ row }) => row);
}

interface Candidate {
  readonly row: number;
  readonly score: number;
  readonly tie: number;
}

/** The rows whose hash is among the `count` lowest: `count` of them, or one more where two hashes are equal. */
function fewestHash(rows: Int32Array, count: number, key: RowKey): Int32Array {
  const hashes = Float64Array.from(rows, (row) => rowHash(row, key));
  const limit = hashes.slice().sort()[count - 1] as number;
  return rows.filter((_, i) => (hashes[i] as number) <= limit);
}

/** The k-th largest score. Throws `UserError("nan-score")`. */
function kthLargest(scores: Float64Array, k: number): number {
  refuseNaN(scores);
  // Typed arrays sort natively, without a comparator; for few of many, most scores are only compared with the k-th.
  if (8 * k > scores.length) return scores.slice().sort()[scores.length - k] as number;
  const heap = scores.slice(0, k).sort(); // ascending order is a heap with the smallest first
  for (let i = k; i < scores.length; i++) {
    if ((scores[i] as number) > (heap[0] as number)) replaceSmallest(heap, scores[i] as number);
  }
  return heap[0] as number;
}

/** Puts `value` in the place of a heap's smallest, and sinks it to where it belongs. */
function replaceSmallest(heap: Float64Array, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++;
    if ((heap[child] as number) >= value) break;
    heap[at] = heap[child] as number;
    at = child;
  }
  heap[at] = value;
}

/** Throws `UserError("nan-score")` where a score is NaN. */
export function refuseNaN(scores: Float64Array): void {
  let count = 0;
  for (const score of scores) if (Number.isNaN(score)) count++;
  if (count === 0) return;
  throw new UserError(
    'nan-score',
    `A strategy scored ${count} of ${scores.length} samples as NaN. Scores must be numbers: ` +
      'look for a model that diverged or a measure that divides by zero.',
  );
}

/** The best k of many by score, ties broken at random but independently of the rows' order. */

import type { RandomStream } from '../foundation/randomStream.ts';
import { UserError } from '../foundation/userError.ts';
import { drawRowKey, type RowKey, rowHash } from './rowHash.ts';

/**
 * The `k` rows with the highest scores, best first. Equal scores are ordered by a hash of the row keyed from `stream`,
 * so that neither the order of `rows` nor the order of the data set decides.
 * Two native sorts of at most N numbers. Throws `UserError("nan-score")`.
 *
 * @param scores [numRows], not NaN
 * @param rows [numRows], all different
 */
export function topK(scores: Float64Array, rows: Int32Array, k: number, stream: RandomStream): Int32Array {
  const key = drawRowKey(stream);
  if (k === 0) return new Int32Array(0);
  const threshold = kthLargest(scores, k);
  const tied = rows.filter((_, i) => scores[i] === threshold);
  const chosen: Candidate[] = [];
  scores.forEach((score, i) => {
    if (score > threshold)
      chosen.push({ row: rows[i] as number, score, tie: rowHash(rows[i] as number, key) });
  });
  for (const row of fewestHash(tied, k - chosen.length, key)) {
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

/** The k-th largest score. Typed arrays sort natively, without a comparator; NaN sorts last and is refused there. */
function kthLargest(scores: Float64Array, k: number): number {
  const sorted = scores.slice().sort();
  if (Number.isNaN(sorted[sorted.length - 1])) refuseNaN(scores);
  return sorted[sorted.length - k] as number;
}

/** Throws `UserError("nan-score")` where a score is NaN. */
export function refuseNaN(scores: Float64Array): void {
  const count = scores.reduce((sum, score) => sum + Number(Number.isNaN(score)), 0);
  if (count === 0) return;
  throw new UserError(
    'nan-score',
    `A strategy scored ${count} of ${scores.length} samples as NaN. Scores must be numbers: ` +
      'look for a model that diverged or a measure that divides by zero.',
  );
}

/** What a classifier says of rows, and what is true of them. */

export interface RowScores {
  /** [numRows, numClasses], row-major; the higher, the likelier the class. For `nll`: probabilities. */
  readonly scores: Float32Array | Float64Array;
  /** [numRows], class indices. */
  readonly labels: ArrayLike<number>;
  readonly numClasses: number;
}

/**
 * A number that rows (or images, or seeds) add up to, where item `i` counts `weights[i]` times; without weights, each counts
 * once. NaN where there is no such number, as the precision of a class that has no row.
 */
export type WeightedStatistic = (weights?: ArrayLike<number>) => number;

/** [numRows], the class with the highest score; the lowest index where several are equal. */
export function topClasses({ scores, labels, numClasses }: RowScores): Int32Array {
  return Int32Array.from({ length: labels.length }, (_, row) => {
    const first = row * numClasses;
    let best = 0;
    for (let c = 1; c < numClasses; c++) {
      if ((scores[first + c] as number) > (scores[first + best] as number)) best = c;
    }
    return best;
  });
}

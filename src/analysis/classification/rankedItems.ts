/** One class against the rest: items by falling score. Sorted once, then weighed as often as resampling asks. */
import type { RowScores } from './rowScores.ts';

/** Items in the order of falling scores. */
export interface RankedItems {
  /** [numItems]: the row an item stands for, whose weight is its own. */
  readonly rows: Int32Array;
  /** [numItems]: 1 where the item is of the class. */
  readonly isPositive: Uint8Array;
  /** [numItems]: 1 for the last item of a run of equal scores. */
  readonly endsTie: Uint8Array;
  /** [numItems] */
  readonly scores: Float64Array;
}

/** Rows by the score of class `c`; its rows are positive. */
export function rankClass({ scores, labels, numClasses }: RowScores, c: number): RankedItems {
  return rank({
    scores: Float64Array.from({ length: labels.length }, (_, row) => scores[row * numClasses + c] as number),
    rowOf: (item) => item,
    isPositive: (item) => labels[item] === c,
  });
}

/** Every class of every row as an item of its own, all in one order: what micro averages are made of. */
export function rankAll({ scores, labels, numClasses }: RowScores): RankedItems {
  return rank({
    scores: Float64Array.from(scores),
    rowOf: (item) => Math.floor(item / numClasses),
    isPositive: (item) => labels[Math.floor(item / numClasses)] === item % numClasses,
  });
}

interface Items {
  readonly scores: Float64Array;
  readonly rowOf: (item: number) => number;
  readonly isPositive: (item: number) => boolean;
}

function rank({ scores, rowOf, isPositive }: Items): RankedItems {
  const order = Int32Array.from(scores, (_, item) => item).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  const sorted = Float64Array.from(order, (item) => scores[item] as number);
  return {
    rows: order.map(rowOf),
    isPositive: Uint8Array.from(order, (item) => Number(isPositive(item))),
    endsTie: Uint8Array.from(sorted, (score, i) => Number(score !== sorted[i + 1])),
    scores: sorted,
  };
}

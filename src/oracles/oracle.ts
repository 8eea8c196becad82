/** Simulated annotators. */

/** Stands in place of a label where an annotator gave none. */
export const NO_ANSWER = -1;

/** What an annotator said, one entry per queried row. */
export interface Answers {
  /** Class indices, or `NO_ANSWER`. */
  readonly labels: Int32Array;
  /** What each answer cost, that there was none included; 1 is one label. */
  readonly costs: Float64Array;
}

/**
 * Answers depend on the seed, the row and how often it was asked before, and on nothing else: every strategy meets the
 * same errors, whatever else it asks and whenever.
 */
export interface Oracle {
  /** A row without an answer leaves the pool for good; left out, it goes back and may be asked again. */
  readonly retiresUnanswered?: boolean;
  /** Labels `rows`, all different; `timesAsked` says how often each of them was asked without an answer. */
  label(rows: Int32Array, timesAsked: Int32Array): Promise<Answers>;
}

/** What an oracle is made from. Only oracles and evaluation ever see `trueLabels`. */
export interface OracleContext {
  /** [numSamples] over all rows of the data set. */
  readonly trueLabels: ArrayLike<number>;
  readonly numClasses: number;
  readonly seed: number;
}

/** What a plan knows of a data set, to check options by. */
export interface OracleData {
  readonly numClasses: number;
  readonly numSamples: number;
}

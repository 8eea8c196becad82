/** Simulated annotators. */

/** What an annotator said, one entry per queried row. */
interface Answers {
  /** Class indices. */
  readonly labels: Int32Array;
  /** What each answer cost; 1 is one label. */
  readonly costs: Float64Array;
}

export interface Oracle {
  /** Labels `rows`, all different. */
  label(rows: Int32Array): Promise<Answers>;
}

/** What an oracle is made from. Only oracles and evaluation ever see `trueLabels`. */
export interface OracleContext {
  /** [numSamples] over all rows of the data set. */
  readonly trueLabels: Uint8Array;
  readonly numClasses: number;
  readonly seed: number;
}

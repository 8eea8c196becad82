/** What has been labelled so far, and what is left in the pool. Only answers that an oracle gave ever enter it. */

/** Stands where no answer has been given. */
const UNKNOWN = -1;

export class LabelledSet {
  /** [numSamples] over all rows of the data set: the answers, or -1. */
  readonly labels: Int32Array;
  /** Ascending, so that the order of a split cannot break ties. */
  readonly #pool: Int32Array;
  readonly #isInPool: Uint8Array; // [numSamples]
  #rows: Int32Array = new Int32Array(0);

  /** @param pool rows that may be labelled; `numSamples` counts all rows of the data set */
  constructor(pool: Int32Array, numSamples: number) {
    this.#pool = pool.toSorted();
    this.labels = new Int32Array(numSamples).fill(UNKNOWN);
    this.#isInPool = new Uint8Array(numSamples);
    for (const row of pool) this.#isInPool[row] = 1;
  }

  /** Labelled rows in the order they were labelled. */
  get rows(): Int32Array {
    return this.#rows;
  }

  /** Unlabelled rows of the pool, ascending. */
  unlabelled(): Int32Array {
    return this.#pool.filter((row) => this.labels[row] === UNKNOWN);
  }

  /** Adds answers. Throws where a row is labelled already or not in the pool: whoever picked it broke its contract. */
  add(rows: ArrayLike<number>, answers: ArrayLike<number>): void {
    const added = Int32Array.from(rows);
    added.forEach((row, i) => {
      if (this.#isInPool[row] !== 1) throw new Error(`Row ${row} was queried, and is not in the pool.`);
      if (this.labels[row] !== UNKNOWN) throw new Error(`Row ${row} was queried, and is labelled already.`);
      this.labels[row] = answers[i] as number;
    });
    const all = new Int32Array(this.#rows.length + added.length);
    all.set(this.#rows);
    all.set(added, this.#rows.length);
    this.#rows = all;
  }

  copy(): LabelledSet {
    const twin = new LabelledSet(this.#pool, this.labels.length);
    twin.labels.set(this.labels);
    twin.#rows = this.#rows;
    return twin;
  }
}

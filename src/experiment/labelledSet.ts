/**
 * What has been asked and labelled so far, and what is left in the pool. Only answers that an oracle gave ever enter it.
 */
import { NO_ANSWER } from '../oracles/oracle.ts';

/** Stands where no answer has been given. */
const UNKNOWN = NO_ANSWER;

export interface LabelledSetOptions {
  /** A row whose query got no answer leaves the pool. */
  readonly retiresUnanswered?: boolean | undefined;
}

export class LabelledSet {
  /** [numSamples] over all rows of the data set: the answers, or -1. */
  readonly labels: Int32Array;
  /** Ascending, so that the order of a split cannot break ties. */
  readonly #pool: Int32Array;
  readonly #isInPool: Uint8Array; // [numSamples]
  readonly #options: LabelledSetOptions;
  /** How often a row was asked for in vain. */
  readonly #timesAsked = new Map<number, number>();
  #rows: Int32Array = new Int32Array(0);
  #numQueries = 0;
  #totalCost = 0;

  /** @param pool rows that may be labelled; `numSamples` counts all rows of the data set */
  constructor(pool: Int32Array, numSamples: number, options: LabelledSetOptions = {}) {
    this.#pool = pool.toSorted();
    this.#options = options;
    this.labels = new Int32Array(numSamples).fill(UNKNOWN);
    this.#isInPool = new Uint8Array(numSamples);
    for (const row of pool) this.#isInPool[row] = 1;
  }

  /** Labelled rows in the order they were labelled. */
  get rows(): Int32Array {
    return this.#rows;
  }

  /** Rows asked for, with or without an answer; a row asked for twice counts twice. */
  get numQueries(): number {
    return this.#numQueries;
  }

  /** What they cost. */
  get totalCost(): number {
    return this.#totalCost;
  }

  /** Unlabelled rows of the pool that may still be asked for, ascending. */
  unlabelled(): Int32Array {
    return this.#pool.filter((row) => this.labels[row] === UNKNOWN && this.#isInPool[row] === 1);
  }

  /** How often each of `rows` was asked for without an answer. */
  timesAsked(rows: Int32Array): Int32Array {
    return rows.map((row) => this.#timesAsked.get(row) ?? 0);
  }

  /**
   * Adds answers, at a `cost` of all together. Throws where a row is labelled already or not in the pool: whoever picked
   * it broke its contract.
   */
  add(rows: ArrayLike<number>, answers: ArrayLike<number>, cost: number): void {
    const answered: number[] = [];
    Array.from(rows).forEach((row, i) => {
      if (this.#isInPool[row] !== 1) throw new Error(`Row ${row} was queried, and is not in the pool.`);
      if (this.labels[row] !== UNKNOWN) throw new Error(`Row ${row} was queried, and is labelled already.`);
      const answer = answers[i] as number;
      if (answer === NO_ANSWER) {
        this.#timesAsked.set(row, (this.#timesAsked.get(row) ?? 0) + 1);
        if (this.#options.retiresUnanswered) this.#isInPool[row] = 0;
        return;
      }
      this.labels[row] = answer;
      answered.push(row);
    });
    const all = new Int32Array(this.#rows.length + answered.length);
    all.set(this.#rows);
    all.set(answered, this.#rows.length);
    this.#rows = all;
    this.#numQueries += rows.length;
    this.#totalCost += cost;
  }

  copy(): LabelledSet {
    const twin = new LabelledSet(this.#pool, this.labels.length, this.#options);
    twin.labels.set(this.labels);
    twin.#isInPool.set(this.#isInPool);
    for (const [row, times] of this.#timesAsked) twin.#timesAsked.set(row, times);
    twin.#rows = this.#rows;
    twin.#numQueries = this.#numQueries;
    twin.#totalCost = this.#totalCost;
    return twin;
  }
}

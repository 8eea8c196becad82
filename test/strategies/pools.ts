/** Pools for the strategies' tests: samples of a model, embeddings and labelled rows, and the context that shows them. */
import fc from 'fast-check';
import type { Compute } from '../../src/engines/compute.ts';
import { deriveStream, type RandomStream } from '../../src/foundation/randomStream.ts';
import type { Embeddings } from '../../src/learner/learner.ts';
import { meanPrediction, type SampleChunk } from '../../src/learner/samples.ts';
import type { QueryContext } from '../../src/strategies/strategy.ts';

export interface Pool {
  /** Different from each other and from `labelled.rows`. */
  readonly rows: readonly number[];
  /** [numDrawn][numRows][numClasses] probabilities. One sample: a deterministic model. */
  readonly samples: readonly (readonly (readonly number[])[])[];
  /** [numRows][width] */
  readonly embeddings: readonly (readonly number[])[];
  readonly labelled: {
    readonly rows: readonly number[];
    readonly answers: readonly number[];
    readonly embeddings: readonly (readonly number[])[];
  };
  readonly numClasses: number;
}

/** Fewer rows than most pools of the tests have, so that most samples come in several chunks. */
const rowsPerChunk = 7;

const embeddingWidth = 3;

/** What a fitted round would show of `pool`. */
export function contextOf(pool: Pool, stream: RandomStream, compute: Compute): QueryContext {
  const { rows, labelled, numClasses } = pool;
  const numSamples = rows.length;
  async function* samples(): AsyncGenerator<SampleChunk> {
    for (let start = 0; start < numSamples; start += rowsPerChunk) {
      const parts = pool.samples.map((sample) => sample.slice(start, start + rowsPerChunk));
      const logProbabilities = Float32Array.from(parts.flat(2), Math.log);
      const numRows = parts[0]?.length ?? 0;
      yield { start, numRows, numDrawn: parts.length, numClasses, logProbabilities };
    }
  }
  // As a fitted round does it: computed once, and then the same object for all who ask.
  const predictions = meanPrediction(samples(), { numSamples, numClasses });
  const embeddings = embeddingsOf(pool.embeddings);
  const labelledEmbeddings = embeddingsOf(labelled.embeddings);
  return {
    poolRows: Int32Array.from(rows),
    labelled: { rows: Int32Array.from(labelled.rows), answers: Int32Array.from(labelled.answers) },
    numClasses,
    classNames: Array.from({ length: numClasses }, (_, c) => `class ${c}`),
    predictions: () => predictions,
    samples,
    embeddings: async () => embeddings,
    labelledEmbeddings: async () => labelledEmbeddings,
    ...{ compute, stream },
  };
}

function embeddingsOf(values: readonly (readonly number[])[]): Embeddings {
  return { values: Float32Array.from(values.flat()), numSamples: values.length, width: embeddingWidth };
}

interface PoolShape {
  readonly numRows: number;
  readonly numClasses: number;
  readonly numDrawn: number;
  readonly numLabelled: number;
  /** Whether all values are drawn from a few, so that rows agree in some of them or in all. */
  readonly isCoarse: boolean;
  readonly seed: number;
}

/** A pool of random values. */
export function drawPool({ numRows, numClasses, numDrawn, numLabelled, isCoarse, seed }: PoolShape): Pool {
  const stream = deriveStream('split', { test: 'pools', seed });
  const value = (): number => (isCoarse ? (1 + stream.integer(3)) / 4 : 1e-3 + stream.uniform());
  const list = <T>(length: number, make: () => T): T[] => Array.from({ length }, make);
  const distribution = (): number[] => {
    const weights = list(numClasses, value);
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  };
  const embedding = (): number[] => list(embeddingWidth, value);
  const rows = [...stream.permutation(2 * (numRows + numLabelled))].map((row) => 3 * row);
  return {
    rows: rows.slice(0, numRows).sort((a, b) => a - b),
    samples: list(numDrawn, () => list(numRows, distribution)),
    embeddings: list(numRows, embedding),
    labelled: {
      rows: rows.slice(numRows, numRows + numLabelled),
      answers: list(numLabelled, () => stream.integer(numClasses)),
      embeddings: list(numLabelled, embedding),
    },
    numClasses,
  };
}

/** Pools of 1 to 30 rows of 2 to 4 classes, by 1 to 4 samples, from nothing labelled to a few rows. */
export const pools = fc
  .record({
    numRows: fc.integer({ min: 1, max: 30 }),
    numClasses: fc.integer({ min: 2, max: 4 }),
    numDrawn: fc.integer({ min: 1, max: 4 }),
    numLabelled: fc.integer({ min: 0, max: 6 }),
    isCoarse: fc.boolean(),
    seed: fc.nat(),
  })
  .map(drawPool);

/** `numRows` rows that nothing but their number tells apart, and nothing labelled. */
export function identicalRows(numRows: number): Pool {
  const repeat = <T>(value: T): T[] => Array.from({ length: numRows }, () => value);
  return {
    rows: Array.from({ length: numRows }, (_, i) => 3 * i),
    samples: [repeat([0.2, 0.5, 0.3]), repeat([0.6, 0.1, 0.3])],
    embeddings: repeat([0.5, 1, 0.25]),
    labelled: { rows: [], answers: [], embeddings: [] },
    numClasses: 3,
  };
}

/** The rows of `pool` in another order, all that belongs to them with them. */
export function reorder(pool: Pool, order: readonly number[]): Pool {
  const byOrder = <T>(values: readonly T[]): T[] => order.map((i) => values[i] as T);
  return {
    ...pool,
    rows: byOrder(pool.rows),
    samples: pool.samples.map(byOrder),
    embeddings: byOrder(pool.embeddings),
  };
}

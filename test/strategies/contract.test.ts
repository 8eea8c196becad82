/** One suite over every registered strategy: a new entry gets these tests for nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCompute } from '../../src/engines/compute.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream, type RandomStream } from '../../src/foundation/randomStream.ts';
import type { Prediction } from '../../src/learner/prediction.ts';
import { strategies } from '../../src/strategies/index.ts';
import type { QueryContext, Strategy } from '../../src/strategies/strategy.ts';

const compute = createCompute(referenceEngine);

interface Pool {
  readonly rows: number[];
  /** One distribution per row. */
  readonly probabilities: number[][];
}

function predictionOf(probabilities: readonly number[][]): Prediction {
  return {
    logProbabilities: Float32Array.from(probabilities.flat(), Math.log),
    numSamples: probabilities.length,
    numClasses: probabilities[0]?.length ?? 0,
  };
}

/** What a deterministic model would answer, its logits taken for embeddings. */
function contextOf(rows: readonly number[], prediction: Prediction, stream: RandomStream): QueryContext {
  const { logProbabilities, numSamples, numClasses } = prediction;
  return {
    poolRows: Int32Array.from(rows),
    predictions: async () => prediction,
    async *samples() {
      yield { start: 0, numRows: numSamples, numDrawn: 1, numClasses, logProbabilities };
    },
    embeddings: async () => ({ values: logProbabilities, numSamples, width: numClasses }),
    labelled: { rows: new Int32Array(0), answers: new Int32Array(0) },
    labelledEmbeddings: async () => ({ values: new Float32Array(0), numSamples: 0, width: numClasses }),
    numClasses,
    compute,
    stream,
  };
}

async function pick(
  strategy: Strategy,
  { rows, probabilities }: Pool,
  batchSize: number,
  seed = 0,
): Promise<number[]> {
  const context = contextOf(rows, predictionOf(probabilities), deriveStream('strategy', { seed }));
  return [...(await strategy.select(context, batchSize))];
}

const distribution = (numClasses: number) =>
  fc
    .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: numClasses, maxLength: numClasses })
    .map((values) => {
      const sum = values.reduce((a, b) => a + b, 0);
      return values.map((value) => value / sum);
    });

const pools = fc.integer({ min: 2, max: 5 }).chain((numClasses) =>
  fc.array(distribution(numClasses), { minLength: 1, maxLength: 40 }).chain((probabilities) =>
    fc
      .uniqueArray(fc.integer({ min: 0, max: 9999 }), {
        minLength: probabilities.length,
        maxLength: probabilities.length,
      })
      .map((rows): Pool => ({ rows: rows.sort((a, b) => a - b), probabilities })),
  ),
);

const identical = (numRows: number): Pool => ({
  rows: Array.from({ length: numRows }, (_, i) => 3 * i),
  probabilities: Array.from({ length: numRows }, () => [0.2, 0.5, 0.3]),
});

describe.each(Object.entries(strategies))('%s', (_, entry) => {
  const strategy = entry.create({});

  it('picks exactly k different rows of the pool, for every k', async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.nat(), async (pool, draw) => {
        const k = draw % (pool.rows.length + 1);
        const picked = await pick(strategy, pool, k);
        expect(picked.length).toBe(k);
        expect(new Set(picked).size).toBe(k);
        expect(picked.every((row) => pool.rows.includes(row))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('takes the whole pool where k is its size', async () => {
    const pool = identical(7);
    expect((await pick(strategy, pool, 7)).sort((a, b) => a - b)).toEqual(pool.rows);
  });

  it('picks the same for the same stream', async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (pool) => {
        const k = Math.ceil(pool.rows.length / 2);
        expect(await pick(strategy, pool, k)).toEqual(await pick(strategy, pool, k));
      }),
      { numRuns: 20 },
    );
  });

  it('does not care for the order of the pool', async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.integer(), async (pool, seed) => {
        const order = deriveStream('split', { seed }).permutation(pool.rows.length);
        const shuffled: Pool = {
          rows: [...order].map((i) => pool.rows[i] as number),
          probabilities: [...order].map((i) => pool.probabilities[i] as number[]),
        };
        const k = Math.ceil(pool.rows.length / 2);
        expect(await pick(strategy, shuffled, k)).toEqual(await pick(strategy, pool, k));
      }),
      { numRuns: 40 },
    );
  });

  it('breaks ties by its stream, uniformly', async () => {
    const pool = identical(10);
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 2000; seed++) {
      for (const row of await pick(strategy, pool, 3, seed)) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    // Each row is expected 600 times; √(2000 · .3 · .7) = 20.5, so 5 standard deviations are 103.
    for (const row of pool.rows) expect(Math.abs((counts.get(row) ?? 0) - 600)).toBeLessThan(103);
  });
});

describe('strategies that look at predictions', () => {
  const informed = Object.entries(strategies).filter(([name]) => name !== 'random');

  it.each(informed)('%s refuses NaN', async (_, entry) => {
    for (const c of [0, 1, 2]) {
      const pool = identical(4);
      (pool.probabilities[2] as number[])[c] = Number.NaN;
      await expect(pick(entry.create({}), pool, 2)).rejects.toThrow('as NaN');
    }
  });

  it.each(informed)('%s asks for the least certain of two classes first', async (_, entry) => {
    const pool: Pool = {
      rows: [0, 1, 2, 3],
      probabilities: [
        [0.9, 0.1],
        [0.55, 0.45],
        [0.2, 0.8],
        [0.999, 0.001],
      ],
    };
    expect(await pick(entry.create({}), pool, 4)).toEqual([1, 2, 0, 3]);
  });

  it.each(informed)(
    '%s still tells apart what float32 probabilities would call certain',
    async (_, entry) => {
      // 1 - p₁ is 1e-12, 1e-10 and 1e-11: as float32 probabilities all three are exactly (1, 0, 0).
      const rest = [1e-12, 1e-10, 1e-11];
      const logProbabilities = rest.flatMap((r) => [Math.log1p(-r), Math.log(0.7 * r), Math.log(0.3 * r)]);
      const prediction = {
        logProbabilities: Float32Array.from(logProbabilities),
        numSamples: 3,
        numClasses: 3,
      };
      const context = contextOf([0, 1, 2], prediction, deriveStream('strategy', {}));
      expect([...(await entry.create({}).select(context, 3))]).toEqual([1, 2, 0]);
    },
  );
});

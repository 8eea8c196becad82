/**
 * A query batch shared among strategies: each picks its part of the batch from what those before it have left. A row
 * that two of them want is the first one's, and the second takes another in its place.
 */
import { deriveStream, type RandomStream } from '../../foundation/randomStream.ts';
import type { Embeddings } from '../../learner/learner.ts';
import type { SampleChunk } from '../../learner/samples.ts';
import type { QueryContext, Strategy } from '../strategy.ts';

interface MixturePart {
  readonly strategy: Strategy;
  /** Its share of a batch, against the sum of all weights. */
  readonly weight: number;
}

/** Parts pick in their order; what does not divide goes to parts drawn by their remainders, so that shares are right on average. */
export function mixture(parts: readonly MixturePart[]): Strategy {
  return {
    async select(context, batchSize) {
      const shares = drawShares(
        parts.map(({ weight }) => weight),
        batchSize,
        context.stream,
      );
      const picked: number[] = [];
      for (const [i, { strategy }] of parts.entries()) {
        // Each part's luck is its own, however much of it those before have used.
        const seed = [context.stream.uint32(), context.stream.uint32()];
        const share = shares[i] ?? 0;
        if (share === 0) continue;
        const left = {
          ...withoutRows(context, new Set(picked)),
          stream: deriveStream('strategy', { part: i, seed }),
        };
        picked.push(...(await strategy.select(left, share)));
      }
      return Int32Array.from(picked);
    },
  };
}

/** Whole shares of `size`: each weight's rounded down, and the rest one by one by lot, by systematic sampling. */
export function drawShares(weights: readonly number[], size: number, stream: RandomStream): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const start = stream.uniform();
  let end = 0;
  let taken = 0;
  return weights.map((weight, i) => {
    end += (weight / total) * size;
    // The whole numbers that lie between this part's begin and end, both moved by the same luck.
    const upTo = i === weights.length - 1 ? size : Math.min(size, Math.floor(end + start));
    const share = upTo - taken;
    taken = upTo;
    return share;
  });
}

/** The context of a pool that `taken` have left. */
function withoutRows(context: QueryContext, taken: ReadonlySet<number>): QueryContext {
  if (taken.size === 0) return context;
  const positions = Int32Array.from(context.poolRows.keys()).filter(
    (i) => !taken.has(context.poolRows[i] as number),
  );
  const numSamples = positions.length;
  return {
    ...context,
    poolRows: positions.map((i) => context.poolRows[i] as number),
    async predictions() {
      const { logProbabilities, numClasses } = await context.predictions();
      return { logProbabilities: takeRows(logProbabilities, numClasses, positions), numSamples, numClasses };
    },
    async embeddings(): Promise<Embeddings> {
      const { values, width } = await context.embeddings();
      return { values: takeRows(values, width, positions), numSamples, width };
    },
    async *samples(): AsyncGenerator<SampleChunk> {
      let start = 0;
      for await (const chunk of context.samples()) {
        const left = positionsIn(chunk, context.poolRows, taken);
        const { numDrawn, numClasses, numRows, logProbabilities } = chunk;
        const kept = new Float32Array(numDrawn * left.length * numClasses);
        for (let k = 0; k < numDrawn; k++) {
          const sample = logProbabilities.subarray(k * numRows * numClasses, (k + 1) * numRows * numClasses);
          kept.set(takeRows(sample, numClasses, left), k * left.length * numClasses);
        }
        yield { start, numRows: left.length, numDrawn, numClasses, logProbabilities: kept };
        start += left.length;
      }
    },
  };
}

function positionsIn(
  { start, numRows }: SampleChunk,
  rows: Int32Array,
  taken: ReadonlySet<number>,
): Int32Array {
  return Int32Array.from({ length: numRows }, (_, i) => i).filter(
    (i) => !taken.has(rows[start + i] as number),
  );
}

/** Rows of a [n, width] matrix. */
function takeRows(values: Float32Array, width: number, positions: Int32Array): Float32Array {
  const taken = new Float32Array(positions.length * width);
  positions.forEach((position, i) => {
    taken.set(values.subarray(position * width, (position + 1) * width), i * width);
  });
  return taken;
}

/** The rows that a batch may be made of, with all their samples in memory. */
import { UserError } from '../../../foundation/userError.ts';
import type { QueryContext } from '../../strategy.ts';
import { topK } from '../../topK.ts';
import { meanDivergence } from '../disagreement.ts';
import { emptyRow, type RowSamples, readRow, reduceSamples } from '../reduceSamples.ts';

/** Bytes of samples in memory at most. */
const MEMORY = 2 ** 30;

export interface Candidates {
  /** [numCandidates] */
  readonly rows: Int32Array;
  /** [numCandidates, numClasses, numDrawn] */
  readonly probabilities: Float32Array;
  /** [numCandidates] mutual information of a row's label and the network, nats. */
  readonly bald: Float64Array;
  /** [numCandidates] mean entropy of a label where the network is known, nats. */
  readonly conditionalEntropy: Float64Array;
  readonly numDrawn: number;
  readonly numClasses: number;
}

/**
 * All rows of the pool; where they are more than `limit`, or than fit into 1 GiB, those of the highest BALD. No row's
 * gain in a batch is above its BALD, so the rows left out would only be picked where all gains of these fell below.
 * Throws `UserError("too-few-candidates")` where fewer than `batchSize` rows are left.
 */
export async function collectCandidates(
  context: QueryContext,
  batchSize: number,
  limit = Number.POSITIVE_INFINITY,
): Promise<Candidates> {
  const { poolRows, numClasses } = context;
  const numDrawn = await countSamples(context);
  const count = Math.min(poolRows.length, limit, Math.floor(MEMORY / (4 * numDrawn * numClasses)));
  if (count < batchSize) {
    throw new UserError(
      'too-few-candidates',
      `batch-bald picks ${batchSize} rows and may hold the samples of ${count} only, by 1 GiB of memory and its option ` +
        '"candidates". Lower "queryBatchSize" or the number of samples, or raise "candidates".',
    );
  }
  const chosen =
    count < poolRows.length &&
    new Set(topK(await reduceSamples(context, meanDivergence), poolRows, count, context.stream));
  const candidates = {
    rows: new Int32Array(count),
    probabilities: new Float32Array(count * numClasses * numDrawn),
    bald: new Float64Array(count),
    conditionalEntropy: new Float64Array(count),
    ...{ numDrawn, numClasses },
  };
  const row = emptyRow(numDrawn, numClasses);
  let next = 0;
  for await (const chunk of context.samples()) {
    for (let i = 0; i < chunk.numRows; i++) {
      const poolRow = poolRows[chunk.start + i] as number;
      if (chosen && !chosen.has(poolRow)) continue;
      readRow(chunk, i, row);
      candidates.rows[next] = poolRow;
      candidates.bald[next] = row.mean.some(Number.isNaN) ? Number.NaN : meanDivergence(row);
      candidates.conditionalEntropy[next] = conditionalEntropy(row);
      writeTransposed(row, candidates.probabilities, next * numClasses * numDrawn);
      next++;
    }
  }
  return candidates;
}

async function countSamples({ samples }: QueryContext): Promise<number> {
  for await (const { numDrawn } of samples()) return numDrawn;
  return 1;
}

function conditionalEntropy({ probabilities, numDrawn }: RowSamples): number {
  let sum = 0;
  for (const p of probabilities) if (p > 0) sum -= p * Math.log(p);
  return sum / numDrawn;
}

/** [numDrawn, numClasses] into [numClasses, numDrawn]. */
function writeTransposed(
  { probabilities, numDrawn, numClasses }: RowSamples,
  out: Float32Array,
  at: number,
): void {
  for (let c = 0; c < numClasses; c++) {
    for (let k = 0; k < numDrawn; k++) {
      out[at + c * numDrawn + k] = probabilities[k * numClasses + c] as number;
    }
  }
}

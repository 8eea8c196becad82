/** A strategy's view of samples that no model of ours has seen: the query context made of what a user gives. */
import type { Compute } from '../engines/compute.ts';
import { deriveStream, type RandomStream } from '../foundation/randomStream.ts';
import { UserError } from '../foundation/userError.ts';
import type { Embeddings } from '../learner/learner.ts';
import { logMeanProbabilities, type SampleChunk } from '../learner/samples.ts';
import type { QueryContext } from '../strategies/strategy.ts';
import type { Probabilities, SelectionInput } from './selectionInput.ts';

/** Below every float32 that is not denormal: exp of it is 0 for all purposes, and 0 · log 0 is no NaN. */
const LOG_ZERO = -87;
const CHUNK_ROWS = 4096;

export interface PointContextRequest extends SelectionInput {
  readonly numSamples: number;
  readonly poolRows: Int32Array;
  readonly compute: Compute;
  /** What the strategy's stream depends on. */
  readonly identity: Readonly<Record<string, unknown>>;
}

export function createPointContext(request: PointContextRequest): QueryContext {
  const { embeddings, probabilities, labelled, numSamples, poolRows, compute, identity } = request;
  const rows = labelled?.rows ?? new Int32Array(0);
  const answers = labelled?.answers ?? new Int32Array(rows.length);
  const numClasses = probabilities?.numClasses ?? 1 + Math.max(-1, ...new Set(answers));
  const stream: RandomStream = deriveStream('strategy', identity);
  const chunks = (): AsyncGenerator<SampleChunk> =>
    sampleChunks(required(probabilities, 'probabilities'), poolRows);
  return {
    ...{ poolRows, labelled: { rows, answers }, numClasses, compute, stream },
    classNames: request.classNames ?? indexNames(numClasses),
    async predictions() {
      const logProbabilities = new Float32Array(poolRows.length * numClasses);
      for await (const chunk of chunks()) {
        const mean = chunk.numDrawn === 1 ? chunk.logProbabilities : logMeanProbabilities(chunk);
        logProbabilities.set(mean, chunk.start * numClasses);
      }
      return { logProbabilities, numSamples: poolRows.length, numClasses };
    },
    samples: chunks,
    embeddings: async () => rowsOf(required(embeddings, 'embeddings'), poolRows, numSamples),
    labelledEmbeddings: async () => rowsOf(required(embeddings, 'embeddings'), rows, numSamples),
  };
}

export function indexNames(numClasses: number): readonly string[] {
  return Array.from({ length: numClasses }, (_, c) => String(c));
}

/** The needs of a strategy of ours are checked before it is asked; a user's module says nothing of its needs. */
function required<T>(value: T | undefined, name: 'embeddings' | 'probabilities'): T {
  if (value !== undefined) return value;
  throw new UserError(
    'missing-input',
    `The strategy asks for ${name}, and none are given. Give them by --${name}.`,
  );
}

/** Logarithms of the probabilities, some rows of the pool at a time. */
async function* sampleChunks(
  { values, numDrawn, numSamples, numClasses }: Probabilities,
  poolRows: Int32Array,
): AsyncGenerator<SampleChunk> {
  for (let start = 0; start < poolRows.length; start += CHUNK_ROWS) {
    const rows = poolRows.subarray(start, start + CHUNK_ROWS);
    const logProbabilities = new Float32Array(numDrawn * rows.length * numClasses);
    for (let k = 0, at = 0; k < numDrawn; k++) {
      for (const row of rows) {
        const first = (k * numSamples + row) * numClasses;
        for (let c = 0; c < numClasses; c++, at++) {
          logProbabilities[at] = Math.max(Math.log(values[first + c] as number), LOG_ZERO);
        }
      }
    }
    yield { start, numRows: rows.length, numDrawn, numClasses, logProbabilities };
  }
}

/** All of them without a copy. */
function rowsOf(embeddings: Embeddings, rows: Int32Array, numSamples: number): Embeddings {
  if (rows.length === numSamples) return embeddings;
  const { values, width } = embeddings;
  const copy = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    copy.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return { values: copy, numSamples: rows.length, width };
}

/** What scripts/fixtures/strategies_embeddings.py wrote, and contexts that show embeddings to a strategy. */
import { readFileSync } from 'node:fs';
import { type Compute, createCompute } from '../../../src/engines/compute.ts';
import { createEngine } from '../../../src/engines/index.ts';
import { deriveStream } from '../../../src/foundation/randomStream.ts';
import type { Embeddings } from '../../../src/learner/learner.ts';
import type { QueryContext } from '../../../src/strategies/strategy.ts';

const path = new URL('../../fixtures/strategies-embeddings.json', import.meta.url);
export const fixture = JSON.parse(readFileSync(path, 'utf8'));

export const compute: Compute = createCompute(await createEngine('onnx'));

export const fixturePool = embeddingsOf(fixture.pool, fixture.width);
export const fixtureLabelled = embeddingsOf(fixture.labelled, fixture.width);

function embeddingsOf(values: readonly number[], width: number): Embeddings {
  return { values: Float32Array.from(values), numSamples: values.length / width, width };
}

/** Normally distributed points around a few centres. */
export function drawEmbeddings(numSamples: number, width: number, seed: number, numCentres = 5): Embeddings {
  const stream = deriveStream('split', { test: 'embeddings', seed });
  const centres = Array.from({ length: numCentres * width }, () => 4 * stream.normal());
  const values = Float32Array.from({ length: numSamples * width }, (_, i) => {
    const centre = Math.floor(i / width) % numCentres;
    return (centres[centre * width + (i % width)] as number) + stream.normal();
  });
  return { values, numSamples, width };
}

interface Shown {
  readonly pool: Embeddings;
  readonly labelled?: Embeddings;
  /** [numPool, numClasses] */
  readonly logProbabilities?: Float32Array;
  readonly numClasses?: number;
  readonly seed?: number;
}

/** Rows 0 … of the pool, and after them the labelled ones. */
export function contextWith({
  pool,
  labelled,
  logProbabilities,
  numClasses = 3,
  seed = 0,
}: Shown): QueryContext {
  const shown = labelled ?? { values: new Float32Array(0), numSamples: 0, width: pool.width };
  const prediction = {
    logProbabilities:
      logProbabilities ?? new Float32Array(pool.numSamples * numClasses).fill(-Math.log(numClasses)),
    numSamples: pool.numSamples,
    numClasses,
  };
  return {
    poolRows: Int32Array.from({ length: pool.numSamples }, (_, i) => i),
    labelled: {
      rows: Int32Array.from({ length: shown.numSamples }, (_, i) => pool.numSamples + i),
      answers: new Int32Array(shown.numSamples),
    },
    numClasses,
    classNames: Array.from({ length: numClasses }, (_, c) => `class ${c}`),
    predictions: async () => prediction,
    async *samples() {
      yield { ...prediction, start: 0, numRows: pool.numSamples, numDrawn: 1 };
    },
    embeddings: async () => pool,
    labelledEmbeddings: async () => shown,
    compute,
    stream: deriveStream('strategy', { seed }),
  };
}

/** Squared distance of row `i` of `a` to row `j` of `b`, in double precision. */
export function squaredDistance(a: Embeddings, i: number, b: Embeddings, j: number): number {
  let sum = 0;
  for (let f = 0; f < a.width; f++) {
    sum += ((a.values[i * a.width + f] as number) - (b.values[j * b.width + f] as number)) ** 2;
  }
  return sum;
}

export const joined = (...parts: readonly Embeddings[]): Embeddings => ({
  values: Float32Array.from(parts.flatMap(({ values }) => [...values])),
  numSamples: parts.reduce((sum, { numSamples }) => sum + numSamples, 0),
  width: (parts[0] as Embeddings).width,
});

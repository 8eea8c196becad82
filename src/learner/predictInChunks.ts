/** Prediction over any number of rows in memory that does not grow with it. */
import type { DeviceTensor, Engine, Executable } from '../engines/engine.ts';
import type { Prediction } from './prediction.ts';
import { stateName } from './programs.ts';

/** Rows per run: activations of this many stay in a core's cache. */
const ROWS_PER_RUN = 512;

export interface Predictor {
  readonly engine: Engine;
  readonly predictor: Executable;
  /** [numSamples, numFeatures] bytes, resident. */
  readonly features: DeviceTensor;
  readonly parameters: readonly DeviceTensor[];
  readonly numClasses: number;
}

/** Class log-probabilities of `rows`, in their order. */
export async function predictInChunks(
  { engine, predictor, features, parameters, numClasses }: Predictor,
  rows: Int32Array,
): Promise<Prediction> {
  const logProbabilities = new Float32Array(rows.length * numClasses);
  const state = Object.fromEntries(parameters.map((tensor, i) => [stateName(i), tensor]));
  for (let start = 0; start < rows.length; start += ROWS_PER_RUN) {
    const data = rows.subarray(start, start + ROWS_PER_RUN);
    const indices = engine.upload({ dtype: 'int32', shape: [1, data.length], data });
    const { logProbabilities: result } = await predictor.run({ features, indices, ...state });
    if (result === undefined) throw new Error('The prediction program returned nothing.');
    logProbabilities.set((await result.read()).data, start * numClasses);
    result.dispose();
  }
  return { logProbabilities, numSamples: rows.length, numClasses };
}

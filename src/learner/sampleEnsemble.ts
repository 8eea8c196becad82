/** Deep ensembles: networks that were trained apart, each a sample (Lakshminarayanan, Pritzel & Blundell 2017). */
import type { FittedModel } from './fit.ts';
import type { Prediction } from './prediction.ts';
import type { SampleChunk } from './samples.ts';

const ROWS_PER_CHUNK = 512;

/** One sample for each member. A single member gives a deterministic model's one sample. */
export async function* sampleEnsemble(
  predict: (model: FittedModel, rows: Int32Array) => Promise<Prediction>,
  members: readonly FittedModel[],
  rows: Int32Array,
): AsyncGenerator<SampleChunk> {
  for (let start = 0; start < rows.length; start += ROWS_PER_CHUNK) {
    const data = rows.subarray(start, start + ROWS_PER_CHUNK);
    const predictions: Prediction[] = [];
    for (const member of members) predictions.push(await predict(member, data));
    const { numClasses = 0 } = predictions[0] ?? {};
    const size = data.length * numClasses;
    const logProbabilities = new Float32Array(members.length * size);
    predictions.forEach((prediction, k) => {
      logProbabilities.set(prediction.logProbabilities, k * size);
    });
    yield { start, numRows: data.length, numDrawn: members.length, numClasses, logProbabilities };
  }
}

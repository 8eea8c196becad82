/** Shannon entropy of many predictions: by the engine, whose vectors take exponentials ten times as fast as JavaScript. */
import type { Compute } from '../../engines/compute.ts';
import type { Prediction } from '../../learner/prediction.ts';
import { exp, input, mul, neg } from '../../tensor/ops.ts';
import { type Program, program } from '../../tensor/program.ts';
import { entropy } from '../measures.ts';
import { rowSums } from '../rowSums.ts';

/** A chunk of rows that stays in a core's cache from one operation to the next. */
const ROWS_PER_RUN = 4096;

/** Below this many nats the top class is so certain that float32 has lost what distinguishes the rows: see `measures.ts`. */
const NEARLY_CERTAIN = 0.05;

/** Input: logs [numRows, numClasses]. Output: entropies [numRows, 1]; NaN where a probability is 0. */
function entropyProgram(numClasses: number): Program {
  const logs = input('logs', 'float32', ['numRows', numClasses]);
  return program({ entropies: neg(rowSums(mul(exp(logs), logs), numClasses)) });
}

/** [numSamples] nats; equal rows have equal entropies, to the last bit. NaN where a logarithm is NaN. */
export async function entropyScores(
  { logProbabilities, numSamples, numClasses }: Prediction,
  { engine, compiled }: Compute,
): Promise<Float64Array> {
  const executable = await compiled(`entropy ${numClasses}`, () => entropyProgram(numClasses));
  const scores = new Float64Array(numSamples);
  for (let start = 0; start < numSamples; start += ROWS_PER_RUN) {
    const numRows = Math.min(ROWS_PER_RUN, numSamples - start);
    const data = logProbabilities.subarray(start * numClasses, (start + numRows) * numClasses);
    const logs = engine.upload({ dtype: 'float32', shape: [numRows, numClasses], data });
    const { entropies } = await executable.run({ logs });
    if (entropies === undefined) throw new Error('The entropy program returned nothing.');
    scores.set((await entropies.read()).data, start);
    entropies.dispose();
    logs.dispose();
  }
  scoreAnew(scores, { logProbabilities, numSamples, numClasses });
  return scores;
}

/** Puts double precision where single precision says too little. */
function scoreAnew(scores: Float64Array, { logProbabilities, numClasses }: Prediction): void {
  const rows: number[] = [];
  // Not `score < NEARLY_CERTAIN`: NaN is to be looked at too.
  for (let i = 0; i < scores.length; i++) if (!((scores[i] as number) >= NEARLY_CERTAIN)) rows.push(i);
  const logs = new Float32Array(rows.length * numClasses);
  rows.forEach((row, i) => {
    logs.set(logProbabilities.subarray(row * numClasses, (row + 1) * numClasses), i * numClasses);
  });
  const exact = entropy({ logProbabilities: logs, numSamples: rows.length, numClasses });
  rows.forEach((row, i) => {
    scores[row] = exact[i] as number;
  });
}

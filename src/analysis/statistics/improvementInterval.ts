/** How far a probability of improvement can be trusted: seeds of both strategies resampled, each by itself, within each task. */
import type { RandomStream } from '../../foundation/randomStream.ts';
import type { Interval } from '../estimate.ts';
import { quantile } from './bootstrap.ts';
import type { StratifiedOptions, TaskScores } from './robustMeans.ts';

/** Percentile interval of `probabilityOfImprovement` (rliable's independent bootstrap). */
export function improvementInterval(
  a: TaskScores,
  b: TaskScores,
  { stream, numResamples = 2000, level = 0.95 }: StratifiedOptions,
): Interval {
  const wins = a.map((own, task) =>
    own.map((x) => (b[task] ?? []).map((y) => (x > y ? 1 : x === y ? 0.5 : 0))),
  );
  const probabilities = new Float64Array(numResamples);
  for (let resample = 0; resample < numResamples; resample++) {
    let sum = 0;
    for (const rows of wins) {
      const numColumns = rows[0]?.length ?? 0;
      const columns = draws(numColumns, stream);
      let ofTask = 0;
      for (const row of draws(rows.length, stream)) {
        const chances = rows[row] as number[];
        for (const column of columns) ofTask += chances[column] as number;
      }
      sum += ofTask / (rows.length * numColumns);
    }
    probabilities[resample] = sum / wins.length;
  }
  probabilities.sort();
  return { lower: quantile(probabilities, (1 - level) / 2), upper: quantile(probabilities, (1 + level) / 2) };
}

/** As many of 0 … size − 1 as there are, with replacement. */
function draws(size: number, stream: RandomStream): Uint32Array {
  return Uint32Array.from({ length: size }, () => Math.floor((stream.uint32() / 0x1_0000_0000) * size));
}

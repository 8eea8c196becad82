/** How far a probability of improvement can be trusted: seeds of both strategies resampled, each by itself, within each task. */
import type { Interval } from '../estimate.ts';
import { drawCounts } from './drawCounts.ts';
import { percentileInterval } from './quantiles.ts';
import type { StratifiedOptions, TaskScores } from './robustMeans.ts';

/** Percentile interval of `probabilityOfImprovement` (rliable's independent bootstrap). O(numResamples · runs). */
export function improvementInterval(
  a: TaskScores,
  b: TaskScores,
  { stream, numResamples = 2000, level = 0.95 }: StratifiedOptions,
): Interval {
  const tasks = a.map((own, task) => rivalry(own, b[task] ?? []));
  const probabilities = new Float64Array(numResamples);
  for (let resample = 0; resample < numResamples; resample++) {
    let sum = 0;
    for (const { rising, numLess, numNotMore, own, others, sums } of tasks) {
      drawCounts(others, stream);
      drawCounts(own, stream);
      for (let i = 0; i < rising.length; i++) {
        sums[i + 1] = (sums[i] as number) + (others[rising[i] as number] as number);
      }
      let wins = 0;
      for (let i = 0; i < own.length; i++) {
        const less = sums[numLess[i] as number] as number;
        const notMore = sums[numNotMore[i] as number] as number;
        wins += ((own[i] as number) * (less + notMore)) / 2;
      }
      sum += wins / (own.length * others.length);
    }
    probabilities[resample] = sum / tasks.length;
  }
  return percentileInterval(probabilities, level);
}

/** What one task's resamples are asked by: others' runs in rising order, and how many of them each own run beats or equals. */
function rivalry(own: readonly number[], others: readonly number[]) {
  const comparable = [...others.keys()].filter((i) => !Number.isNaN(others[i]));
  const countOf = (isCounted: (mine: number, other: number) => boolean): Int32Array =>
    Int32Array.from(own, (mine) => others.filter((other) => isCounted(mine, other)).length);
  return {
    rising: Int32Array.from(comparable.sort((i, j) => (others[i] as number) - (others[j] as number))),
    numLess: countOf((mine, other) => other < mine),
    numNotMore: countOf((mine, other) => other <= mine),
    own: new Int32Array(own.length), // how often each was drawn
    others: new Int32Array(others.length),
    sums: new Int32Array(comparable.length + 1), // sums[i]: drawn of the first i in rising order
  };
}

/** The band around a performance profile: seeds resampled within each task, threshold by threshold. */
import type { Interval } from '../estimate.ts';
import { drawCounts } from './drawCounts.ts';
import { percentileInterval } from './quantiles.ts';
import type { StratifiedOptions, TaskScores } from './robustMeans.ts';

/** [numThresholds], percentile intervals of `performanceProfile`. O(numResamples · tasks · (runs per task + thresholds)). */
export function profileBand(
  scores: TaskScores,
  thresholds: readonly number[],
  { stream, numResamples = 2000, level = 0.95 }: StratifiedOptions,
): Interval[] {
  // Runs above a threshold are the first few in falling order, so that a resample is asked by its running sums.
  const tasks = scores.map((task) => ({
    size: task.length,
    falling: Int32Array.from([...task.keys()].sort((a, b) => byFalling(task[a], task[b]))),
    numAbove: Int32Array.from(thresholds, (threshold) => task.filter((score) => score > threshold).length),
    counts: new Int32Array(task.length),
    sums: new Int32Array(task.length + 1), // sums[i]: drawn of the first i in falling order
  }));
  const shares = thresholds.map(() => new Float64Array(numResamples));
  for (let b = 0; b < numResamples; b++) {
    for (const { size, falling, counts, sums } of tasks) {
      drawCounts(counts, stream);
      for (let i = 0; i < size; i++) {
        sums[i + 1] = (sums[i] as number) + (counts[falling[i] as number] as number);
      }
    }
    for (let t = 0; t < thresholds.length; t++) {
      let sum = 0;
      for (const { size, numAbove, sums } of tasks) sum += (sums[numAbove[t] as number] as number) / size;
      (shares[t] as Float64Array)[b] = sum / tasks.length;
    }
  }
  return shares.map((ofThreshold) => percentileInterval(ofThreshold, level));
}

/** NaN, which lies above nothing, comes last. */
function byFalling(a = Number.NaN, b = Number.NaN): number {
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || b - a;
}

/** The band around a performance profile: seeds resampled within each task, threshold by threshold. */
import type { Interval } from '../estimate.ts';
import { quantile } from './bootstrap.ts';
import type { StratifiedOptions, TaskScores } from './robustMeans.ts';

/** [numThresholds], percentile intervals of `performanceProfile`. O(numResamples · (runs + tasks · thresholds)). */
export function profileBand(
  scores: TaskScores,
  thresholds: readonly number[],
  { stream, numResamples = 2000, level = 0.95 }: StratifiedOptions,
): Interval[] {
  // A resample only ever asks how many of its runs lie above a threshold: by rank among the task's runs, that is a lookup.
  const tasks = scores.map((task) => {
    const above = thresholds.map((threshold) => task.map((score) => (score > threshold ? 1 : 0)));
    return { size: task.length, above, counts: new Uint32Array(task.length) };
  });
  const shares = thresholds.map(() => new Float64Array(numResamples));
  for (let b = 0; b < numResamples; b++) {
    for (const { size, counts } of tasks) {
      counts.fill(0);
      for (let i = 0; i < size; i++) {
        const drawn = Math.floor((stream.uint32() / 0x1_0000_0000) * size);
        counts[drawn] = (counts[drawn] as number) + 1;
      }
    }
    shares.forEach((ofThreshold, t) => {
      let sum = 0;
      for (const { size, above, counts } of tasks) {
        const isAbove = above[t] as number[];
        let numAbove = 0;
        for (let i = 0; i < size; i++) numAbove += (isAbove[i] as number) * (counts[i] as number);
        sum += numAbove / size;
      }
      ofThreshold[b] = sum / tasks.length;
    });
  }
  return shares.map((ofThreshold) => {
    ofThreshold.sort();
    return { lower: quantile(ofThreshold, (1 - level) / 2), upper: quantile(ofThreshold, (1 + level) / 2) };
  });
}

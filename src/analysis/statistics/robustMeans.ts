/** What rliable reports over many data sets and seeds (Agarwal et al. 2021): inter-quartile means, profiles, improvement. */
import type { RandomStream } from '../../foundation/randomStream.ts';
import type { Interval } from '../estimate.ts';
import { percentileInterval } from './quantiles.ts';

/** Scores of one strategy: [numTasks][numSeeds]; tasks may have different numbers of seeds. */
export type TaskScores = readonly (readonly number[])[];

/** Mean of the middle half of all scores: a quarter, rounded down, is cut off at either end (SciPy's `trim_mean`). */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = new Float64Array(values).sort();
  const cut = Math.floor(sorted.length / 4);
  const end = sorted.length - cut;
  let sum = 0;
  for (let i = cut; i < end; i++) sum += sorted[i] as number;
  return sum / (end - cut);
}

export interface StratifiedOptions {
  readonly stream: RandomStream;
  readonly numResamples?: number;
  readonly level?: number;
}

/** Percentile interval of a statistic of all scores, seeds resampled within each task. */
export function stratifiedInterval(
  scores: TaskScores,
  statistic: (values: Float64Array) => number,
  { stream, numResamples = 2000, level = 0.95 }: StratifiedOptions,
): Interval {
  const total = scores.reduce((sum, task) => sum + task.length, 0);
  const values = new Float64Array(total);
  const statistics = new Float64Array(numResamples);
  for (let b = 0; b < numResamples; b++) {
    let i = 0;
    for (const task of scores) {
      for (let seed = 0; seed < task.length; seed++) {
        values[i++] = task[Math.floor((stream.uint32() / 0x1_0000_0000) * task.length)] as number;
      }
    }
    statistics[b] = statistic(values);
  }
  return percentileInterval(statistics, level);
}

/** Fraction of all scores above each threshold, tasks weighing equally: the performance profile. */
export function performanceProfile(scores: TaskScores, thresholds: readonly number[]): number[] {
  return thresholds.map((threshold) => {
    const fractions = scores.map((task) => task.filter((value) => value > threshold).length / task.length);
    return fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  });
}

/** P(a run of `a` beats a run of `b`) on a task drawn at random; equal scores count half (Mann-Whitney's U, scaled). */
export function probabilityOfImprovement(a: TaskScores, b: TaskScores): number {
  const perTask = a.map((own, task) => {
    const others = b[task] ?? [];
    let wins = 0;
    for (const x of own) for (const y of others) wins += x > y ? 1 : x === y ? 0.5 : 0;
    return wins / (own.length * others.length);
  });
  return perTask.reduce((sum, p) => sum + p, 0) / perTask.length;
}

/**
 * What rliable reports of many runs on several data sets (Agarwal et al. 2021), over blocks that all strategies share:
 * inter-quartile means, profiles, and probabilities of improvement, with seeds resampled within each group.
 */
import { deriveStream } from '../foundation/randomStream.ts';
import type { Interval } from './estimate.ts';
import { orientation, orientedTasks, type ScoreBlocks } from './scoreBlocks.ts';
import { improvementInterval } from './statistics/improvementInterval.ts';
import { profileBand } from './statistics/profileBand.ts';
import {
  interquartileMean,
  performanceProfile,
  probabilityOfImprovement,
  stratifiedInterval,
} from './statistics/robustMeans.ts';

export interface RobustScore {
  readonly strategy: string;
  readonly value: number;
  /** 95 %, percentile; left out where no group has two seeds. */
  readonly interval?: Interval;
}

export interface RobustOptions {
  /** Default: 2000. */
  readonly numResamples?: number;
}

export interface GainOptions extends RobustOptions {
  /** Each run is held against this strategy's run of the same block. A table without it has scores as they are. */
  readonly baseline?: string;
}

/**
 * Inter-quartile means in the table's order. With a baseline they are of gains on it, above 0 for the better, and the baseline
 * itself is left out: data sets of different difficulty then share a scale.
 */
export function interquartileMeans(
  table: ScoreBlocks,
  { baseline, numResamples }: GainOptions = {},
): RobustScore[] {
  const place = baseline === undefined ? -1 : table.strategies.indexOf(baseline);
  const reference = place < 0 ? undefined : orientedTasks(table, place);
  return table.strategies.flatMap((strategy, column) => {
    if (column === place) return [];
    const own = orientedTasks(table, column);
    const gains = own.map((task, i) => task.map((score, seed) => score - (reference?.[i]?.[seed] ?? 0)));
    const sign = reference === undefined ? orientation(table.metric) : 1;
    const tasks = gains.map((task) => task.map((score) => sign * score));
    if (tasks.length === 0) return [];
    const stream = deriveStream('bootstrap', { statistic: 'interquartile mean', tasks });
    const options = { stream, ...(numResamples && { numResamples }) };
    return [
      {
        ...{ strategy, value: interquartileMean(tasks.flat()) },
        ...(canResample(tasks) && { interval: stratifiedInterval(tasks, interquartileMean, options) }),
      },
    ];
  });
}

/** P(a run of the strategy beats a run of the baseline in a group drawn at random), in the table's order. */
export function improvements(
  table: ScoreBlocks,
  { baseline, numResamples }: RobustOptions & { readonly baseline: string },
): RobustScore[] {
  const column = table.strategies.indexOf(baseline);
  if (column < 0 || table.blocks.length === 0) return [];
  const others = orientedTasks(table, column);
  return table.strategies.flatMap((strategy, i) => {
    if (i === column) return [];
    const own = orientedTasks(table, i);
    const stream = deriveStream('bootstrap', { statistic: 'improvement', own, others });
    const options = { stream, ...(numResamples && { numResamples }) };
    return [
      {
        ...{ strategy, value: probabilityOfImprovement(own, others) },
        ...(canResample(own) && { interval: improvementInterval(own, others, options) }),
      },
    ];
  });
}

export interface ScoreProfile {
  readonly strategy: string;
  /** [numThresholds], share of runs that are better than each threshold. */
  readonly shares: readonly number[];
  /** 95 %, threshold by threshold; left out where no group has two seeds. */
  readonly band?: readonly Interval[];
}

export interface ScoreProfiles {
  /** Ascending, evenly spaced from a little below the lowest score to a little above the highest. */
  readonly thresholds: readonly number[];
  readonly profiles: readonly ScoreProfile[];
}

/** Performance profiles in the table's order. Groups weigh equally, however many seeds they have. */
export function scoreProfiles(
  table: ScoreBlocks,
  { numThresholds = 81, numResamples }: RobustOptions & { readonly numThresholds?: number } = {},
): ScoreProfiles {
  const scores = table.blocks.flatMap((block) => block.scores);
  if (scores.length === 0) return { thresholds: [], profiles: [] };
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  const margin = most > least ? MARGIN * (most - least) : MARGIN;
  const [lowest, highest] = [least - margin, most + margin];
  const thresholds = Array.from(
    { length: numThresholds },
    (_, i) => lowest + ((highest - lowest) * i) / (numThresholds - 1),
  );
  const sign = orientation(table.metric);
  const oriented = thresholds.map((threshold) => sign * threshold);
  const profiles = table.strategies.map((strategy, column) => {
    const tasks = orientedTasks(table, column);
    const stream = deriveStream('bootstrap', { statistic: 'profile', tasks });
    const options = { stream, ...(numResamples && { numResamples }) };
    return {
      ...{ strategy, shares: performanceProfile(tasks, oriented) },
      ...(canResample(tasks) && { band: profileBand(tasks, oriented, options) }),
    };
  });
  return { thresholds, profiles };
}

/** As a share of the scores' range; of the scores' unit where all are equal. */
const MARGIN = 0.02;

const canResample = (tasks: readonly (readonly number[])[]): boolean =>
  tasks.some(({ length }) => length > 1);

/**
 * What a baseline file holds: per cell and seed what a later run is judged by. See `makeBaseline`, `readBaseline`,
 * `renderBaseline`.
 */
import type { CellKey, MetricName } from '../analysis/index.ts';
import type { Metrics } from '../store/record.ts';

/** Raised when a member changes its meaning. */
export const BASELINE_VERSION = 1;

/** Beyond it a file would be made of little else. */
export const MOST_QUERIED_ROWS = 5000;

export interface Baseline {
  readonly format: 'querybench-baseline';
  readonly version: number;
  readonly name: string;
  /** 16 hexadecimal digits, over the hashes of all cells. */
  readonly specHash: string;
  /** Of its trials, as `mergeEnvironments` tells it, but for the commit: versions, engine, device, CPU and its features. */
  readonly environment: Readonly<Record<string, string>>;
  /** In natural order. */
  readonly cells: readonly BaselineCell[];
}

export interface BaselineCell extends CellKey {
  /**
   * What all trials of the cell have in common: all that decides their results but the seed, see `decisiveIdentity`;
   * without the budget where that depends on the seed. Says which keys of a spec differ.
   */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Ascending seeds. */
  readonly seeds: readonly BaselineSeed[];
}

export interface BaselineSeed {
  readonly seed: number;
  readonly trialId: string;
  /** [numRounds] Labels trained on, of each round. */
  readonly numLabels: readonly number[];
  /** [numRounds] of each metric: the learning curves, from which areas and final values follow. */
  readonly metrics: Readonly<Record<keyof Metrics, readonly number[]>>;
  /** Area under each of these curves over labels, in the metric's unit. */
  readonly aubc: Readonly<Record<MetricName, number>>;
  readonly finalAccuracy: number;
  /** Of the whole trial; and the calibration of the process that ran it, if it made one. */
  readonly seconds: {
    readonly fit: number;
    readonly score: number;
    readonly select: number;
    readonly calibration?: number;
  };
  /**
   * [numRounds][queryBatchSize] Rows queried after each round. Left out where there are more than `MOST_QUERIED_ROWS`
   * in all: the hash still tells that a query differs, though not in which sample.
   */
  readonly queriedRows?: readonly (readonly number[])[];
  /** [numRounds] 8 hexadecimal digits of a hash of everything in the round's record but times. */
  readonly roundHashes: readonly string[];
}

/** What is written down of a trial: a header, one record per round, a footer. */
import type { DatasetConfig } from '../datasets/dataset.ts';
import type { ModelConfig } from '../models/modelConfig.ts';
import type { StrategyConfig } from '../strategies/strategyConfig.ts';

/** Raised when a record's meaning changes; older readers refuse newer files by it. */
export const SCHEMA_VERSION = 1;

/** Everything that decides a trial's result, and nothing else: hashed into its id. */
export interface TrialIdentity {
  readonly dataset: DatasetConfig;
  readonly model: ModelConfig;
  /** What chooses in place of `model`, trained on the same labels for nothing else. Absent: the model itself. */
  readonly queryModel?: ModelConfig;
  readonly strategy: StrategyConfig;
  readonly oracle: ComponentConfig;
  readonly initialPoolSize: number;
  readonly queryBatchSize: number;
  /**
   * Queries at the end, the initial pool included; the last one is cut to end there. Labels at the end, where every query
   * is answered.
   */
  readonly budget: number;
  /** What the queries may cost together; a trial ends with the first query that it cuts short, or at `budget`. */
  readonly costBudget?: number;
  /** Absent: strategies see the whole pool. */
  readonly scoring?: ScoringConfig;
  readonly seed: number;
}

export interface ScoringConfig {
  /** Rows of the pool, drawn anew each round, that strategies see and may pick from. */
  readonly poolSubset: number;
}

/** A registry entry, its implementation's version and its options. */
export interface ComponentConfig {
  readonly name: string;
  readonly version: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** One run of the loop: one strategy on one seed of one cell of the sweep. */
export interface Trial {
  /** 16 hexadecimal digits of the hash of `identity`. */
  readonly id: string;
  /** Equal for trials that differ in nothing but the strategy: they share split, initial pool and round 0. */
  readonly cohort: string;
  /** What tables and charts call it; unique within an experiment per axis. */
  readonly labels: {
    readonly dataset: string;
    readonly model: string;
    readonly strategy: string;
    readonly oracle: string;
    /** Where a query model chooses: its label, and the strategy's without it (`strategy` has both). */
    readonly queriedBy?: { readonly model: string; readonly strategy: string };
  };
  readonly identity: TrialIdentity;
  /** The strategy looks at labels that nobody paid for: a bound for the others, and not ranked with them. */
  readonly isBound?: true;
}

export interface TrialHeader {
  readonly kind: 'header';
  readonly schemaVersion: number;
  readonly trial: Trial;
  /** Versions, engine, device, CPU, git commit: outside the id, because they must not decide a result. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Measured on the split's test rows. */
export interface Metrics {
  readonly accuracy: number;
  /** Mean negative log-likelihood, nats. */
  readonly nll: number;
  /** Unweighted mean of the classes' F1; a class neither present nor predicted is left out. */
  readonly macroF1: number;
  /** Mean over samples of the squared distance between probabilities and one-hot label, in [0, 2]. */
  readonly brier: number;
  /** Expected calibration error, 15 equal-width bins of the top probability (Guo et al. 2017). */
  readonly ece: number;
}

/** The members of `Metrics`. */
export const metricNames = [
  'accuracy',
  'nll',
  'macroF1',
  'brier',
  'ece',
] as const satisfies readonly (keyof Metrics)[];

export interface RoundRecord {
  readonly kind: 'round';
  /** 0 is the initial pool. */
  readonly round: number;
  /** Labels trained on in this round, the initial pool included. */
  readonly numLabels: number;
  /** What all queries before this round cost, the initial pool included. Old records lack it: 1 a label. */
  readonly totalCost?: number;
  readonly metrics: Metrics;
  /** Of an ensemble: its first member's. */
  readonly training: { readonly epochs: number; readonly steps: number; readonly finalLoss: number };
  /**
   * Rows the oracle was asked for after this round, in the strategy's order of preference; empty in the last round. One
   * that got no answer may return in a later round.
   */
  readonly queriedRows: readonly number[];
  /** The oracle's answers to `queriedRows`, class indices; -1 where there was none. */
  readonly answers: readonly number[];
  /** What the answers cost, in the oracle's unit. */
  readonly labelCost: number;
  /**
   * [numClasses], in round 0 alone: how many rows of each true class the pool has, the initial pool included. Old records
   * lack it.
   */
  readonly poolClasses?: readonly number[];
  readonly seconds: {
    readonly fit: number;
    readonly score: number;
    readonly select: number;
    readonly evaluate: number;
  };
}

export interface TrialFooter {
  readonly kind: 'footer';
  readonly status: 'finished' | 'failed';
  readonly numRounds: number;
  /** Why a failed trial failed. */
  readonly reason?: string;
  /** Wall seconds of the trial as a whole; less the rounds' seconds it is the harness's own time. */
  readonly seconds: number;
  /** Of a fixed piece of work that the trial's process did just before: the unit in which speeds compare. Only on request. */
  readonly calibrationSeconds?: number;
}

export type TrialLine = TrialHeader | RoundRecord | TrialFooter;

/** A trial as read back from its file. */
export interface StoredTrial {
  readonly header: TrialHeader;
  readonly rounds: readonly RoundRecord[];
  /** Missing while the trial is unfinished. */
  readonly footer?: TrialFooter;
}

/** What the server tells the page, as JSON. Types alone: the page's modules share them. */

export type RunState =
  /** Nothing is there yet. */
  | 'preparing'
  | 'running'
  /** All trials have ended. */
  | 'complete'
  /** Trials are left, and nobody is working on them. */
  | 'stopped';

export interface TrialCounts {
  readonly planned: number;
  readonly finished: number;
  readonly failed: number;
  readonly running: number;
  /** Begun, but nobody is working on them. */
  readonly paused: number;
  readonly waiting: number;
}

export interface RunStatus {
  readonly name: string;
  readonly state: RunState;
  readonly counts: TrialCounts;
  /** Share of the work done, in [0, 1]. */
  readonly fraction: number;
  readonly numRounds: number;
  /** Left out until enough has been seen. */
  readonly roundsPerMinute?: number;
  readonly secondsLeft?: number;
  /** The same in words. */
  readonly timeLeft?: string;
  /** Milliseconds since 1970. */
  readonly since?: number;
  /** Below 1 while the records are read for the first time. */
  readonly readFraction: number;
  readonly report: ReportState;
  /** The page may ask this run to stop. */
  readonly canStop: boolean;
  readonly isStopping: boolean;
  readonly problem?: string;
  /** What was typed to run it, and continues it. */
  readonly command?: string;
}

export type ReportState =
  /** No finished trial to report on. */
  | 'none'
  | 'missing'
  /** Trials have ended since. */
  | 'old'
  | 'current'
  | 'being-made';

export interface StrategyLook {
  readonly color: string;
  readonly darkColor: string;
  readonly dash: readonly number[];
}

/** The mean over seeds at each round so far. Columns of one length. */
export interface LiveCurve {
  readonly spent: readonly number[];
  readonly mean: readonly number[];
  /** Student's 95 % interval of the mean; null where fewer than three seeds have got there. */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** Seeds that have got there. */
  readonly numSeeds: readonly number[];
}

export interface LiveCell {
  /** Id of its group and name of its strategy. */
  readonly group: string;
  readonly strategy: string;
  readonly isBound: boolean;
  readonly numPlanned: number;
  readonly numFinished: number;
  readonly numFailed: number;
  readonly numRunning: number;
  readonly curve: LiveCurve;
}

export interface LiveGroup {
  readonly id: string;
  readonly name: string;
  /** Ends of the horizontal axis: where trials begin, and where the longest will end. */
  readonly extent: readonly [number, number];
}

export interface LiveTrial {
  readonly id: string;
  readonly group: string;
  readonly strategy: string;
  readonly seed: number;
  readonly numRounds: number;
  readonly plannedRounds: number;
  readonly accuracy?: number;
  /** Why it failed. */
  readonly reason?: string;
}

/** Everything, on every new connection and whenever the plan changes. */
export interface RunSnapshot {
  readonly kind: 'snapshot';
  readonly status: RunStatus;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly groups: readonly LiveGroup[];
  readonly styles: Readonly<Record<string, StrategyLook>>;
  readonly cells: readonly LiveCell[];
  readonly running: readonly LiveTrial[];
  /** The first so many. */
  readonly failed: readonly LiveTrial[];
}

/** What has changed since the message before. */
export interface RunUpdate {
  readonly kind: 'update';
  readonly status: RunStatus;
  readonly cells: readonly LiveCell[];
  readonly running: readonly LiveTrial[];
  readonly failed: readonly LiveTrial[];
}

export interface ListedRun {
  readonly id: string;
  /** Its page. */
  readonly href: string;
  readonly name: string;
  /** `records` are missing where only a report lies. */
  readonly state: RunState | 'report-only' | 'unreadable';
  readonly numPlanned: number;
  readonly numFinished: number;
  readonly numFailed: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** Address of the finished report. */
  readonly report?: string;
}

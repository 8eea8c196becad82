/**
 * What a check found, as data: the verdict's shape, which tables, annotations, JUnit, JSON and exit codes are all made
 * from. A *key* is one thing that must hold; each is judged by itself, and the worst decides the outcome.
 */
import type { CellKey, CurvePoint, Estimate, Interval, MetricName } from '../analysis/index.ts';

/**
 * `regressed`: the paired interval of the gain lies wholly below -margin and the rank test agrees after Holm over all cells;
 * `improved`: its mirror; `unchanged`: the interval lies within ±margin; `inconclusive`: none of these.
 */
export type CellOutcome = 'regressed' | 'improved' | 'unchanged' | 'inconclusive';

/** One cell held against its baseline, seed by seed. */
export interface CellVerdict extends CellKey {
  readonly outcome: CellOutcome;
  /** An exception of the spec's: judged and shown, and without influence on the check. */
  readonly isIgnored: boolean;
  /** That of the spec, or of the strategy's exception. In units of the metric's AUBC. */
  readonly margin: number;
  /** That both sides have finished, ascending. */
  readonly seeds: readonly number[];
  /** Mean AUBC over `seeds`. */
  readonly baselineMean: number;
  readonly currentMean: number;
  /** Current less baseline, turned so that more is better, one per seed. */
  readonly gains: readonly number[];
  /** Of `gains`; its interval (1 - alpha, Student's) decides. */
  readonly gain: Estimate;
  /** Wilcoxon's signed ranks, two-sided, of `gains`. */
  readonly pValue: number;
  /** Holm's, over all cells of the check. */
  readonly adjustedPValue: number;
  /** Of an inconclusive cell: seeds in all with which it would probably be decided. Left out where nothing can be said. */
  readonly seedsNeeded?: number;
  /** Mean over `seeds`, at the places that all share. */
  readonly baselineCurve: readonly CurvePoint[];
  readonly currentCurve: readonly CurvePoint[];
}

/** A cell, or seeds of one, that only one side has. */
export interface MissingCell extends CellKey {
  readonly missingFrom: 'baseline' | 'current';
  /** Empty: the whole cell. */
  readonly seeds: readonly number[];
}

export interface FailedTrial extends CellKey {
  readonly seed: number;
  readonly reason: string;
}

/** One of the spec's invariants, within one group of cells. */
export interface InvariantVerdict {
  /** As written. */
  readonly text: string;
  /** The group it was looked at in, as `groupName` has it. */
  readonly group: string;
  readonly outcome: 'holds' | 'broken' | 'inconclusive';
  /** What was measured, in one sentence. */
  readonly finding: string;
}

/** Where two runs part that ought to be the same to the last bit. */
export interface Parting extends CellKey {
  readonly trialId: string;
  readonly seed: number;
  readonly round: number;
  /** What differs first: `metrics.accuracy`, `queriedRows`, … */
  readonly field: string;
  readonly baselineValue: string;
  readonly currentValue: string;
  /** Position in the round's query, and the rows on either side; where the queries part. */
  readonly sample?: {
    readonly position: number;
    readonly baselineRow?: number;
    readonly currentRow?: number;
  };
}

/** The identity key. */
export type IdentityVerdict =
  | { readonly outcome: 'equal'; readonly numTrials: number }
  | {
      readonly outcome: 'different';
      readonly numTrials: number;
      readonly numDifferent: number;
      readonly first: Parting;
    }
  /** Why records need not be equal: which of engine, versions, CPU features differ, or that no trial is shared. */
  | { readonly outcome: 'not-comparable'; readonly reasons: readonly string[] };

/** Something in the current records that no correct run can show, whatever the baseline; see `audit`. */
export interface AuditProblem extends CellKey {
  readonly rule: 'paired-start' | 'paired-answers' | 'distinct-queries' | 'planned-grid';
  readonly seed: number;
  readonly round: number;
  /** One sentence. */
  readonly finding: string;
}

export type SpeedPhase = 'fit' | 'score' | 'select';

/** The speed key, per cell and phase: seconds as multiples of a calibration run made in the same process. */
export interface SpeedVerdict extends CellKey {
  readonly phase: SpeedPhase;
  readonly outcome: CellOutcome;
  /** Current time over baseline time, both in calibration units: 2 is twice as slow. */
  readonly ratio: number;
  readonly interval?: Interval;
  readonly adjustedPValue: number;
}

export interface CheckReport {
  /** The experiment's. */
  readonly name: string;
  /** What was compared with: a file, or a git revision. */
  readonly baseline: string;
  readonly metric: MetricName;
  readonly margin: number;
  readonly alpha: number;
  /** Worst first. */
  readonly cells: readonly CellVerdict[];
  readonly missing: readonly MissingCell[];
  readonly failed: readonly FailedTrial[];
  readonly invariants: readonly InvariantVerdict[];
  readonly audit: readonly AuditProblem[];
  readonly identity: IdentityVerdict;
  /** Left out where speed was not asked for. */
  readonly speed?: readonly SpeedVerdict[];
  /** Whole sentences. */
  readonly warnings: readonly string[];
}

/** What a check comes to. `inconclusive` fails under `--strict` alone. */
export type CheckOutcome = 'holds' | 'regressed' | 'inconclusive' | 'failed';

/** Trials that failed come before everything else: what is missing cannot be judged. */
export function checkOutcome(report: CheckReport): CheckOutcome {
  if (report.failed.length > 0) return 'failed';
  const judged = [...report.cells.filter(({ isIgnored }) => !isIgnored), ...(report.speed ?? [])];
  const outcomes = [...judged, ...report.invariants].map(({ outcome }) => outcome);
  const isBroken = outcomes.includes('regressed') || outcomes.includes('broken');
  if (isBroken || report.audit.length > 0 || report.identity.outcome === 'different') return 'regressed';
  return outcomes.includes('inconclusive') ? 'inconclusive' : 'holds';
}

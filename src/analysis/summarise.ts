/** One row per cell: what a summary table, a CSV file or a verdict needs to know of it. */
import type { StoredTrial } from '../store/record.ts';
import { aubc } from './aubc.ts';
import { cellCurve, countSeeds, seedCurves } from './cellCurve.ts';
import { type Cell, type CellKey, cellKeyOf, cells, type Group, groups } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import { defaultTarget } from './defaultTarget.ts';
import { type Estimate, estimate, meanOf } from './estimate.ts';
import { type LabelsToTarget, medianLabelsToTarget } from './labelsToTarget.ts';
import { naturalOrder } from './naturalOrder.ts';
import type { Over } from './spending.ts';

export interface SummaryRow extends CellKey {
  readonly isBound: boolean;
  /** What curves are over: the area under them, and what a target costs. */
  readonly over: Over;
  /** Seeds with a finished trial: what the statistics rest on. */
  readonly numSeeds: number;
  readonly numFinished: number;
  readonly numFailed: number;
  readonly numUnfinished: number;
  /** Undefined, like all that follows, where no trial has finished. */
  readonly finalAccuracy?: Estimate;
  readonly aubc?: Estimate;
  /** In the order of the targets. */
  readonly labelsToTarget: readonly LabelsToTarget[];
  /** Whose final accuracy the target is; left out where the user gave the targets. */
  readonly targetFrom?: string;
  /** Of a whole trial, mean over seeds. */
  readonly seconds?: PhaseSeconds;
}

export interface PhaseSeconds {
  readonly fit: number;
  readonly score: number;
  readonly select: number;
  readonly evaluate: number;
}

export interface SummariseOptions {
  /** Accuracies to count labels up to, for every group; left out, each group has its `defaultTarget`. */
  readonly targets?: readonly number[];
  /** What curves are over; `labels` if left out. */
  readonly over?: Over;
}

/** Groups in natural order; in a group strategies by falling AUBC, those without a finished trial last, then bounds. */
export function summarise(trials: readonly StoredTrial[], options: SummariseOptions = {}): SummaryRow[] {
  return groups(cells(trials)).flatMap((group) => summariseGroup(group, options));
}

/** The rows of one group. */
export function summariseGroup(group: Group, { targets, over }: SummariseOptions = {}): SummaryRow[] {
  const axis = curveAxis(group.cells, over);
  const given = targets !== undefined && targets.length > 0;
  const fallback = given ? undefined : defaultTarget(group.cells, axis);
  const values = given ? targets : fallback === undefined ? [] : [fallback.value];
  return group.cells
    .map((cell) => summariseCell(cell, axis, { targets: values, targetFrom: fallback?.strategy }))
    .sort((a, b) => Number(a.isBound) - Number(b.isBound) || byFallingAubc(a, b));
}

function byFallingAubc(a: SummaryRow, b: SummaryRow): number {
  const difference = (b.aubc?.mean ?? -Infinity) - (a.aubc?.mean ?? -Infinity);
  return difference > 0 || difference < 0 ? difference : naturalOrder(a.strategy, b.strategy);
}

interface Targets {
  readonly targets: readonly number[];
  readonly targetFrom: string | undefined;
}

function summariseCell(cell: Cell, axis: CurveAxis, { targets, targetFrom }: Targets): SummaryRow {
  const row = {
    ...cellKeyOf(cell),
    ...{ over: axis.over, isBound: cell.isBound },
    numSeeds: countSeeds(cell),
    numFinished: cell.finished.length,
    numFailed: cell.failed.length,
    numUnfinished: cell.unfinished.length,
  };
  const { curves } = seedCurves(cell, { axis });
  const last = cellCurve(cell, { axis }).points.at(-1);
  if (last === undefined) return { ...row, labelsToTarget: [] };
  const { spent: _, ...finalAccuracy } = last;
  return {
    ...row,
    finalAccuracy,
    aubc: estimate(curves.map(({ points }) => aubc(points))),
    labelsToTarget: targets.map((target) =>
      medianLabelsToTarget(
        curves.map(({ measured }) => measured),
        target,
      ),
    ),
    ...(targetFrom === undefined ? {} : { targetFrom }),
    seconds: phaseSeconds(cell),
  };
}

function phaseSeconds(cell: Cell): PhaseSeconds {
  const total = (phase: keyof PhaseSeconds) =>
    meanOf(cell.finished.map((trial) => trial.rounds.reduce((sum, round) => sum + round.seconds[phase], 0)));
  return { fit: total('fit'), score: total('score'), select: total('select'), evaluate: total('evaluate') };
}

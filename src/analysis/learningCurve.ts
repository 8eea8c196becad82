/** A trial seen as a curve: what a metric was at each number of labels, or whatever else was spent. */
import type { StoredTrial } from '../store/record.ts';
import type { MetricName } from './metricTitles.ts';
import { type Over, spentByRound } from './spending.ts';

export interface CurvePoint {
  /** Labels in total, the initial pool included; or queries, or cost. */
  readonly spent: number;
  readonly value: number;
}

/** One point per round that was recorded, in ascending order. */
export function learningCurve(
  trial: StoredTrial,
  metric: MetricName = 'accuracy',
  over: Over = 'labels',
): CurvePoint[] {
  const spent = spentByRound(trial, over);
  return trial.rounds
    .map((round, i) => ({ spent: spent[i] as number, value: round.metrics[metric] }))
    .sort((a, b) => a.spent - b.spent);
}

/** The value at `spent`, on the straight line between the points around it. Of equal points the last one counts. */
export function valueAt(points: readonly CurvePoint[], spent: number): number {
  const before = points.findLast((point) => point.spent <= spent);
  const after = points.find((point) => point.spent > spent);
  if (before === undefined || after === undefined) return (before ?? after)?.value ?? Number.NaN;
  const share = (spent - before.spent) / (after.spent - before.spent);
  return before.value + share * (after.value - before.value);
}

/** A trial seen as a curve: what a metric was at each number of labels. */
import type { StoredTrial } from '../store/record.ts';
import type { MetricName } from './metricTitles.ts';

export interface CurvePoint {
  /** Labels in total, the initial pool included. */
  readonly numLabels: number;
  readonly value: number;
}

/** One point per round that was recorded, by ascending number of labels. */
export function learningCurve(trial: StoredTrial, metric: MetricName = 'accuracy'): CurvePoint[] {
  return trial.rounds
    .map((round) => ({ numLabels: round.numLabels, value: round.metrics[metric] }))
    .sort((a, b) => a.numLabels - b.numLabels);
}

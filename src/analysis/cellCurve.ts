/** The curve of a cell: mean, spread and interval over its seeds, at the label counts that all of them have. */
import type { Cell } from './cells.ts';
import { type Estimate, estimate } from './estimate.ts';
import { type CurvePoint, learningCurve } from './learningCurve.ts';
import type { MetricName } from './metricTitles.ts';

export interface SeedCurve {
  readonly seed: number;
  readonly points: readonly CurvePoint[];
}

export interface SeedCurves {
  /** One per finished trial, all on the same grid. */
  readonly curves: readonly SeedCurve[];
  /** Label counts that some seed lacks; they take no part in any statistic. */
  readonly droppedLabelCounts: readonly number[];
}

export interface CellCurvePoint extends Estimate {
  readonly numLabels: number;
}

export interface CellCurve {
  readonly strategy: string;
  readonly numSeeds: number;
  readonly points: readonly CellCurvePoint[];
  readonly droppedLabelCounts: readonly number[];
}

/** The curves of a cell's finished trials, cut down to their shared grid. */
export function seedCurves(cell: Cell, metric: MetricName = 'accuracy'): SeedCurves {
  const whole = cell.finished.map((trial) => ({
    seed: trial.header.trial.identity.seed,
    points: learningCurve(trial, metric),
  }));
  const counts = new Map<number, number>();
  for (const { points } of whole) {
    for (const numLabels of new Set(points.map((point) => point.numLabels))) {
      counts.set(numLabels, (counts.get(numLabels) ?? 0) + 1);
    }
  }
  const shared = (numLabels: number) => counts.get(numLabels) === whole.length;
  return {
    curves: whole.map(({ seed, points }) => ({
      seed,
      points: points.filter((point) => shared(point.numLabels)),
    })),
    droppedLabelCounts: [...counts.keys()].filter((numLabels) => !shared(numLabels)).sort((a, b) => a - b),
  };
}

/** No points if no trial of the cell has finished. */
export function cellCurve(cell: Cell, metric: MetricName = 'accuracy'): CellCurve {
  const { curves, droppedLabelCounts } = seedCurves(cell, metric);
  const grid = curves[0]?.points.map((point) => point.numLabels) ?? [];
  const points = grid.map((numLabels, i) => ({
    numLabels,
    ...estimate(curves.map((curve) => (curve.points[i] as CurvePoint).value)),
  }));
  return { strategy: cell.strategy, numSeeds: countSeeds(cell), points, droppedLabelCounts };
}

/** How many different seeds have finished. */
export function countSeeds(cell: Cell): number {
  return new Set(cell.finished.map((trial) => trial.header.trial.identity.seed)).size;
}

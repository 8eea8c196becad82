/** The curve of a cell: mean, spread and interval over its seeds, at places that all of them share. */
import { remembered } from '../foundation/remembered.ts';
import type { Cell } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import { type Estimate, estimate } from './estimate.ts';
import { type CurvePoint, learningCurve, valueAt } from './learningCurve.ts';
import type { MetricName } from './metricTitles.ts';

export interface SeedCurve {
  readonly seed: number;
  readonly points: readonly CurvePoint[];
  /** What was measured, where `points` are interpolated; else the same. */
  readonly measured: readonly CurvePoint[];
}

export interface SeedCurves {
  /** One per finished trial, all on the same grid. */
  readonly curves: readonly SeedCurve[];
  /** Places that some seed was not measured at; they take no part in any statistic. */
  readonly dropped: readonly number[];
}

export interface CellCurvePoint extends Estimate {
  readonly spent: number;
}

export interface CellCurve {
  readonly strategy: string;
  readonly isBound: boolean;
  readonly numSeeds: number;
  readonly points: readonly CellCurvePoint[];
  readonly dropped: readonly number[];
}

export interface CurveOptions {
  /** `accuracy` if left out. */
  readonly metric?: MetricName;
  /** From all cells that are compared; left out, from this cell alone, over labels. */
  readonly axis?: CurveAxis;
}

/** The curves of a cell's finished trials: interpolated on the axis' grid, or cut down to what all of them share. */
export function seedCurves(cell: Cell, options: CurveOptions = {}): SeedCurves {
  const settled = settle(cell, options);
  return rememberedSeedCurves(cell, keyOf(settled), () => makeSeedCurves(cell, settled));
}

const rememberedSeedCurves = remembered<Cell, SeedCurves>();
const rememberedCellCurve = remembered<Cell, CellCurve>();

function settle(cell: Cell, { metric = 'accuracy', axis = curveAxis([cell]) }: CurveOptions) {
  return { metric, axis };
}

function keyOf({ metric, axis }: Required<CurveOptions>): string {
  return [metric, axis.over, axis.grid].join();
}

function makeSeedCurves(cell: Cell, { metric, axis }: Required<CurveOptions>): SeedCurves {
  const whole = cell.finished.map((trial) => ({
    seed: trial.header.trial.identity.seed,
    measured: learningCurve(trial, metric, axis.over),
  }));
  const { grid } = axis;
  if (grid !== undefined) {
    const read = (points: readonly CurvePoint[]) =>
      grid.map((spent) => ({ spent, value: valueAt(points, spent) }));
    return { curves: whole.map((curve) => ({ ...curve, points: read(curve.measured) })), dropped: [] };
  }
  const counts = new Map<number, number>();
  for (const { measured } of whole) {
    for (const spent of new Set(measured.map((point) => point.spent))) {
      counts.set(spent, (counts.get(spent) ?? 0) + 1);
    }
  }
  const isShared = (spent: number) => counts.get(spent) === whole.length;
  const dropped = [...counts.keys()].filter((spent) => !isShared(spent)).sort((a, b) => a - b);
  return {
    curves: whole.map(({ seed, measured }) => {
      const points = dropped.length === 0 ? measured : measured.filter((point) => isShared(point.spent));
      return { seed, points, measured: points };
    }),
    dropped,
  };
}

/** No points if no trial of the cell has finished. */
export function cellCurve(cell: Cell, options: CurveOptions = {}): CellCurve {
  const settled = settle(cell, options);
  return rememberedCellCurve(cell, keyOf(settled), () => makeCellCurve(cell, settled));
}

function makeCellCurve(cell: Cell, options: Required<CurveOptions>): CellCurve {
  const { curves, dropped } = seedCurves(cell, options);
  const grid = curves[0]?.points.map((point) => point.spent) ?? [];
  const points = grid.map((spent, i) => ({
    spent,
    ...estimate(curves.map((curve) => (curve.points[i] as CurvePoint).value)),
  }));
  const { strategy, isBound } = cell;
  return { strategy, isBound, numSeeds: countSeeds(cell), points, dropped };
}

/** How many different seeds have finished. */
export function countSeeds(cell: Cell): number {
  return new Set(cell.finished.map((trial) => trial.header.trial.identity.seed)).size;
}

/** What our trials say where a published row speaks: one value per seed. */
import { aubc, type Cell, learningCurve } from '../analysis/index.ts';
import type { StoredTrial } from '../store/record.ts';
import type { Measure, Place } from './published.ts';

/** The finished cell that a row speaks of, or undefined; several, where the row leaves open which, are none. */
export function cellAt(cells: readonly Cell[], strategy: string, where: Place): Cell | undefined {
  const wanted = Object.entries(where).filter(([, value]) => value !== undefined);
  const found = cells.filter(
    (cell) =>
      cell.strategy === strategy &&
      cell.finished.length > 0 &&
      wanted.every(([key, value]) => cell[key as keyof Place] === value),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Accuracies at exactly `numLabels`, one per finished trial; undefined where some trial was not measured there. */
export function accuraciesAt({ finished }: Cell, numLabels: number): readonly number[] | undefined {
  const values = finished.flatMap(
    ({ rounds }) => rounds.find((round) => round.numLabels === numLabels)?.metrics.accuracy ?? [],
  );
  return values.length === finished.length ? values : undefined;
}

/**
 * Labels until test accuracy first is `target`, one per finished trial, Infinity where it never is. `batch-start` gives
 * those of the round before, to which the batch that got there was added.
 */
export function labelsTo({ finished }: Cell, target: number, counting: 'reached' | 'batch-start'): number[] {
  return finished.map(({ rounds }) => {
    const hit = rounds.findIndex(({ metrics }) => metrics.accuracy >= target);
    if (hit < 0) return Infinity;
    const credited = counting === 'reached' ? hit : Math.max(0, hit - 1);
    return rounds[credited]?.numLabels ?? Infinity;
  });
}

/** The last label count of a cell's trials, the smallest where they differ. */
export function lastLabels({ finished }: Cell): number {
  return Math.min(...finished.map(({ rounds }) => rounds.at(-1)?.numLabels ?? 0));
}

/** One score per finished trial, the greater the better; undefined where it was not measured. */
export function scores(cell: Cell, by: Measure): readonly number[] | undefined {
  if (by === 'aubc') return cell.finished.map(areaOf);
  if ('accuracyAt' in by) return accuraciesAt(cell, by.accuracyAt);
  return labelsTo(cell, by.labelsTo, 'reached').map((numLabels) => -numLabels);
}

function areaOf(trial: StoredTrial): number {
  return aubc(learningCurve(trial));
}

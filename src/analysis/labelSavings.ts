/** What a strategy saves: labels to an accuracy against the baseline's, censored where either never gets there. */
import { seedCurves } from './cellCurve.ts';
import type { Group } from './cells.ts';
import { type CurveAxis, curveAxis } from './curveAxis.ts';
import { BASELINE_STRATEGY } from './defaultTarget.ts';
import { type LabelsToTarget, medianLabelsToTarget } from './labelsToTarget.ts';

export interface LabelSavings {
  readonly strategy: string;
  readonly baseline: string;
  readonly needed: LabelsToTarget;
  readonly neededByBaseline: LabelsToTarget;
  /** 1 − needed / neededByBaseline, of the medians over seeds. Left out where either is censored. */
  readonly savings?: number;
  /** needed / neededByBaseline: data utilisation. */
  readonly utilisation?: number;
  /** What is known all the same where one of the two is censored: savings are below `atMost`, or above `atLeast`. */
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One entry per other strategy with a finished trial; none where the baseline has none. */
export function labelSavings(
  group: Group,
  target: number,
  {
    baseline = BASELINE_STRATEGY,
    axis = curveAxis(group.cells),
  }: { readonly baseline?: string; readonly axis?: CurveAxis } = {},
): LabelSavings[] {
  const finished = group.cells.filter((cell) => cell.finished.length > 0);
  const neededBy = new Map(
    finished.map((cell) => {
      const curves = seedCurves(cell, { axis }).curves.map(({ points }) => points);
      return [cell.strategy, medianLabelsToTarget(curves, target)];
    }),
  );
  const neededByBaseline = neededBy.get(baseline);
  if (neededByBaseline === undefined) return [];
  return [...neededBy].flatMap(([strategy, needed]) => {
    if (strategy === baseline) return [];
    const { median } = needed;
    const reference = neededByBaseline.median;
    const utilisation = median.reached && reference.reached ? median.spent / reference.spent : undefined;
    return [
      {
        ...{ strategy, baseline, needed, neededByBaseline },
        ...(utilisation !== undefined && { utilisation, savings: 1 - utilisation }),
        ...(!median.reached && reference.reached && { atMost: 1 - median.budget / reference.spent }),
        ...(median.reached && !reference.reached && { atLeast: 1 - median.spent / reference.budget }),
      },
    ];
  });
}

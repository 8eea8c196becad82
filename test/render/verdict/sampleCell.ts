/** Cells of checks made by hand: gains as wanted, curves by a formula. */
import { type CellKey, type CurvePoint, estimate } from '../../../src/analysis/index.ts';
import type { CellOutcome, CellVerdict } from '../../../src/verdict/checkReport.ts';

export const digits = {
  ...{ dataset: 'digits', model: 'mlp', oracle: 'perfect', initialPoolSize: 20, queryBatchSize: 10 },
};
export const moons = { ...digits, dataset: 'two-moons', initialPoolSize: 4 };

interface SampleCell {
  readonly group?: Omit<CellKey, 'strategy'>;
  readonly strategy?: string;
  readonly outcome: CellOutcome;
  readonly gains: readonly number[];
  readonly isIgnored?: boolean;
  readonly seedsNeeded?: number;
}

export function sampleCell({
  group = digits,
  strategy = 'margin',
  outcome,
  gains,
  ...rest
}: SampleCell): CellVerdict {
  const gain = estimate(gains);
  const baselineCurve = curve(0.95);
  const pValue = { ...{ regressed: 0.00012, improved: 0.002 }, unchanged: 0.41, inconclusive: 0.08 }[outcome];
  return {
    ...{ ...group, strategy, outcome, isIgnored: false, margin: 0.01, seeds: gains.map((_, i) => i + 1) },
    ...{ baselineMean: 0.8512, currentMean: 0.8512 + gain.mean, gains, gain, pValue },
    adjustedPValue: Math.min(pValue * 3, 1),
    ...{ baselineCurve, currentCurve: curve(0.95 + 2 * gain.mean) },
    ...rest,
  };
}

/** Rises from 0.4 towards `top`, in rounds of 10 labels. */
function curve(top: number): CurvePoint[] {
  return Array.from({ length: 19 }, (_, i) => ({
    spent: 20 + 10 * i,
    value: Number((top - (top - 0.4) * Math.exp(-i / 5)).toFixed(4)),
  }));
}

export const around = (middle: number, spread: number): number[] =>
  [-2, -1, 0, 1, 2].map((step) => Number((middle + step * spread).toFixed(4)));

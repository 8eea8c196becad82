/** Cells with areas as wanted: each trial's curve is flat. */
import { defaultCheckRules } from '../../src/experiment/checkRules.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import type { BaselineCell, BaselineSeed } from '../../src/verdict/baseline.ts';
import type { CellVerdict } from '../../src/verdict/checkReport.ts';
import { judgeCells } from '../../src/verdict/judgeCells.ts';
import { baselineCells } from '../../src/verdict/makeBaseline.ts';
import { type SyntheticTrial, syntheticTrial } from '../analysis/syntheticTrials.ts';

/** One finished trial per value, seeds from 0 on. */
export function flatTrials(values: readonly number[], wanted: SyntheticTrial = {}): StoredTrial[] {
  return values.map((value, seed) => syntheticTrial({ ...wanted, seed, accuracies: [value, value, value] }));
}

/** Accuracy 0.8 in the baseline, that and `gains` now; one cell per list, named a, b, c, … */
export function judgeGains(
  gainsOfCells: readonly (readonly number[])[],
  rules: Partial<typeof defaultCheckRules> = {},
): CellVerdict[] {
  const pairs = gainsOfCells.map((gains, i) => {
    const strategy = String.fromCharCode(97 + i);
    return {
      baseline: flatCell(
        gains.map(() => 0.8),
        strategy,
      ),
      current: flatCell(
        gains.map((gain) => 0.8 + gain),
        strategy,
      ),
    };
  });
  return judgeCells(pairs, { ...defaultCheckRules, ...rules });
}

const [template] = baselineCells(flatTrials([0.8])) as [BaselineCell];
const [seedTemplate] = template.seeds as [BaselineSeed];

/** As `baselineCells` makes it of such trials, without making them: simulations judge thousands. */
function flatCell(values: readonly number[], strategy: string): BaselineCell {
  const flat = (value: number) => seedTemplate.numLabels.map(() => value);
  const seeds = values.map((value, seed) => ({
    ...{ ...seedTemplate, seed },
    metrics: { ...seedTemplate.metrics, accuracy: flat(value), nll: flat(3 * (1 - value)) },
  }));
  return { ...template, strategy, seeds };
}

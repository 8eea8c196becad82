/** Cells with areas as wanted: each trial's curve is flat. */
import { defaultCheckRules } from '../../src/experiment/checkRules.ts';
import type { StoredTrial } from '../../src/store/record.ts';
import type { CellVerdict } from '../../src/verdict/checkReport.ts';
import { judgeCells } from '../../src/verdict/judgeCells.ts';
import { baselineCells } from '../../src/verdict/makeBaseline.ts';
import { matchCells } from '../../src/verdict/matchCells.ts';
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
  const trials = (gains: readonly (readonly number[])[]) =>
    gains.flatMap((each, i) =>
      flatTrials(
        each.map((gain) => 0.8 + gain),
        { strategy: String.fromCharCode(97 + i) },
      ),
    );
  const before = baselineCells(trials(gainsOfCells.map((gains) => gains.map(() => 0))));
  const now = baselineCells(trials(gainsOfCells));
  return judgeCells(matchCells(before, now).pairs, { ...defaultCheckRules, ...rules });
}

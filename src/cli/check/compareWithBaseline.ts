/** Holds trials against a baseline, and for an update as far as the two can be compared at all. */
import { cellKey } from '../../analysis/index.ts';
import type { CheckRules } from '../../experiment/checkRules.ts';
import { UserError } from '../../foundation/userError.ts';
import type { StoredTrial } from '../../store/record.ts';
import type { Baseline, BaselineCell } from '../../verdict/baseline.ts';
import { cellId } from '../../verdict/cellText.ts';
import { check } from '../../verdict/check.ts';
import type { CheckReport } from '../../verdict/checkReport.ts';
import { baselineCells } from '../../verdict/makeBaseline.ts';
import { isSameSpec } from '../../verdict/matchCells.ts';
import type { CheckRequest } from './checkRequest.ts';

export interface Comparison {
  readonly before: Baseline;
  readonly rules: CheckRules;
  /** As reports call what is compared with. */
  readonly baselineName: string;
  readonly request: CheckRequest;
}

/**
 * For an update, cells of another spec are left out rather than refused. Throws `UserError` "no-finished-trial", and
 * what `check` throws.
 */
export function compareWithBaseline(trials: readonly StoredTrial[], comparison: Comparison): CheckReport {
  const { before, rules, baselineName, request } = comparison;
  const isOneSpec = request.compareWith.kind === 'revision';
  if (!trials.some(({ footer }) => footer !== undefined)) {
    throw new UserError(
      'no-finished-trial',
      `A check needs finished trials, and there is none to compare with ${baselineName}. Run the experiment first.`,
    );
  }
  if (!request.isUpdate) return check(trials, before, rules, { baselineName, isOneSpec });
  const other = new Set(otherSpecs(before, trials).map(cellId));
  const kept = { ...before, cells: before.cells.filter((cell) => !other.has(cellId(cell))) };
  const rest = trials.filter((trial) => !other.has(cellId(cellKey(trial))));
  return check(rest, kept, rules, { baselineName });
}

/** Cells of the same labels that mean something else by now. */
function otherSpecs({ cells }: Baseline, trials: readonly StoredTrial[]): readonly BaselineCell[] {
  const byId = new Map(baselineCells(trials).map((cell) => [cellId(cell), cell]));
  return cells.filter((baseline) => {
    const current = byId.get(cellId(baseline));
    return current !== undefined && !isSameSpec({ baseline, current });
  });
}

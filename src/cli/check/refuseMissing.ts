/** What only one side has ends a check, unless it was allowed: a cell that is gone cannot be worse. */
import type { ExperimentPlan } from '../../experiment/plan.ts';
import { ranges } from '../../foundation/ranges.ts';
import { UserError } from '../../foundation/userError.ts';
import type { Baseline } from '../../verdict/baseline.ts';
import { cellText } from '../../verdict/cellText.ts';
import type { CheckReport, MissingCell } from '../../verdict/checkReport.ts';
import { matchCells } from '../../verdict/matchCells.ts';
import { plannedCells } from '../../verdict/plannedCells.ts';
import type { CheckRequest } from './checkRequest.ts';

const NUM_NAMED = 5;

/**
 * What a plan and a baseline show before anything is run. Throws `UserError` "other-spec", "missing-cells"; an update
 * accepts both, and `--adaptive` begins with fewer seeds than there are.
 */
export function refuseUnlike(
  { trials }: ExperimentPlan,
  { before, baselineName, request }: { before: Baseline; baselineName: string; request: CheckRequest },
): void {
  const { isUpdate, allowsMissing, adaptive, compareWith } = request;
  if (isUpdate) return;
  const isOneSpec = compareWith.kind === 'revision';
  const { missing } = matchCells(before.cells, plannedCells(trials), { isOneSpec });
  const decisive = adaptive === undefined ? missing : missing.filter(({ seeds }) => seeds.length === 0);
  if (!allowsMissing) refuseMissing({ missing: decisive, baseline: baselineName }, request);
}

/** Throws `UserError("missing-cells")`. */
export function refuseMissing(
  report: Pick<CheckReport, 'missing' | 'baseline'>,
  request: CheckRequest,
): void {
  const { missing } = report;
  if (missing.length === 0) return;
  const sides = (['current', 'baseline'] as const).flatMap((side) => {
    const found = missing.filter(({ missingFrom }) => missingFrom === side);
    if (found.length === 0) return [];
    const where = side === 'baseline' ? `The baseline ${report.baseline}` : `What is checked`;
    const more = found.length > NUM_NAMED ? `\n  and ${found.length - NUM_NAMED} more` : '';
    return [`${where} lacks\n${found.slice(0, NUM_NAMED).map(missingText).join('\n')}${more}`];
  });
  throw new UserError(
    'missing-cells',
    `Both sides of a check must have the same cells and seeds.\n${sides.join('\n')}\n${remedy(missing, request)}`,
  );
}

function missingText(cell: MissingCell): string {
  const { seeds } = cell;
  const what = seeds.length === 0 ? '' : `, ${seeds.length === 1 ? 'seed' : 'seeds'} ${ranges(seeds)}`;
  return `  ${cellText(cell)}${what}`;
}

function remedy(missing: readonly MissingCell[], { compareWith, adaptive }: CheckRequest): string {
  const rest = 'compare what both have with --allow-missing';
  if (compareWith.kind === 'revision')
    return `Let the spec leave it out on both sides (--set, --seeds), or ${rest}.`;
  const isFewerSeeds = missing.every(
    ({ missingFrom, seeds }) => missingFrom === 'current' && seeds.length > 0,
  );
  if (isFewerSeeds && adaptive === undefined) {
    return `Run as many seeds as the baseline has (--seeds, or --adaptive, which begins with fewer), or ${rest}.`;
  }
  return `If that is meant, accept it with --update; or ${rest}.`;
}

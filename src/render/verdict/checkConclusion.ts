/** What a check comes to, and what to do next: the sentence that every format ends or begins with. */
import { counted } from '../../foundation/counted.ts';
import { type CheckReport, checkOutcome } from '../../verdict/checkReport.ts';

export interface StrictOption {
  /** `--strict`: what is inconclusive fails. False if left out. */
  readonly isStrict?: boolean;
}

/** Two or three sentences on one line, free of labels. */
export function checkConclusion(report: CheckReport, { isStrict = false }: StrictOption = {}): string {
  switch (checkOutcome(report)) {
    case 'failed':
      return (
        `Failed: ${counted(report.failed.length, 'trial')} did not finish, and what is missing cannot be judged. ` +
        'Mend the cause and check again; what has finished is kept.'
      );
    case 'regressed':
      return regressed(report);
    case 'inconclusive':
      return inconclusive(report, isStrict);
    case 'holds':
      return holds(report);
  }
}

function holds({ cells, speed = [] }: CheckReport): string {
  const judged = cells.filter(({ isIgnored }) => !isIgnored);
  if (judged.length === 0) return 'Holds, but no cell was judged: nothing was compared.';
  const numImproved = judged.filter(({ outcome }) => outcome === 'improved').length;
  const of = judged.length === 1 ? 'the one cell is not' : `none of ${judged.length} cells is`;
  const base = `Holds: ${of} worse than the baseline${speed.length > 0 ? ', nor slower' : ''}.`;
  if (numImproved === 0) return `${base} There is nothing to do.`;
  return `${base} ${counted(numImproved, 'cell')} improved: --update makes that what the next check is held to.`;
}

function regressed(report: CheckReport): string {
  const { cells, speed = [], invariants, audit, identity } = report;
  const numCells = cells.filter(({ outcome, isIgnored }) => outcome === 'regressed' && !isIgnored).length;
  const numSlower = speed.filter(({ outcome }) => outcome === 'regressed').length;
  const numBroken = invariants.filter(({ outcome }) => outcome === 'broken').length;
  const causes = [
    ...(numCells > 0 ? [`${counted(numCells, 'cell')} worse than the baseline`] : []),
    ...(numBroken > 0 ? [`${counted(numBroken, 'invariant')} broken`] : []),
    ...(audit.length > 0 ? [`${counted(audit.length, 'audit problem')}`] : []),
    ...(identity.outcome === 'different' ? ['records that are not the same bits'] : []),
    ...(numSlower > 0 ? [`${counted(numSlower, 'time')} longer than the baseline's`] : []),
  ];
  const start = `Regressed: ${causes.join(', ')}.`;
  if (audit.length > 0)
    return `${start} No correct run has audit problems: mend them; --update does not settle them.`;
  const onlyInvariants = causes.length === 1 && numBroken > 0;
  if (onlyInvariants) return `${start} Mend it, or change the invariant in the spec if it asks too much.`;
  return `${start} Mend it, or accept it with --update if it is meant.`;
}

function inconclusive({ cells, invariants, speed = [] }: CheckReport, isStrict: boolean): string {
  const open = cells.filter(({ outcome, isIgnored }) => outcome === 'inconclusive' && !isIgnored);
  const isOpen = ({ outcome }: { readonly outcome: string }) => outcome === 'inconclusive';
  const what = [
    ...(open.length > 0 ? [counted(open.length, 'cell')] : []),
    ...(invariants.some(isOpen) ? [counted(invariants.filter(isOpen).length, 'invariant')] : []),
    ...(speed.some(isOpen) ? [counted(speed.filter(isOpen).length, 'time')] : []),
  ];
  const needed = Math.max(0, ...open.map(({ seedsNeeded }) => seedsNeeded ?? 0));
  const seeds = needed > 0 ? `More seeds (about ${needed} a cell)` : 'More seeds';
  const failing = isStrict ? 'Under --strict this fails.' : 'This fails under --strict only.';
  return `Inconclusive: ${what.join(', ')} cannot be judged with so few seeds. ${seeds} would decide: --adaptive adds them. ${failing}`;
}

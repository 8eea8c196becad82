/** What a check of one reproduction came to, in one line: of the report that `querybench check --format json` writes. */
import { counted } from '../foundation/counted.ts';
import type { CheckOutcome, CheckReport } from '../verdict/index.ts';

/** The members of that report which the line is made of. */
export type CheckedReport = {
  readonly [Part in 'cells' | 'invariants']: readonly Pick<CheckReport[Part][number], 'outcome'>[];
} & {
  readonly outcome: CheckOutcome;
  readonly failed: readonly unknown[];
  readonly audit: readonly unknown[];
  readonly identity: Pick<CheckReport['identity'], 'outcome'>;
};

/** `undecided` is no failure: a reproduction at a small scale has too few seeds for much. */
const words: Readonly<Record<CheckOutcome, string>> = {
  holds: 'holds',
  inconclusive: 'undecided',
  regressed: 'WORSE',
  failed: 'FAILED',
};

/** `cff-mnist   holds   6 cells: 6 unchanged; 3 invariants: 2 hold, 1 inconclusive; records equal`. */
export function checkLine(name: string, report: CheckedReport): string {
  const { outcome, cells, invariants, failed, audit, identity } = report;
  const found = [
    countText('cell', cells),
    ...(invariants.length === 0 ? ['no invariants'] : [countText('invariant', invariants)]),
    `records ${identity.outcome === 'not-comparable' ? 'not comparable bit by bit' : identity.outcome}`,
    ...(audit.length === 0 ? [] : [`${counted(audit.length, 'record')} that no correct run can show`]),
    ...(failed.length === 0 ? [] : [`${counted(failed.length, 'trial')} failed`]),
  ];
  return lineOf(name, words[outcome], found.join('; '));
}

/** Of a reproduction for which there is no report. */
export function uncheckedLine(name: string, reason: string): string {
  return lineOf(name, 'NOT CHECKED', reason);
}

function lineOf(name: string, word: string, text: string): string {
  return `${name.padEnd(22)} ${word.padEnd(11)}  ${text}`;
}

function countText(noun: string, judged: readonly { readonly outcome: string }[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of judged) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const told = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  return `${counted(judged.length, noun)}: ${told.join(', ')}`;
}

/** The exit code of several checks: that of the one that matters most, as `querybench check` numbers them. */
export function worstExitCode(codes: readonly number[]): number {
  const gravest = [130, 1, 4, 2, 3];
  return gravest.find((code) => codes.includes(code)) ?? codes.find((code) => code !== 0) ?? 0;
}

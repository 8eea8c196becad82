/**
 * Looks again with more seeds at the cells that are not decided, and at all where an invariant is not, which are
 * about several; what is decided stays as it is.
 */
import type { CellKey } from '../../analysis/index.ts';
import { cellId } from '../../verdict/cellText.ts';
import type { CellVerdict, CheckReport, InvariantVerdict } from '../../verdict/checkReport.ts';
import { worstFirst } from '../../verdict/judgeCells.ts';

export interface Look {
  /** 1 - alpha of this look's intervals. */
  readonly alpha: number;
  readonly seeds: readonly number[];
  /** Those that a cell is judged by: all of the look's, unless an earlier one decided it. */
  readonly seedsOf: (cell: CellKey) => readonly number[];
}

export interface LooksOptions {
  /** The seeds of each planned look, more and more of them; at least one look. */
  readonly looks: readonly (readonly number[])[];
  /** Of all looks together. */
  readonly alpha: number;
  /** Runs and judges. A cell that was decided is asked for with the seeds it was decided by. */
  readonly judge: (look: Look) => Promise<CheckReport>;
  /** Asked before each look but the first: a sentence that says why there is to be none, if so. */
  readonly reasonToStop: () => string | undefined;
}

interface Decided {
  readonly verdict: CellVerdict;
  readonly seeds: readonly number[];
}

/** The last look's report, with the verdicts of earlier looks where these decided. */
export async function lookUntilDecided({
  looks,
  alpha,
  judge,
  reasonToStop,
}: LooksOptions): Promise<CheckReport> {
  const decided = new Map<string, Decided>();
  const invariants = new Map<string, InvariantVerdict>();
  const share = alpha / looks.length;
  let last: CheckReport | undefined;
  let stop: string | undefined;
  let numLooks = 0;
  for (const seeds of looks) {
    if (last !== undefined) stop = reasonToStop();
    if (stop !== undefined) break;
    const isAnyOpen = last?.invariants.some((each) => !invariants.has(nameOf(each))) ?? true;
    const seedsOf = (cell: CellKey) => (isAnyOpen ? seeds : (decided.get(cellId(cell))?.seeds ?? seeds));
    last = await judge({ alpha: share, seeds, seedsOf });
    numLooks++;
    for (const verdict of last.cells) {
      const isOpen = verdict.outcome === 'inconclusive' && !verdict.isIgnored;
      if (!isOpen && !decided.has(cellId(verdict))) decided.set(cellId(verdict), { verdict, seeds });
    }
    for (const verdict of last.invariants) {
      const isOpen = verdict.outcome === 'inconclusive';
      if (!isOpen && !invariants.has(nameOf(verdict))) invariants.set(nameOf(verdict), verdict);
    }
    const isDone =
      last.cells.every((cell) => decided.has(cellId(cell))) &&
      last.invariants.every((each) => invariants.has(nameOf(each)));
    if (last.failed.length > 0 || isDone) break;
  }
  if (last === undefined) throw new Error('No look was planned');
  const report = {
    ...withEarlier(last, decided),
    invariants: last.invariants.map((each) => invariants.get(nameOf(each)) ?? each),
  };
  const sentence = looksSentence(looks, numLooks, alpha);
  return {
    ...report,
    warnings: [...report.warnings, ...(sentence ? [sentence] : []), ...(stop ? [stop] : [])],
  };
}

function withEarlier(report: CheckReport, decided: ReadonlyMap<string, Decided>): CheckReport {
  const cells = report.cells.map((cell) => decided.get(cellId(cell))?.verdict ?? cell);
  return { ...report, cells: cells.sort(worstFirst) };
}

function nameOf({ text, group }: InvariantVerdict): string {
  return JSON.stringify([text, group]);
}

function looksSentence(looks: LooksOptions['looks'], numLooks: number, alpha: number): string | undefined {
  if (looks.length < 2) return undefined;
  const counts = looks.map((seeds) => seeds.length).join(', ');
  const share = Number((alpha / looks.length).toPrecision(3));
  return (
    `Up to ${looks.length} looks were planned, at ${counts} seeds, and ${numLooks} made: alpha ${alpha} is split evenly ` +
    `over them, and each judges at ${share}.`
  );
}

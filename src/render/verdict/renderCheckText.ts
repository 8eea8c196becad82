/**
 * A check for the terminal: a table of cells, worst first, then whatever else was found, then what it comes to. At most
 * `width` columns wide where names allow it; labels cannot move the cursor.
 */
import { metricTitles } from '../../analysis/index.ts';
import { type CheckReport, checkOutcome, type SpeedVerdict } from '../../verdict/checkReport.ts';
import { type CellNames, cellNames } from './cellNames.ts';
import { checkConclusion, type StrictOption } from './checkConclusion.ts';
import { type CheckFinding, type CheckPart, checkFindings } from './checkFindings.ts';
import { plainLine } from './plainLine.ts';
import { type TableColumn, textTable } from './textTable.ts';
import {
  cellWeight,
  gainText,
  meansText,
  pText,
  ratioText,
  seedsText,
  signs,
  type Weight,
  weightOf,
} from './verdictText.ts';
import { wrapLine } from './wrapLine.ts';

export interface CheckTextOptions extends StrictOption {
  /** Whether the terminal shows colours. */
  readonly colors: boolean;
  /** Unchanged cells, times and invariants too, which are only counted otherwise; and lists without an end. */
  readonly all?: boolean;
  /** Columns in all, 110 if left out. */
  readonly width?: number;
}

/** Of a list that is not asked for in full. */
const mostLines = 10;
const narrowestName = 10;

const codes: Readonly<Record<Weight, string>> = {
  bad: '31',
  unsure: '33',
  better: '32',
  same: '32',
  note: '2',
};

/** Several lines; ends with a line feed. */
export function renderCheckText(report: CheckReport, options: CheckTextOptions): string {
  const { colors, all = false, width = 110 } = options;
  const names = cellNames(report);
  const paint = (weight: Weight, text: string) =>
    colors ? `\u001b[${codes[weight]}m${text}\u001b[0m` : text;
  const findings = checkFindings(report, names);
  const isShown = (weight: Weight) => all || weight !== 'same';
  const list = (part: CheckPart, title: string) => section(findings, { part, title, paint, all, width });
  const cells = report.cells.filter((cell) => isShown(cellWeight(cell)));
  const times = (report.speed ?? []).filter(({ outcome }) => isShown(weightOf(outcome)));
  const parts = [
    heading(report, names, width),
    table(cells, cellColumns(names), { width, paint, weight: cellWeight }),
    folded(report.cells.length - cells.length, report.cells.length, 'cell', 'unchanged'),
    note(report),
    list('failed', 'Failed trials'),
    list('invariant', 'Invariants'),
    list('audit', 'Audit'),
    list('identity', 'Identity'),
    table(times, speedColumns(names), { width, paint, weight: ({ outcome }) => weightOf(outcome) }),
    folded((report.speed?.length ?? 0) - times.length, report.speed?.length ?? 0, 'time', 'unchanged'),
    list('missing', 'Missing'),
    list('warning', 'Warnings'),
    paint(conclusionWeight(report), wrapLine(checkConclusion(report, options), width, '')),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading(report: CheckReport, { shared }: CellNames, width: number): string {
  const { name, baseline, metric, margin, alpha } = report;
  const rules = `${metricTitles[metric].title}, margin ${margin}, alpha ${alpha}`;
  const lines = [`Check of ${name} against ${baseline}: ${rules}`];
  if (shared.length > 0) lines.push(`Throughout: ${shared.join(', ')}.`);
  return lines.map((line) => wrapLine(plainLine(line), width, '  ')).join('\n');
}

function note({ cells, metric }: CheckReport): string {
  const lines: string[] = [];
  if (cells.length > 0 && metricTitles[metric].better === 'lower') {
    lines.push('Lower is better; gains are turned round, so that a positive one is better.');
  }
  if (cells.some(({ outcome, seedsNeeded }) => outcome === 'inconclusive' && seedsNeeded !== undefined)) {
    lines.push('Seeds "3 of ~24": about 24 in all would decide.');
  }
  if (cells.some(({ isIgnored }) => isIgnored)) {
    lines.push('In brackets: ignored, as an exception of the spec says.');
  }
  return lines.join('\n');
}

type Cell = CheckReport['cells'][number];

function bracketed({ outcome, isIgnored }: Cell): string {
  return isIgnored ? `(${outcome})` : outcome;
}

function cellColumns({ varying }: CellNames): TableColumn<Cell>[] {
  return [
    { header: 'outcome', text: (cell) => `${signs[cellWeight(cell)]} ${bracketed(cell)}` },
    { header: 'strategy', text: ({ strategy }) => plainLine(strategy), narrowest: narrowestName },
    { header: 'on', text: (cell) => plainLine(varying(cell)), narrowest: narrowestName },
    { header: 'AUBC', text: meansText },
    { header: 'gain [interval]', text: gainText, align: 'right' },
    { header: 'p (Holm)', text: ({ adjustedPValue }) => pText(adjustedPValue), align: 'right' },
    { header: 'seeds', text: seedsText, align: 'right' },
  ];
}

function speedColumns({ varying }: CellNames): TableColumn<SpeedVerdict>[] {
  return [
    { header: 'outcome', text: ({ outcome }) => `${signs[weightOf(outcome)]} ${outcome}` },
    { header: 'strategy', text: ({ strategy }) => plainLine(strategy), narrowest: narrowestName },
    { header: 'on', text: (verdict) => plainLine(varying(verdict)), narrowest: narrowestName },
    { header: 'phase', text: ({ phase }) => phase },
    { header: 'times the time [interval]', text: ratioText, align: 'right' },
    { header: 'p (Holm)', text: ({ adjustedPValue }) => pText(adjustedPValue), align: 'right' },
  ];
}

interface TableOptions<Row> {
  readonly width: number;
  readonly paint: (weight: Weight, text: string) => string;
  readonly weight: (row: Row) => Weight;
}

function table<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  { width, paint, weight }: TableOptions<Row>,
): string {
  const [header, ...lines] = textTable(rows, columns, width);
  if (header === undefined) return '';
  const painted = lines.map((line, i) => {
    const row = rows[i];
    return row === undefined ? line : paint(weight(row), line);
  });
  return [header, ...painted].join('\n');
}

function folded(count: number, total: number, noun: string, outcome: string): string {
  if (count === 0) return '';
  const which =
    count === total
      ? `All ${total} ${noun}s are`
      : `${count} of ${total} ${noun}s ${count === 1 ? 'is' : 'are'}`;
  return total === 1 ? `The one ${noun} is ${outcome}.` : `${signs.same} ${which} ${outcome}.`;
}

interface SectionOptions {
  readonly part: CheckPart;
  readonly title: string;
  readonly paint: (weight: Weight, text: string) => string;
  readonly all: boolean;
  readonly width: number;
}

/** A title and a line each; what holds is folded to a count, as in the table. */
function section(
  findings: readonly CheckFinding[],
  { part, title, paint, all, width }: SectionOptions,
): string {
  const ofPart = findings.filter((finding) => finding.part === part);
  const shown = ofPart.filter(({ weight }) => all || weight !== 'same' || part === 'identity');
  const numHolding = ofPart.length - shown.length;
  const lines = (all ? shown : shown.slice(0, mostLines)).map(({ weight, subject, outcome, text }) => {
    const about = part === 'warning' || part === 'identity' ? '' : `${subject}: `;
    const verdict = part === 'invariant' ? `${outcome}. ` : '';
    const line = plainLine(`${about}${verdict}${text}`);
    return paint(weight, `  ${wrapLine(`${signs[weight]} ${line}`, width - 2, '    ')}`);
  });
  const numCut = shown.length - lines.length;
  if (numCut > 0) lines.push(`  … and ${numCut} more`);
  if (numHolding > 0)
    lines.push(
      paint(
        'same',
        `  ${signs.same} ${numHolding} of ${ofPart.length} ${numHolding === 1 ? 'holds' : 'hold'}`,
      ),
    );
  return lines.length === 0 ? '' : [title, ...lines].join('\n');
}

function conclusionWeight(report: CheckReport): Weight {
  const outcome = checkOutcome(report);
  if (outcome === 'holds') return 'same';
  return outcome === 'inconclusive' ? 'unsure' : 'bad';
}

/**
 * A check as GitHub's Markdown: for a job summary, a comment, or a file. What it comes to stands first, because what is too
 * long loses its end.
 */
import { metricTitles } from '../../analysis/index.ts';
import { type CellVerdict, type CheckReport, checkOutcome } from '../../verdict/checkReport.ts';
import { type CellNames, cellNames } from './cellNames.ts';
import { checkConclusion, type StrictOption } from './checkConclusion.ts';
import { type CheckFinding, type CheckPart, checkFindings } from './checkFindings.ts';
import { checkCurveFiles } from './curveFiles.ts';
import { curveMermaid } from './curveMermaid.ts';
import { CURVE_HEIGHT, CURVE_WIDTH } from './curveSvg.ts';
import { fitBlocks } from './fitBlocks.ts';
import { markdownCode, markdownText } from './markdownText.ts';
import {
  cellWeight,
  gainText,
  meansText,
  outcomeText,
  pText,
  seedsText,
  type Weight,
} from './verdictText.ts';

/** GitHub refuses a step's summary above 1 MiB altogether. */
const jobSummaryBytes = 1_000_000;

export interface CheckMarkdownOptions extends StrictOption {
  /**
   * `mermaid` (if left out): drawn by GitHub, for the worst few. A folder: pictures in the table that lie there, relative to
   * where the Markdown lies, by the names of `checkCurveFiles`. `none`: no curves.
   */
  readonly curves?: 'mermaid' | 'none' | { readonly folder: string };
  /** If left out, what a job summary takes. */
  readonly mostBytes?: number;
}

const mostRows = 100;
const mostCharts = 6;

const marks: Readonly<Record<Weight, string>> = {
  ...{ bad: '❌', unsure: '❓', better: '🔼', same: '✅', note: '➖' },
};

const listTitles: readonly (readonly [CheckPart, string])[] = [
  ...([
    ['failed', 'Failed trials'],
    ['invariant', 'Invariants'],
    ['audit', 'Audit'],
  ] as const),
  ...([
    ['identity', 'Identity'],
    ['speed', 'Speed'],
    ['missing', 'Missing'],
    ['warning', 'Warnings'],
  ] as const),
];

/** Ends with a line feed. */
export function renderCheckMarkdown(report: CheckReport, options: CheckMarkdownOptions = {}): string {
  const { curves = 'mermaid', mostBytes = jobSummaryBytes } = options;
  const names = cellNames(report);
  const findings = checkFindings(report, names);
  const changed = report.cells.filter(({ outcome }) => outcome !== 'unchanged');
  const unchanged = report.cells.filter(({ outcome }) => outcome === 'unchanged');
  const pictures = typeof curves === 'object' ? picturesIn(curves.folder, report) : undefined;
  const blocks = [
    `## ${marks[reportWeight(report)]} ${markdownText(report.name)} against ${markdownCode(report.baseline)}`,
    `**${checkConclusion(report, options)}**`,
    rulesText(report, names),
    cellTable(changed, names, pictures),
    details(unchanged, report.cells.length, names),
    ...listTitles.map(([part, title]) => list(findings, part, title)),
    ...(curves === 'mermaid' ? charts(changed, names, report) : []),
  ];
  return fitBlocks(
    blocks.filter((block) => block !== ''),
    mostBytes,
  );
}

function reportWeight(report: CheckReport): Weight {
  const outcome = checkOutcome(report);
  if (outcome === 'holds') return 'same';
  return outcome === 'inconclusive' ? 'unsure' : 'bad';
}

function rulesText({ metric, margin, alpha }: CheckReport, { shared }: CellNames): string {
  const { title, better } = metricTitles[metric];
  const direction = better === 'lower' ? ' (lower is better; gains are turned round)' : '';
  const rules = `Mean AUBC of the ${title}${direction}, margin ${margin}, α ${alpha}.`;
  return shared.length === 0 ? rules : `${rules} Throughout: ${shared.map(markdownCode).join(', ')}.`;
}

function cellTable(
  cells: readonly CellVerdict[],
  { varying }: CellNames,
  pictures?: ReadonlyMap<CellVerdict, string>,
): string {
  if (cells.length === 0) return '';
  const hasGroups = cells.some((cell) => varying(cell) !== '');
  const headers = [
    ...['outcome', 'strategy', ...(hasGroups ? ['on'] : []), 'AUBC', 'gain [interval]', 'p (Holm)', 'seeds'],
    ...(pictures === undefined ? [] : ['baseline (dashed), now']),
  ];
  const rows = cells
    .slice(0, mostRows)
    .map((cell) => [
      `${marks[cellWeight(cell)]} ${outcomeText(cell)}`,
      markdownCode(cell.strategy),
      ...(hasGroups ? [markdownCode(varying(cell))] : []),
      ...[meansText(cell), gainText(cell), pText(cell.adjustedPValue).replace('<', '&lt;'), seedsText(cell)],
      ...(pictures === undefined ? [] : [pictures.get(cell) ?? '']),
    ]);
  const rule = headers.map((header) => (/gain|p |seeds/.test(header) ? '--:' : ':--'));
  const table = [headers, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const numCut = cells.length - rows.length;
  return numCut === 0 ? table : `${table}\n\n… and ${numCut} more, which \`--format json\` has.`;
}

function details(cells: readonly CellVerdict[], numCells: number, names: CellNames): string {
  if (cells.length === 0) return '';
  const count = cells.length === numCells ? `All ${numCells}` : `${cells.length} of ${numCells}`;
  const summary = `${marks.same} ${count} cells unchanged`;
  return `<details><summary>${summary}</summary>\n\n${cellTable(cells, names)}\n\n</details>`;
}

function list(findings: readonly CheckFinding[], part: CheckPart, title: string): string {
  const ofPart = findings.filter((finding) => finding.part === part);
  if (ofPart.length === 0) return '';
  // There are three times a cell, and of those that stayed as they were the number says enough.
  const shown = part === 'speed' ? ofPart.filter(({ weight }) => weight !== 'same') : ofPart;
  const numSame = ofPart.length - shown.length;
  const lines = shown.slice(0, mostRows).map(({ weight, subject, outcome, text }) => {
    const about = part === 'warning' || part === 'identity' ? '' : `${markdownCode(subject)}: ${outcome}. `;
    return `- ${marks[weight]} ${about}${markdownText(text)}`;
  });
  const numCut = shown.length - lines.length;
  if (numCut > 0) lines.push(`- … and ${numCut} more`);
  if (numSame > 0) lines.push(`- ${marks.same} ${numSame} of ${ofPart.length} times unchanged`);
  return [`### ${title}`, '', ...lines].join('\n');
}

function charts(changed: readonly CellVerdict[], names: CellNames, { metric }: CheckReport): string[] {
  const drawn = changed.slice(0, mostCharts).flatMap((cell) => {
    const chart = curveMermaid(cell, metricTitles[metric].title);
    const title = `${marks[cellWeight(cell)]} ${markdownCode(names.full(cell))}`;
    return chart === '' ? [] : [`${title}\n\n${chart}`];
  });
  if (drawn.length === 0) return [];
  const rest = changed.length > mostCharts ? ` The worst ${mostCharts} of ${changed.length}.` : '';
  return [`### Learning curves\n\nGrey: the baseline; orange: now.${rest}`, ...drawn];
}

/** Of each cell, an element that shows its file. */
function picturesIn(folder: string, report: CheckReport): ReadonlyMap<CellVerdict, string> {
  const base = folder === '' ? '' : `${folder.split(/[\\/]/).map(encodeURIComponent).join('/')}/`;
  const size = `width="${CURVE_WIDTH}" height="${CURVE_HEIGHT}"`;
  const image = (fileName: string) => `<img src="${base}${fileName}" ${size} alt="learning curves">`;
  return new Map(checkCurveFiles(report).map(({ cell, fileName }) => [cell, image(fileName)]));
}

/** report.html: one file that holds everything, asks the network for nothing and runs no script. */
import type { SummaryRow } from '../analysis/index.ts';
import { escapeHtml } from './escapeHtml.ts';
import { renderHtmlTable } from './renderHtmlTable.ts';
import { reportStyle } from './reportStyle.ts';
import type { StrategyStyles } from './strategyStyles.ts';

export interface HtmlReport {
  readonly title: string;
  /** Paragraphs are parted by an empty line. */
  readonly description?: string;
  readonly charts: readonly HtmlChart[];
  /** Selection-overlap matrices. */
  readonly overlaps?: readonly HtmlChart[];
  readonly rows: readonly SummaryRow[];
  readonly styles: StrategyStyles;
  /** What the reader must know before believing the figures. */
  readonly warnings?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What to type to get the same results again. */
  readonly command?: string;
}

export interface HtmlChart {
  readonly title: string;
  /** A whole SVG element, trusted: it goes into the page as it is, but for its ids. */
  readonly svg: string;
}

/** The page as a string; every text given is escaped. */
export function renderHtml(report: HtmlReport): string {
  const { title, description = '', charts, overlaps = [], rows, styles } = report;
  const { warnings = [], environment = {}, command } = report;
  const paragraphs = description.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph.trim())}</p>`).join('\n')}
<p class="soft">${escapeHtml(scope(rows))}</p>
</header>
${warningCard(warnings)}
<h2>Summary</h2>
<section class="card">
${renderHtmlTable(rows, styles, { part: 'statistics' })}
</section>
<h2>Learning curves</h2>
${charts.map((chart, i) => chartCard(chart, 'curves', i)).join('\n')}
${overlapSection(overlaps)}
<h2>Time</h2>
<section class="card">
${renderHtmlTable(rows, styles, { part: 'timings' })}
</section>
${provenance(environment, command)}
</main>
</body>
</html>
`;
}

/** How much work the report stands on. */
function scope(rows: readonly SummaryRow[]): string {
  const strategies = new Set(rows.map((row) => row.strategy)).size;
  const total = (count: 'numFinished' | 'numFailed' | 'numUnfinished') =>
    rows.reduce((sum, row) => sum + row[count], 0);
  const finished = total('numFinished');
  const parts = [`${finished} finished ${finished === 1 ? 'trial' : 'trials'}`];
  if (total('numFailed') > 0) parts.push(`${total('numFailed')} failed`);
  if (total('numUnfinished') > 0) parts.push(`${total('numUnfinished')} unfinished`);
  return `${strategies} query ${strategies === 1 ? 'strategy' : 'strategies'}, ${parts.join(', ')}.`;
}

function warningCard(warnings: readonly string[]): string {
  if (warnings.length === 0) return '';
  const items = warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join('\n');
  return `<section class="card cautions" style="margin-top:1.4rem">
<strong>Before you believe these figures</strong>
<ul>
${items}
</ul>
</section>`;
}

function overlapSection(overlaps: readonly HtmlChart[]): string {
  if (overlaps.length === 0) return '';
  const cards = overlaps.map((chart, i) => chartCard(chart, 'overlap', i));
  return `<h2>What was asked for</h2>\n${cards.join('\n')}`;
}

function chartCard({ title, svg }: HtmlChart, kind: 'curves' | 'overlap', index: number): string {
  return `<figure class="card chart ${kind}" role="img" aria-label="${escapeHtml(title)}">
${withOwnIds(svg, `${kind}${index}-`)}
</figure>`;
}

/** Vega names clip paths the same in every drawing; in one page the names would clash. */
function withOwnIds(svg: string, prefix: string): string {
  return svg.replaceAll(/(\bid="|url\(#|href="#)/g, `$1${prefix}`);
}

function provenance(environment: Readonly<Record<string, string>>, command: string | undefined): string {
  const entries = Object.entries(environment);
  const items = entries.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  const parts: string[] = [];
  if (command !== undefined) {
    parts.push(`<h2>Run it again</h2>
<section class="card"><pre>${escapeHtml(command)}</pre></section>`);
  }
  if (items.length > 0) {
    parts.push(`<h2>Environment</h2>
<section class="card"><dl>
${items.join('\n')}
</dl></section>`);
  }
  return parts.join('\n');
}

/**
 * report.html: one file that holds everything and asks the network for nothing. Its policy lets one script run, by its hash, and
 * that script evaluates no text; without it the page says the same, and its charts stand still.
 */
import type { Analysis } from '../../analysis/index.ts';
import type { StoredTrial } from '../../store/record.ts';
import { escapeHtml } from '../escapeHtml.ts';
import type { StrategyStyles } from '../strategyStyles.ts';
import { answerSection } from './answer.ts';
import { cellDetails } from './cellDetails.ts';
import { type ChartSection, chartSection } from './chartSection.ts';
import type { PageScript } from './pageScript.ts';
import { pageStyle } from './pageStyle.ts';
import { rankingTable } from './rankingTable.ts';
import { againSection, environmentSection, type ReportSource, scope, setupTerms } from './setup.ts';

export interface ReportPage {
  readonly title: string;
  /** Paragraphs are parted by an empty line. */
  readonly description?: string;
  readonly trials: readonly StoredTrial[];
  readonly analysis: Analysis;
  readonly styles: StrategyStyles;
  readonly sections: readonly ChartSection[];
  /** What the reader must know before believing the figures. */
  readonly warnings?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What to type to get the same results again. */
  readonly command?: string;
  readonly sources?: readonly ReportSource[];
  /** Left out: charts stand still. */
  readonly script?: PageScript;
}

/** The page as a string; every text given is escaped. */
export function renderPage(page: ReportPage): string {
  const { title, analysis, styles, sections, warnings = [], environment = {}, script } = page;
  const { groups, over } = analysis;
  const policy = [
    ...[
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ],
    ...(script ? [`script-src '${script.hash}'`] : []),
  ];
  const details = groups.map(({ group, name, results }) =>
    cellDetails(group, { name, order: results.map(({ row }) => row.strategy), styles, over }),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="querybench">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#answer">To the answer</a>
<header>
<p class="eyebrow">querybench report</p>
<h1>${escapeHtml(title)}</h1>
${paragraphs(page.description)}
<p class="scope">${escapeHtml(scope(analysis))}</p>
<dl class="terms">
${setupTerms(page.trials)
  .map(([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`)
  .join('\n')}
</dl>
${contents(page)}
</header>
<main>
${answerSection(analysis)}
${warningSection(warnings)}
<section aria-labelledby="ranking">
<h2 id="ranking">Ranking</h2>
<p class="soft">A click on a column’s head sorts by it; what it means shows when you point at it. Bounds look at labels that nobody paid for and are ranked with nobody.</p>
${groups.map((group) => rankingTable(group, styles, over)).join('\n')}
</section>
${sections.length === 0 ? '' : `<h2 id="charts">Charts</h2>\n${sections.map((section) => chartSection(section, styles)).join('\n')}`}
<section aria-labelledby="cells">
<h2 id="cells">Cell by cell</h2>
${details.join('\n')}
</section>
${environmentSection(environment)}
${againSection(page.command, page.sources ?? [])}
</main>
<footer><p class="soft">Made by querybench. Intervals are at 95 %; AUBC is the area under the learning curve divided by its width.</p></footer>
${script ? `<script>${script.text}</script>\n` : ''}</body>
</html>
`;
}

function paragraphs(description = ''): string {
  return description
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p class="question">${escapeHtml(paragraph.trim())}</p>`)
    .join('\n');
}

function contents({ sections, warnings = [] }: ReportPage): string {
  const links = [
    ['answer', 'Answer'],
    ...(warnings.length > 0 ? [['cautions', 'Cautions']] : []),
    ['ranking', 'Ranking'],
    ...sections.map(({ id, title }) => [id, title]),
    ['cells', 'Cells'],
    ['environment', 'Environment'],
  ] as const;
  const items = links.map(([id, text]) => `<li><a href="#${id}">${escapeHtml(text ?? '')}</a></li>`);
  return `<nav aria-label="On this page"><ul>${items.join('')}</ul></nav>`;
}

function warningSection(warnings: readonly string[]): string {
  if (warnings.length === 0) return '';
  return `<section class="cautions" aria-labelledby="cautions">
<h2 id="cautions">Before you believe these figures</h2>
<ul>
${warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join('\n')}
</ul>
</section>`;
}

/** The charts of one kind, each on a card with its legend; what a script needs to bring it to life lies beside it. */
import { escapeHtml } from '../escapeHtml.ts';
import type { StrategyStyles } from '../strategyStyles.ts';
import type { PageChart } from './pageChart.ts';
import { swatch } from './swatch.ts';

export interface ChartSection {
  /** Its anchor. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly charts: readonly PageChart[];
}

export function chartSection(
  { id, title, description, charts }: ChartSection,
  styles: StrategyStyles,
): string {
  return `<section aria-labelledby="${id}">
<h3 id="${id}">${escapeHtml(title)}</h3>
<p class="soft">${escapeHtml(description)}</p>
<div class="charts">
${charts.map((chart) => figure(chart, styles)).join('\n')}
</div>
</section>`;
}

function figure(chart: PageChart, styles: StrategyStyles): string {
  const { title, subtitle, alternativeText, svg, live, hasCursor, legend } = chart;
  const help = hasCursor
    ? '<span class="help">Arrow keys read values, drag or + and − zoom.</span>' +
      '<button type="button" class="reset" hidden>Show all</button>'
    : '';
  const label = escapeHtml(
    hasCursor ? `${alternativeText} Arrow keys read values, + and − zoom, 0 shows all.` : alternativeText,
  );
  return `<figure class="card chart${hasCursor ? ' wide' : ''}">
<figcaption><strong>${escapeHtml(title)}</strong>${subtitle ? `<span class="soft">${escapeHtml(subtitle)}</span>` : ''}</figcaption>
${legendBar(legend, title, styles)}<div class="plot" tabindex="0" role="group" aria-label="${label}">
${svg.replace('<svg ', `<svg role="img" aria-label="${escapeHtml(alternativeText)}" `)}
<div class="line" hidden></div><div class="band" hidden></div><div class="tip" hidden></div><div class="spoken" role="status"></div>
</div>
<div class="tools">${help}</div>
<script type="application/octet-stream">${live}</script>
</figure>`;
}

function legendBar(legend: readonly string[], title: string, styles: StrategyStyles): string {
  if (legend.length === 0) return '';
  const chips = legend.map((strategy) => {
    const name = escapeHtml(strategy);
    return `<button type="button" aria-pressed="false" data-strategy="${name}">${swatch(styles.get(strategy))}${name}</button>`;
  });
  return `<div class="legend" role="toolbar" aria-label="Isolate strategies: ${escapeHtml(title)}">${chips.join('')}</div>\n`;
}

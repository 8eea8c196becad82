/** The ranking of one group as an HTML table, sortable by every column; bounds stand apart, in a body of their own. */
import {
  BASELINE_STRATEGY,
  type GroupAnalysis,
  type Over,
  type StrategyResult,
  spendings,
} from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import { escapeHtml } from '../escapeHtml.ts';
import { sharedScale } from '../intervalMark.ts';
import type { StrategyStyles } from '../strategyStyles.ts';
import { type RankingColumn, rankingColumns } from './rankingColumns.ts';
import { styleColor, swatch } from './swatch.ts';

export function rankingTable({ name, results }: GroupAnalysis, styles: StrategyStyles, over: Over): string {
  const differences = results.flatMap(({ comparison }) => {
    if (comparison === undefined) return [];
    const { difference, bootstrapInterval: interval } = comparison;
    return [{ mean: difference.mean, ...(interval && { interval }) }];
  });
  const target = results.find(({ row }) => row.labelsToTarget.length > 0)?.row.labelsToTarget[0]?.target;
  const columns = rankingColumns(results, {
    ...{ baseline: BASELINE_STRATEGY, noun: spendings[over].noun },
    scale: sharedScale([{ mean: 0 }, ...differences]),
    colorOf: (strategy) => styleColor(styles.get(strategy)),
    target: target === undefined ? 'the target' : String(Number(target.toFixed(4))),
  });
  const ranked = results.filter(({ row }) => !row.isBound);
  const bounds = results.filter(({ row }) => row.isBound);
  const seeds = [...new Set(ranked.map(({ row }) => row.numSeeds))];
  const range =
    seeds.length === 1
      ? counted(seeds[0] ?? 0, 'seed')
      : `${Math.min(...seeds)} to ${Math.max(...seeds)} seeds`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="Ranking: ${escapeHtml(name)}">
<table class="sortable ranking">
<caption>${escapeHtml(name)} <span class="soft">· ${range}</span></caption>
<thead>
<tr><td></td>${headings(columns)}</tr>
<tr>${sortHeader(0, { title: 'strategy', first: 'ascending', meaning: 'Query strategy' })}${columns
    .map((column, i) => sortHeader(i + 1, column))
    .join('')}</tr>
</thead>
<tbody>
${ranked.map((result) => bodyRow(result, columns, styles)).join('\n')}
</tbody>${
    bounds.length === 0
      ? ''
      : `\n<tbody class="bounds">\n${bounds.map((result) => bodyRow(result, columns, styles)).join('\n')}\n</tbody>`
  }
</table>
</div>`;
}

/** One cell over each run of columns that share a heading. */
function headings(columns: readonly RankingColumn[]): string {
  const runs: { heading: string; span: number }[] = [];
  for (const { heading } of columns) {
    const last = runs.at(-1);
    if (last?.heading === heading) last.span++;
    else runs.push({ heading, span: 1 });
  }
  return runs
    .map(({ heading, span }) => `<th scope="colgroup" colspan="${span}">${escapeHtml(heading)}</th>`)
    .join('');
}

function sortHeader(
  column: number,
  { title, first, meaning }: Pick<RankingColumn, 'title' | 'first' | 'meaning'>,
): string {
  const sorted = title === 'AUBC' ? ' aria-sort="descending"' : '';
  return (
    `<th scope="col" data-column="${column}" data-first="${first}"${sorted}>` +
    `<button type="button" title="${escapeHtml(meaning)}">${escapeHtml(title)}</button></th>`
  );
}

function bodyRow(result: StrategyResult, columns: readonly RankingColumn[], styles: StrategyStyles): string {
  const { row } = result;
  const trouble = [
    ...(row.isBound ? ['bound'] : []),
    ...(row.numFailed > 0 ? [`${row.numFailed} failed`] : []),
    ...(row.numUnfinished > 0 ? [`${row.numUnfinished} unfinished`] : []),
  ];
  const note = trouble.length === 0 ? '' : ` <span class="badge">${trouble.join(', ')}</span>`;
  const name = escapeHtml(row.strategy);
  const head = `<th scope="row" data-value="${name}">${swatch(styles.get(row.strategy))}${name}${note}</th>`;
  const cells = columns.map((column) => {
    const value = column.value(result);
    return `<td data-value="${value === undefined ? '' : Number(value.toPrecision(9))}">${column.html(result)}</td>`;
  });
  return `<tr${row.strategy === BASELINE_STRATEGY ? ' class="baseline"' : ''}>${head}${cells.join('')}</tr>`;
}

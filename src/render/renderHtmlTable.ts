/** The summary as an HTML table: a swatch of each strategy's colour, and its AUBC's interval as a mark. */
import { groupName, type SummaryRow } from '../analysis/index.ts';
import { escapeHtml } from './escapeHtml.ts';
import { intervalMark, sharedScale } from './intervalMark.ts';
import type { StrategyStyle, StrategyStyles } from './strategyStyles.ts';
import { type SummaryColumn, type SummaryTableOptions, summaryTable } from './summaryTable.ts';

/** What is shared, the table with one body per group, and the notes. Rows of a group must stand together. */
export function renderHtmlTable(
  rows: readonly SummaryRow[],
  styles: StrategyStyles,
  options: SummaryTableOptions = {},
): string {
  const { shared, columns, notes } = summaryTable(rows, options);
  const heading = columns.filter((column) => column.perGroup === true);
  const inRows = columns.filter((column) => column.perGroup !== true);
  const bodies = byGroup(rows).map(
    (group) => `<tbody>\n${groupHeading(group, heading)}${bodyRows(group, inRows, styles)}\n</tbody>`,
  );
  const throughout =
    shared.length === 0 ? '' : `<p class="soft">Throughout: ${escapeHtml(shared.join(', '))}.</p>\n`;
  return `${throughout}<div class="scroll">
<table>
<thead><tr>${inRows.map(headerCell).join('')}</tr></thead>
${bodies.join('\n')}
</table>
</div>
<ul class="notes">
${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('\n')}
</ul>`;
}

/** The mark of the AUBC has a column of its own, under the same header. */
function headerCell(column: SummaryColumn): string {
  const span = column.key === 'aubc' ? ' colspan="2"' : alignment(column);
  return `<th scope="col"${span}>${escapeHtml(column.header)}</th>`;
}

/** What tells the group from the others; nothing if there is one group. */
function groupHeading(group: readonly SummaryRow[], columns: readonly SummaryColumn[]): string {
  const first = group[0];
  if (first === undefined || columns.length === 0) return '';
  const text = columns.map((column) => `${column.header} ${column.cell(first)}`).join(', ');
  return `<tr><th class="group" scope="rowgroup" colspan="100">${escapeHtml(text)}</th></tr>\n`;
}

function bodyRows(
  group: readonly SummaryRow[],
  columns: readonly SummaryColumn[],
  styles: StrategyStyles,
): string {
  const scale = sharedScale(group.flatMap((row) => row.aubc ?? []));
  const cell = (column: SummaryColumn, row: SummaryRow) => {
    const style = styles.get(row.strategy);
    const before = column.key === 'strategy' && style !== undefined ? swatch(style) : '';
    const text = `<td${alignment(column)}>${before}${escapeHtml(column.cell(row))}</td>`;
    if (column.key !== 'aubc') return text;
    const hasMark = row.aubc !== undefined && style !== undefined;
    return `${text}<td>${hasMark ? intervalMark(row.aubc, scale, style.color) : ''}</td>`;
  };
  return group.map((row) => `<tr>${columns.map((column) => cell(column, row)).join('')}</tr>`).join('\n');
}

function alignment(column: SummaryColumn): string {
  return column.align === 'right' ? ' class="right"' : '';
}

/** The line as the chart draws it. */
function swatch({ color, dash }: StrategyStyle): string {
  const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  return (
    '<svg class="swatch" width="22" height="10" aria-hidden="true">' +
    `<line x1="0" x2="22" y1="5" y2="5" stroke="${color}" stroke-width="3"${dashes}/></svg>`
  );
}

function byGroup(rows: readonly SummaryRow[]): SummaryRow[][] {
  const found = new Map<string, SummaryRow[]>();
  for (const row of rows) {
    const name = groupName(row, rows);
    const members = found.get(name);
    if (members === undefined) found.set(name, [row]);
    else members.push(row);
  }
  return [...found.values()];
}

/** The summary as Markdown, which is also what the terminal shows. */
import { markdownTable } from 'markdown-table';
import type { StrategyResult, SummaryRow } from '../analysis/index.ts';
import { type SummaryTableOptions, summaryTable } from './summaryTable.ts';

export interface MarkdownOptions extends SummaryTableOptions {
  /** The sentences below the table that say what its columns mean; true if left out. */
  readonly notes?: boolean;
}

/** What all rows share, the table, and what its columns mean; ends with a line feed. */
export function renderSummaryMarkdown(rows: readonly SummaryRow[], options: MarkdownOptions = {}): string {
  const { shared, columns, notes } = summaryTable(rows, options);
  const table = markdownTable(
    [
      columns.map((column) => column.header),
      ...rows.map((row) => columns.map((column) => escapeCell(column.cell(row)))),
    ],
    { align: columns.map((column) => column.align) },
  );
  const parts = [
    ...(shared.length === 0 ? [] : [`Throughout: ${shared.join(', ')}.`]),
    table,
    ...(options.notes === false ? [] : [notes.map((note) => `- ${note}`).join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The same with what each row's strategy gains over the baseline. */
export function renderResultsMarkdown(
  results: readonly StrategyResult[],
  options: Omit<MarkdownOptions, 'comparisonOf'> = {},
): string {
  const comparisons = new Map(results.map(({ row, comparison }) => [row, comparison]));
  const rows = results.map(({ row }) => row);
  return renderSummaryMarkdown(rows, { ...options, comparisonOf: (row) => comparisons.get(row) });
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

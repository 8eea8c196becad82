/** The report as files: a page, a table in two formats, and every chart as SVG, PNG and Vega-Lite. */
import { join } from 'node:path';
import pLimit from 'p-limit';
import { type Cell, cautions, cells, groups, type Over, summariseGroup } from '../analysis/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { StoredTrial } from '../store/record.ts';
import { chartInput, charts, type NamedChart } from './charts/index.ts';
import { mergeEnvironments } from './mergeEnvironments.ts';
import { renderHtml } from './renderHtml.ts';
import { renderSummaryMarkdown } from './renderMarkdown.ts';
import { renderOverlapCsv } from './renderOverlapCsv.ts';
import { renderPng } from './renderPng.ts';
import { renderSummaryCsv } from './renderSummaryCsv.ts';
import { renderSvg } from './renderSvg.ts';
import { stylesOf } from './strategyStyles.ts';
import { writeAside } from './writeAside.ts';

export interface ReportOptions {
  readonly trials: readonly StoredTrial[];
  /** Made where it is missing; files of an earlier report in it are replaced. */
  readonly outDirectory: string;
  /** The experiment's name: the page's title. */
  readonly name: string;
  readonly description?: string;
  /** Accuracies to count labels up to; left out, the final accuracy of `random` in each group. */
  readonly targets?: readonly number[];
  /** What curves are drawn over and areas taken over; `labels` if left out. */
  readonly over?: Over;
  /** What the caller knows to be wrong; what the records show to be missing or uneven is added. */
  readonly warnings?: readonly string[];
  /** What to type to get the same results again. */
  readonly command?: string;
}

/** Paths of what was written. */
export interface ReportFiles {
  readonly html: string;
  readonly summaryMarkdown: string;
  readonly summaryCsv: string;
  /** Each pair of strategies and query by query; what the pictures of `overlaps` end in. */
  readonly overlapCsv: string;
  readonly curves: readonly CurveFiles[];
  readonly overlaps: readonly CurveFiles[];
}

export interface CurveFiles {
  readonly title: string;
  readonly svg: string;
  readonly png: string;
  readonly vegaLite: string;
}

/** PNGs are drawn on threads of their own, so a few at a time. */
const chartsAtOnce = 4;

/**
 * Writes `report.html`, `summary.md`, `summary.csv`, `overlap.csv` and `{curves,overlap}/<slug>.{svg,png,vl.json}`. Throws
 * `UserError("no-finished-trial")` if there is nothing to report and `UserError("cannot-write")` if the disk refuses.
 */
export async function writeReport(options: ReportOptions): Promise<ReportFiles> {
  const { outDirectory, name, description, targets, command, over } = options;
  const allCells = cells(options.trials);
  requireFinishedTrial(allCells, command);
  const allGroups = groups(allCells);
  const rows = allGroups.flatMap((group) =>
    summariseGroup(group, { ...(targets && { targets }), ...(over && { over }) }),
  );
  const warnings = [...(options.warnings ?? []), ...cautions(allGroups, over)];
  const styles = stylesOf(rows);
  const input = chartInput(options.trials, { ...(over && { over }), ...(targets && { targets }) });
  const drawn = await writeCharts(charts['learning-curves'].build(input), join(outDirectory, 'curves'));
  const overlaps = await writeCharts(charts['selection-overlap'].build(input), join(outDirectory, 'overlap'));
  const files = {
    html: join(outDirectory, 'report.html'),
    summaryMarkdown: join(outDirectory, 'summary.md'),
    summaryCsv: join(outDirectory, 'summary.csv'),
    overlapCsv: join(outDirectory, 'overlap.csv'),
    curves: drawn.map(({ files }) => files),
    overlaps: overlaps.map(({ files }) => files),
  };
  const page = {
    title: name,
    charts: drawn.map(({ title, svg }) => ({ title, svg })),
    overlaps: overlaps.map(({ title, svg }) => ({ title, svg })),
    rows,
    styles,
    warnings,
    environment: mergeEnvironments(options.trials),
    ...(description === undefined ? {} : { description }),
    ...(command === undefined ? {} : { command }),
  };
  await writeAside(
    files.summaryMarkdown,
    markdownPage(name, description, warnings, renderSummaryMarkdown(rows)),
  );
  await writeAside(files.summaryCsv, renderSummaryCsv(rows));
  await writeAside(files.overlapCsv, renderOverlapCsv(allGroups));
  await writeAside(files.html, renderHtml(page));
  return files;
}

async function writeCharts(charts: readonly NamedChart[], directory: string) {
  const limit = pLimit(chartsAtOnce);
  return limit.map(charts, async ({ name, title, spec }) => {
    const base = join(directory, name);
    const files: CurveFiles = { title, svg: `${base}.svg`, png: `${base}.png`, vegaLite: `${base}.vl.json` };
    const svg = await renderSvg(spec);
    await writeAside(files.svg, svg);
    await writeAside(files.png, await renderPng(svg));
    await writeAside(files.vegaLite, `${JSON.stringify(spec, null, 1)}\n`);
    return { title, svg, files };
  });
}

function markdownPage(
  name: string,
  description: string | undefined,
  warnings: readonly string[],
  table: string,
): string {
  const parts = [`# ${name}`];
  if (description !== undefined && description.trim() !== '') parts.push(description.trim());
  if (warnings.length > 0) parts.push(warnings.map((warning) => `> **Caution:** ${warning}`).join('\n>\n'));
  return `${[...parts, table.trimEnd()].join('\n\n')}\n`;
}

function requireFinishedTrial(allCells: readonly Cell[], command: string | undefined): void {
  const total = (kind: 'finished' | 'failed' | 'unfinished') =>
    allCells.reduce((sum, cell) => sum + cell[kind].length, 0);
  if (total('finished') > 0) return;
  const reason = allCells.flatMap((cell) => cell.failed).find((trial) => trial.footer?.reason)
    ?.footer?.reason;
  const because = reason === undefined ? '' : ` The first failure: ${reason.replace(/\.$/, '')}.`;
  const again = command === undefined ? 'Start the run again' : `Start the run again with "${command}"`;
  throw new UserError(
    'no-finished-trial',
    `A report needs at least one finished trial; ${total('unfinished')} are unfinished and ${total('failed')} have ` +
      `failed.${because} ${again}: it goes on where it stopped.`,
  );
}

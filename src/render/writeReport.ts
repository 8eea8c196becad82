/** The report as files: a page, a table in two formats, and every chart as SVG, PNG and Vega-Lite. */
import { join } from 'node:path';
import pLimit from 'p-limit';
import {
  type Analysis,
  analyse,
  type Cell,
  cells,
  mergeEnvironments,
  type Over,
  transferMatrices,
} from '../analysis/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { UserError } from '../foundation/userError.ts';
import type { StoredTrial } from '../store/record.ts';
import {
  type ChartEntry,
  type ChartName,
  chartInput,
  charts,
  type NamedChart,
  type PublishedPoint,
} from './charts/index.ts';
import type { ChartSection } from './page/chartSection.ts';
import { pageChart } from './page/pageChart.ts';
import { pageScript } from './page/pageScript.ts';
import { renderPage } from './page/renderPage.ts';
import type { ReportSource } from './page/setup.ts';
import { renderSummaryMarkdown } from './renderMarkdown.ts';
import { renderOverlapCsv } from './renderOverlapCsv.ts';
import { renderPng } from './renderPng.ts';
import { renderSummaryCsv } from './renderSummaryCsv.ts';
import { renderSummaryJson } from './renderSummaryJson.ts';
import { renderSummaryTex } from './renderSummaryTex.ts';
import { renderSvg } from './renderSvg.ts';
import { renderTransferCsv, renderTransferMarkdown } from './renderTransfer.ts';
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
  /** Trials in all, those that have not begun among them; left out, as many as `trials`. */
  readonly numPlanned?: number;
  /** By `datasetKey`, for pictures of what was picked; left out, there are none. See `chartDatasets`. */
  readonly datasets?: ReadonlyMap<string, Dataset>;
  /** Drawn over the learning curves. */
  readonly published?: readonly PublishedPoint[];
  /** Where the records lie, and their specs. */
  readonly sources?: readonly ReportSource[];
}

/** Paths of what was written, and what it says. */
export interface ReportFiles {
  readonly analysis: Analysis;
  readonly html: string;
  readonly summaryMarkdown: string;
  readonly summaryCsv: string;
  readonly summaryTex: string;
  /** For programs; its schema is `experiments/summary.schema.json`. */
  readonly summaryJson: string;
  /** Each pair of strategies and query by query; what the pictures of `overlaps` end in. */
  readonly overlapCsv: string;
  /** What labels that one model asked for bring another; where the spec has query models. */
  readonly transferCsv?: string;
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
 * Writes `report.html`, `summary.{md,csv,tex,json}`, `overlap.csv`, `transfer.csv` where models asked for others, and `{curves,overlap}/<slug>.{svg,png,vl.json}`. Throws
 * `UserError("no-finished-trial")` if there is nothing to report and `UserError("cannot-write")` if the disk refuses.
 */
export async function writeReport(options: ReportOptions): Promise<ReportFiles> {
  const { outDirectory, name, description, targets, command, over } = options;
  const allCells = cells(options.trials);
  requireFinishedTrial(allCells, options);
  const choice = { ...(targets && { targets }), ...(over && { over }) };
  const input = chartInput(options.trials, {
    ...choice,
    ...(options.datasets && { datasets: options.datasets }),
    ...(options.published && { published: options.published }),
  });
  const analysis = analyse(input.groups, choice);
  const results = analysis.groups.flatMap((group) => group.results);
  const rows = results.map(({ row }) => row);
  const comparisons = new Map(results.map(({ row, comparison }) => [row, comparison]));
  const transfers = transferMatrices(input.groups, over ? { over } : {});
  const warnings = [...(options.warnings ?? []), ...analysis.cautions];
  const built = Object.entries(charts).map(([name, entry]) => ({
    name,
    entry,
    drawings: entry.build(input),
  }));
  // Pictures are drawn on threads of their own while the page is made.
  const [curves, overlaps, sections, script] = await Promise.all([
    writeCharts(drawingsOf(built, 'learning-curves'), join(outDirectory, 'curves')),
    writeCharts(drawingsOf(built, 'selection-overlap'), join(outDirectory, 'overlap')),
    chartSections(built),
    pageScript(),
  ]);
  const files = {
    html: join(outDirectory, 'report.html'),
    summaryMarkdown: join(outDirectory, 'summary.md'),
    summaryCsv: join(outDirectory, 'summary.csv'),
    summaryTex: join(outDirectory, 'summary.tex'),
    summaryJson: join(outDirectory, 'summary.json'),
    overlapCsv: join(outDirectory, 'overlap.csv'),
    ...(transfers.length > 0 && { transferCsv: join(outDirectory, 'transfer.csv') }),
    ...{ curves, overlaps, analysis },
  };
  await writeAside(
    files.summaryMarkdown,
    markdownPage(
      name,
      description,
      warnings,
      [
        renderSummaryMarkdown(rows, { comparisonOf: (row) => comparisons.get(row) }),
        renderTransferMarkdown(transfers),
      ].join('\n'),
    ),
  );
  await writeAside(files.summaryCsv, renderSummaryCsv(results));
  await writeAside(files.summaryTex, renderSummaryTex(analysis));
  await writeAside(files.summaryJson, renderSummaryJson(analysis, { name, warnings }));
  await writeAside(files.overlapCsv, renderOverlapCsv(input.groups));
  if (files.transferCsv) await writeAside(files.transferCsv, renderTransferCsv(transfers));
  const page = renderPage({
    ...{ title: name, trials: options.trials, analysis, warnings, styles: stylesOf(rows), sections, script },
    environment: mergeEnvironments(options.trials),
    ...(description !== undefined && { description }),
    ...(command !== undefined && { command }),
    ...(options.sources && { sources: options.sources }),
  });
  await writeAside(files.html, page);
  return files;
}

interface BuiltCharts {
  readonly name: string;
  readonly entry: ChartEntry;
  readonly drawings: readonly NamedChart[];
}

function drawingsOf(built: readonly BuiltCharts[], name: ChartName): readonly NamedChart[] {
  return built.find((each) => each.name === name)?.drawings ?? [];
}

/** Kinds of which there is nothing to draw have no section. */
async function chartSections(built: readonly BuiltCharts[]): Promise<ChartSection[]> {
  const sections = built.map(async ({ name, entry, drawings }) => ({
    ...{ id: name, title: entry.title, description: entry.description },
    charts: await Promise.all(drawings.map((chart, i) => pageChart(chart, `${name}-${i}`))),
  }));
  return (await Promise.all(sections)).filter((section) => section.charts.length > 0);
}

async function writeCharts(drawings: readonly NamedChart[], directory: string): Promise<CurveFiles[]> {
  const limit = pLimit(chartsAtOnce);
  return limit.map(drawings, async ({ name, title, spec }) => {
    const base = join(directory, name);
    const files: CurveFiles = { title, svg: `${base}.svg`, png: `${base}.png`, vegaLite: `${base}.vl.json` };
    const svg = await renderSvg(spec);
    await writeAside(files.svg, svg);
    await writeAside(files.png, await renderPng(svg));
    await writeAside(files.vegaLite, `${JSON.stringify(spec, null, 1)}\n`);
    return files;
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

function requireFinishedTrial(allCells: readonly Cell[], { command, numPlanned }: ReportOptions): void {
  const total = (kind: 'finished' | 'failed' | 'unfinished') =>
    allCells.reduce((sum, cell) => sum + cell[kind].length, 0);
  if (total('finished') > 0) return;
  const reason = allCells.flatMap((cell) => cell.failed).find((trial) => trial.footer?.reason)
    ?.footer?.reason;
  const because = reason === undefined ? '' : ` The first failure: ${reason.replace(/\.$/, '')}.`;
  const [numUnfinished, numFailed] = [total('unfinished'), total('failed')];
  const numLeft = (numPlanned ?? numUnfinished + numFailed) - numUnfinished - numFailed;
  const again = command === undefined ? 'Start the run again' : `Start the run again with "${command}"`;
  throw new UserError(
    'no-finished-trial',
    `A report needs at least one finished trial; ${numUnfinished} are unfinished and ${numFailed} have failed` +
      `${numLeft > 0 ? `, ${numLeft} have not begun` : ''}.${because} ${again}: it goes on where it stopped.`,
  );
}

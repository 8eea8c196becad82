/** The report as files: a page, a table in two formats, and every chart as SVG, PNG and Vega-Lite. */
import { join } from 'node:path';
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
import { type ChartDrawer, type Picture, startChartDrawer } from './chartDrawer.ts';
import {
  type ChartEntry,
  type ChartInput,
  type ChartName,
  chartInput,
  charts,
  type NamedChart,
  type PublishedPoint,
} from './charts/index.ts';
import type { ChartSection } from './page/chartSection.ts';
import { pageScript } from './page/pageScript.ts';
import { renderPage } from './page/renderPage.ts';
import type { ReportSource } from './page/setup.ts';
import { renderResultsMarkdown } from './renderMarkdown.ts';
import { renderOverlapCsv } from './renderOverlapCsv.ts';
import { renderSummaryCsv } from './renderSummaryCsv.ts';
import { renderSummaryJson } from './renderSummaryJson.ts';
import { renderSummaryTex } from './renderSummaryTex.ts';
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
  /** One that has been started while the records were read; left out, one is started, and closed in the end. */
  readonly drawer?: ChartDrawer;
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

/**
 * Writes `report.html`, `summary.{md,csv,tex,json}`, `overlap.csv`, `transfer.csv` where models asked for others, and
 * `{curves,overlap}/<slug>.{svg,png,vl.json}`. Throws `UserError("no-finished-trial")` if there is nothing to report and `UserError("cannot-write")` if the disk refuses.
 */
export async function writeReport(options: ReportOptions): Promise<ReportFiles> {
  requireFinishedTrial(cells(options.trials), options);
  const drawer = options.drawer ?? startChartDrawer();
  try {
    return await writeFiles(options, drawer);
  } finally {
    if (drawer !== options.drawer) await drawer.close();
  }
}

async function writeFiles(options: ReportOptions, drawer: ChartDrawer): Promise<ReportFiles> {
  const { outDirectory, name, description, targets, command, over } = options;
  const choice = { ...(targets && { targets }), ...(over && { over }) };
  const input = chartInput(options.trials, {
    ...choice,
    ...(options.datasets && { datasets: options.datasets }),
    ...(options.published && { published: options.published }),
  });
  // All charts first: they are drawn while the rest is computed.
  const drawn = Object.entries(charts).map(([kind, entry]) => drawKind(kind, entry, { input, drawer }));
  const analysis = analyse(input.groups, choice);
  const results = analysis.groups.flatMap((group) => group.results);
  const rows = results.map(({ row }) => row);
  const warnings = [...(options.warnings ?? []), ...analysis.cautions];
  const transfers = transferMatrices(input.groups, over ? { over } : {});
  const tables = [renderResultsMarkdown(results), renderTransferMarkdown(transfers)].join('\n');
  const write = async (file: string, content: string): Promise<string> => {
    await writeAside(join(outDirectory, file), content);
    return join(outDirectory, file);
  };
  const [
    curves,
    overlaps,
    sections,
    script,
    summaryMarkdown,
    summaryCsv,
    summaryTex,
    summaryJson,
    overlapCsv,
  ] = await Promise.all([
    writePictures(drawn, 'learning-curves', join(outDirectory, 'curves')),
    writePictures(drawn, 'selection-overlap', join(outDirectory, 'overlap')),
    Promise.all(drawn.map(({ section }) => section)),
    pageScript(),
    write('summary.md', markdownPage(name, description, warnings, tables)),
    write('summary.csv', renderSummaryCsv(results)),
    write('summary.tex', renderSummaryTex(analysis)),
    write('summary.json', renderSummaryJson(analysis, { name, warnings })),
    write('overlap.csv', renderOverlapCsv(input.groups)),
  ]);
  const page = renderPage({
    ...{ title: name, trials: options.trials, analysis, warnings, styles: stylesOf(rows), script },
    // Kinds of which there is nothing to draw have no section.
    sections: sections.filter((section) => section.charts.length > 0),
    environment: mergeEnvironments(options.trials),
    ...(description !== undefined && { description }),
    ...(command !== undefined && { command }),
    ...(options.sources && { sources: options.sources }),
  });
  const html = await write('report.html', page);
  const transferCsv = transfers.length > 0 && (await write('transfer.csv', renderTransferCsv(transfers)));
  return {
    ...{ html, summaryMarkdown, summaryCsv, summaryTex, summaryJson, overlapCsv },
    ...(transferCsv && { transferCsv }),
    ...{ curves, overlaps, analysis },
  };
}

/** Charts whose pictures are files of their own, beside those in the page. */
const filed: readonly ChartName[] = ['learning-curves', 'selection-overlap'];

interface DrawnKind {
  readonly kind: string;
  readonly section: Promise<ChartSection>;
  /** Of what is filed. */
  readonly pictures: readonly { readonly chart: NamedChart; readonly picture: Promise<Picture> }[];
}

/** What there is of one kind of chart, on its way. */
function drawKind(
  kind: string,
  entry: ChartEntry,
  { input, drawer }: { readonly input: ChartInput; readonly drawer: ChartDrawer },
): DrawnKind {
  const built = entry.build(input);
  const pictures = built.flatMap((chart) =>
    filed.some((each) => each === kind) ? [{ chart, picture: drawer.draw('picture', { chart }) }] : [],
  );
  const pageCharts = built.map((chart, i) => drawer.draw('page', { chart, id: `${kind}-${i}` }));
  const section = Promise.all(pageCharts).then((each) => ({
    ...{ id: kind, title: entry.title, description: entry.description, charts: each },
  }));
  return { kind, section, pictures };
}

function writePictures(
  drawn: readonly DrawnKind[],
  kind: ChartName,
  directory: string,
): Promise<CurveFiles[]> {
  const pictures = drawn.find((each) => each.kind === kind)?.pictures ?? [];
  return Promise.all(
    pictures.map(async ({ chart: { name, title, spec }, picture }) => {
      const base = join(directory, name);
      const files: CurveFiles = {
        title,
        svg: `${base}.svg`,
        png: `${base}.png`,
        vegaLite: `${base}.vl.json`,
      };
      await writeAside(files.vegaLite, `${JSON.stringify(spec, null, 1)}\n`);
      const { svg, png } = await picture;
      await writeAside(files.svg, svg);
      await writeAside(files.png, png);
      return files;
    }),
  );
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

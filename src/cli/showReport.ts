/** Writes a report and shows its gist in the terminal: the table, one curve, and where the files lie. */
import { relative, resolve } from 'node:path';
import { cells, groups, type Over, summariseGroup } from '../analysis/index.ts';
import {
  groupCurves,
  renderSummaryMarkdown,
  renderTerminalCurve,
  stylesOf,
  writeReport,
} from '../render/index.ts';
import { readStore } from '../store/readStore.ts';

export interface ShowReportOptions {
  readonly outDirectory?: string;
  /** In place of the spec's. */
  readonly targets?: readonly number[];
  /** What curves are drawn over; left out, cost where the budget is one of cost, else labels. */
  readonly over?: Over;
}

/** What a report reads of the experiment's spec. */
interface StoredSpec {
  readonly description?: string;
  readonly target?: readonly number[];
  readonly length?: { readonly cost?: number };
}

/** Throws `UserError` where `directory` holds no finished trial or the report cannot be written. */
export async function showReport(directory: string, options: ShowReportOptions = {}): Promise<void> {
  const { experiment, trials, warnings } = readStore(directory);
  const spec = experiment.spec as StoredSpec;
  const over = options.over ?? (spec.length?.cost === undefined ? 'labels' : 'cost');
  const targets = options.targets?.length ? options.targets : spec.target?.length ? spec.target : undefined;
  const files = await writeReport({
    ...{ trials, warnings, over },
    name: experiment.name,
    outDirectory: options.outDirectory ?? directory,
    ...(spec.description && { description: spec.description }),
    ...(targets && { targets }),
    sources: [{ directory, name: experiment.name, spec: experiment.spec }],
    command: `querybench report ${directory}`,
  });
  const allGroups = groups(cells(trials));
  const rows = allGroups.flatMap((group) => summariseGroup(group, { over, ...(targets && { targets }) }));
  const [first] = allGroups;
  const curve = first
    ? renderTerminalCurve({
        ...{ over, curves: groupCurves(first, over) },
        styles: stylesOf(rows),
        colors: process.stdout.isTTY && process.env.NO_COLOR === undefined,
        title: files.curves[0]?.title ?? experiment.name,
      })
    : '';
  const show = (path: string): string => relative('.', resolve(path));
  const charts = files.curves.map(({ svg }) => `  ${show(svg)} (.png, .vl.json)`);
  const text = [
    ...warnings.map((warning) => `warning: ${warning}`),
    renderSummaryMarkdown(rows).trimEnd(),
    curve.trimEnd(),
    ['Charts:', ...charts].join('\n'),
    `Tables: ${show(files.summaryMarkdown)}, ${show(files.summaryCsv)}\nPage:   ${show(files.html)}`,
  ];
  process.stdout.write(`\n${text.join('\n\n')}\n`);
}

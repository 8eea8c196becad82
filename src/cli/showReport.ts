/** Writes a report and shows its gist in the terminal: the answer, the table, one curve, and where the files lie. */
import { relative, resolve } from 'node:path';
import type { Over } from '../analysis/index.ts';
import { UserError } from '../foundation/userError.ts';
import {
  type ChartDrawer,
  chartDatasets,
  groupCurves,
  renderSummaryMarkdown,
  renderTerminalCurve,
  startChartDrawer,
  stylesOf,
  writeReport,
} from '../render/index.ts';
import { type MergedResults, readStores } from '../store/readStores.ts';

export interface ShowReportOptions {
  /** The directory itself, if left out; of several there is none to choose. */
  readonly outDirectory?: string;
  /** In place of the specs'. */
  readonly targets?: readonly number[];
  /** What curves are drawn over; left out, cost where the budget is one of cost, else labels. */
  readonly over?: Over;
}

/** What a report reads of an experiment's spec. */
interface StoredSpec {
  readonly description?: string;
  readonly target?: readonly number[];
  readonly length?: { readonly cost?: number };
}

/** Throws `UserError` where `directories` hold no finished trial or the report cannot be written. */
export async function showReport(
  directories: readonly string[],
  options: ShowReportOptions = {},
): Promise<void> {
  const outDirectory = options.outDirectory ?? onlyOne(directories);
  const drawer = startChartDrawer();
  try {
    await showReportOf(directories, { ...options, outDirectory, drawer });
  } finally {
    await drawer.close();
  }
}

interface Showing extends ShowReportOptions {
  readonly outDirectory: string;
  readonly drawer: ChartDrawer;
}

async function showReportOf(directories: readonly string[], options: Showing): Promise<void> {
  const { outDirectory, drawer } = options;
  const results = readStores(directories);
  const { trials, warnings, sources } = results;
  const choice = choiceOf(results, options);
  const name = [...new Set(sources.map(({ experiment }) => experiment.name))].join(' + ');
  const descriptions = sources.flatMap(({ experiment }) => (experiment.spec as StoredSpec).description ?? []);
  const files = await writeReport({
    ...{ trials, warnings, name, outDirectory, drawer, ...choice },
    ...(descriptions.length > 0 && { description: [...new Set(descriptions)].join('\n\n') }),
    command: commandOf(results),
    numPlanned: results.numPlanned,
    datasets: (await chartDatasets(trials)).datasets,
    sources: sources.map(({ directory, experiment }) => ({
      ...{ directory, name: experiment.name, spec: experiment.spec },
    })),
  });
  const { analysis } = files;
  const rows = analysis.groups.flatMap((group) => group.results.map(({ row }) => row));
  const [first] = analysis.groups;
  const curve = first
    ? renderTerminalCurve({
        ...{ over: choice.over, curves: groupCurves(first.group, choice.over) },
        styles: stylesOf(rows),
        colors: process.stdout.isTTY && process.env.NO_COLOR === undefined,
        title: files.curves[0]?.title ?? name,
      })
    : '';
  const show = (path: string): string => relative('.', resolve(path));
  const charts = files.curves.map(({ svg }) => `  ${show(svg)} (.png, .vl.json)`);
  const answers = analysis.groups.flatMap(({ name: group, conclusions }) =>
    conclusions.length === 0 ? [] : [`${group}: ${conclusions.join(' ')}`],
  );
  const text = [
    ...warnings.map((warning) => `warning: ${warning}`),
    renderSummaryMarkdown(rows).trimEnd(),
    ...answers,
    curve.trimEnd(),
    ['Charts:', ...charts].join('\n'),
    `Tables: ${show(files.summaryMarkdown)} (and csv, tex, json)\nPage:   ${show(files.html)}`,
  ];
  process.stdout.write(`\n${text.join('\n\n')}\n`);
}

function onlyOne(directories: readonly string[]): string {
  const [first, ...others] = directories;
  if (first !== undefined && others.length === 0) return first;
  throw new UserError(
    'bad-option',
    `A report of ${directories.length} directories needs a place of its own. Name one with --out, as in --out results/merged.`,
  );
}

/** What all specs agree on, unless the user says otherwise. */
function choiceOf({ sources }: MergedResults, { over, targets }: ShowReportOptions) {
  const specs = sources.map(({ experiment }) => experiment.spec as StoredSpec);
  const isByCost = specs.every(({ length }) => length?.cost !== undefined);
  const agreed = new Set(specs.map(({ target }) => JSON.stringify(target ?? []))).size === 1;
  const chosen = targets?.length ? targets : agreed ? specs[0]?.target : undefined;
  return {
    over: over ?? (isByCost ? ('cost' as const) : ('labels' as const)),
    ...(chosen?.length && { targets: chosen }),
  };
}

/** One command per source: what it was run by, where that is known. */
function commandOf({ sources }: MergedResults): string {
  const commands = sources.map(
    ({ directory, experiment }) => experiment.command ?? `npx querybench run <the spec> --out ${directory}`,
  );
  return [...new Set(commands)].join('\n');
}

/** What `querybench plot` does: one chart of the registry from stored results, as one file for each of its pictures. */
import {
  cautions,
  cells,
  groups,
  type MetricName,
  metricTitles,
  type Over,
  spendings,
} from '../analysis/index.ts';
import { lookUp, unknownName } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { type ChartEntry, chartDatasets, chartInput, charts } from '../render/index.ts';
import { writeAside } from '../render/writeAside.ts';
import { readStores } from '../store/readStores.ts';
import type { StoredTrial } from '../store/record.ts';
import { chartRenderer, schemes } from './chartFile.ts';
import { parseFilter } from './parseFilter.ts';

export interface PlotArguments {
  readonly directories: readonly string[];
  readonly chart: string;
  readonly filter?: string | undefined;
  readonly metric?: string | undefined;
  readonly over?: string | undefined;
  readonly scheme?: string | undefined;
  readonly baseline?: string | undefined;
  readonly target: readonly number[];
  readonly rope?: number | undefined;
  readonly pairTest?: string | undefined;
  readonly out?: string | undefined;
}

const pairTests = { nemenyi: 'nemenyi', 'wilcoxon-holm': 'wilcoxon-holm' } as const;

/**
 * Throws `UserError`: "unknown-name" for a chart, filter, metric and so on that nobody knows, "nothing-to-plot", "no-results"
 * and "cannot-write".
 */
export async function plotChart(args: PlotArguments): Promise<void> {
  const entry: ChartEntry = lookUp('chart', charts, args.chart);
  const out = args.out ?? `${args.chart}.svg`;
  const render = chartRenderer(out, '--out');
  const options = optionsOf(args);
  const { trials, warnings, sources } = readStores(args.directories);
  requireBaseline(trials, args.baseline);
  const isOverCost = sources.every(
    ({ experiment }) => (experiment.spec as StoredSpec).length?.cost !== undefined,
  );
  const shown = entry.showsSamples ? await chartDatasets(trials) : undefined;
  const input = chartInput(trials, {
    over: isOverCost ? 'cost' : 'labels',
    ...options,
    ...(shown && { datasets: shown.datasets }),
  });
  for (const warning of [...warnings, ...cautions(input.groups)]) {
    process.stderr.write(`warning: ${warning}\n`);
  }
  const drawn = entry.build(input);
  if (drawn.length === 0) throw nothingToPlot(args, input.trials, shown?.problems ?? []);
  for (const chart of drawn) {
    const path = drawn.length === 1 ? out : withName(out, chart.name);
    await writeAside(path, await render(chart));
    process.stdout.write(`${path}\n`);
  }
}

/** As much of a spec as is looked at. */
interface StoredSpec {
  readonly length?: { readonly cost?: number };
}

function optionsOf({ filter, metric, over, scheme, baseline, target, rope, pairTest }: PlotArguments) {
  if (metric !== undefined) lookUp('--metric', metricTitles, metric);
  if (over !== undefined) lookUp('--over', spendings, over);
  if (rope !== undefined && !(rope >= 0)) {
    throw new UserError(
      'bad-option',
      '--rope must be a difference of 0 or more. Write it as in --rope 0.01.',
    );
  }
  return {
    ...(filter !== undefined && { filter: parseFilter(filter) }),
    ...(metric !== undefined && { metric: metric as MetricName }),
    ...(over !== undefined && { over: over as Over }),
    ...(scheme !== undefined && { scheme: lookUp('--scheme', schemes, scheme) }),
    ...(pairTest !== undefined && { pairTest: lookUp('--pair-test', pairTests, pairTest) }),
    ...(baseline !== undefined && { baseline }),
    ...(target.length > 0 && { targets: target }),
    ...(rope !== undefined && { rope }),
  };
}

function requireBaseline(trials: readonly StoredTrial[], baseline: string | undefined): void {
  const strategies = [...new Set(trials.map(({ header }) => header.trial.labels.strategy))];
  if (baseline === undefined || strategies.includes(baseline)) return;
  throw new UserError('unknown-name', unknownName('--baseline', baseline, strategies));
}

function nothingToPlot(
  { chart, directories }: PlotArguments,
  trials: readonly StoredTrial[],
  problems: readonly string[],
): UserError {
  const allCells = groups(cells(trials)).flatMap((group) => group.cells);
  const count = (kind: 'finished' | 'failed' | 'unfinished') =>
    allCells.reduce((sum, cell) => sum + cell[kind].length, 0);
  const numFinished = count('finished');
  if (numFinished === 0) {
    const spec = `Run the experiment again: it goes on where it stopped.`;
    return new UserError(
      'nothing-to-plot',
      `A chart needs finished trials; in ${directories.join(', ')} ${count('unfinished')} are unfinished and ${count('failed')} have failed. ${spec}`,
    );
  }
  const because = problems.length > 0 ? problems.join(' ') : lookUp<ChartEntry>('chart', charts, chart).needs;
  return new UserError(
    'nothing-to-plot',
    `"${chart}" finds nothing to draw in ${numFinished} finished trials. ${because}`,
  );
}

/** `curves.svg` → `curves-digits.svg`, for charts that are several pictures. */
function withName(path: string, name: string): string {
  const ending = /(\.vl)?\.[^.]+$/.exec(path)?.[0] ?? '';
  return `${path.slice(0, path.length - ending.length)}-${name}${ending}`;
}

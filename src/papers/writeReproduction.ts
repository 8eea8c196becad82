/**
 * Everything that is kept of a reproduction at one scale: summary, charts over which the published points lie,
 * selections, table.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { lookUp } from '../foundation/nearest.ts';
import {
  type ChartEntry,
  chartInput,
  charts,
  renderCsv,
  renderResultsMarkdown,
  writeAside,
  writeReport,
} from '../render/index.ts';
import { readStore } from '../store/readStore.ts';
import { makeBaseline, renderBaseline } from '../verdict/index.ts';
import { writeChartFiles } from './chartFiles.ts';
import { compareWithPublished } from './compareWithPublished.ts';
import type { Published } from './published.ts';
import { publishedPoints } from './publishedPoints.ts';
import {
  type ChartFiles,
  type ChartsOfKind,
  factsOf,
  type Reproduction,
  type RivalSection,
  readReproduction,
  reproductionPath,
} from './reproduction.ts';
import { comparisonTable } from './reproductionPage.ts';
import { rivalPoints, rivalRows } from './rivalRows.ts';
import { writeRivalSection } from './rivalSection.ts';
import { compareWithRivals, type Rival } from './rivals.ts';
import { GUARDED_SCALE } from './scales.ts';
import { selectionLists } from './selectionLists.ts';

export interface ReproductionOptions {
  /** Of the scale: the results directory with its trials. */
  readonly results: string;
  /** Of the scale: gets the files. */
  readonly directory: string;
  readonly name: string;
  readonly scale: string;
  readonly published: Published;
  readonly rivals: readonly Rival[];
  /** How long trials were run for just now; adds to what is on file. */
  readonly ranSeconds?: number;
  /** In place of both: of a run that was made elsewhere. */
  readonly wallSeconds?: number;
}

/** What `npm run check:papers` holds later runs against. */
export function baselinePath(directory: string): string {
  return join(directory, 'baseline.json');
}

/** Throws what `readStore` and `writeReport` throw. */
export async function writeReproduction(options: ReproductionOptions): Promise<Reproduction> {
  const { directory, name, scale, published, ranSeconds = 0 } = options;
  const { experiment, trials, warnings } = readStore(options.results);
  const spec = experiment.spec as { readonly description?: string; readonly target?: readonly number[] };
  const rivals = compareWithRivals(options.rivals, trials);
  const points = [...publishedPoints(published, trials), ...rivalPoints(rivals)];
  const { analysis } = await writeReport({
    ...{ trials, warnings, name, outDirectory: directory, published: points },
    ...(spec.description && { description: spec.description }),
    ...(spec.target?.length && { targets: spec.target }),
    command: `npm run reproduce -- ${name} --scale ${scale}`,
    numPlanned: experiment.trials.length,
  });
  const compress = promisify(gzip);
  const pack = (text: string) => compress(text, { level: 9 });
  await writeAside(join(directory, 'rounds.csv.gz'), await pack(renderCsv(trials)));
  await writeAside(join(directory, 'selections.csv.gz'), await pack(selectionLists(trials)));
  const rows = [...compareWithPublished(published, trials), ...rivalRows(rivals)];
  const known = readReproduction(directory)?.wallSeconds ?? 0;
  const wallSeconds = Math.round(options.wallSeconds ?? known + ranSeconds);
  const chartFiles = await writeCharts();
  const sections = await writeSections();
  const reproduction: Reproduction = {
    ...{ name, scale, title: published.title },
    ...(published.link && { link: published.link }),
    description: spec.description ?? '',
    numPlanned: experiment.trials.length,
    ...factsOf(trials),
    ...(wallSeconds > 0 && { wallSeconds }),
    rows,
    charts: chartFiles,
    table: renderResultsMarkdown(
      analysis.groups.flatMap((group) => group.results),
      { part: 'statistics' },
    ),
    ...(sections.length > 0 && { rivals: sections }),
  };
  if (rows.length > 0) await writeAside(join(directory, 'comparison.md'), `${comparisonTable(rows)}\n`);
  await writeAside(reproductionPath(directory), `${JSON.stringify(reproduction, undefined, 1)}\n`);
  // Page and baseline are of the same trials; one of a part would call the rest missing.
  if (scale === GUARDED_SCALE && reproduction.numFinished === reproduction.numPlanned) {
    await writeAside(baselinePath(directory), renderBaseline(makeBaseline(trials, experiment.name)));
  }
  return reproduction;

  async function writeCharts(): Promise<ChartsOfKind[]> {
    rmSync(join(directory, 'charts'), { recursive: true, force: true });
    const kinds: ChartsOfKind[] = [];
    const targets = spec.target?.length ? { targets: spec.target } : {};
    const input = chartInput(trials, { ...targets, published: points });
    for (const kind of published.charts) {
      const entry: ChartEntry = lookUp('chart', charts, kind);
      const files: ChartFiles[] = [];
      for (const chart of entry.build(input)) {
        files.push(await writeChartFiles(directory, `${kind}-${chart.name}`, chart));
      }
      if (files.length > 0) kinds.push({ title: entry.title, charts: files });
    }
    return kinds;
  }

  async function writeSections(): Promise<RivalSection[]> {
    const earlier = readdirSync(directory).filter((file) => /^beside-.*\.csv\.gz$/.test(file));
    for (const file of earlier) rmSync(join(directory, file));
    const sections: RivalSection[] = [];
    for (const rival of rivals) sections.push(await writeRivalSection(rival, directory));
    return sections;
  }
}

/**
 * A rival beside us on a reproduction's page: how far apart the curves are, with intervals, of accuracy and of loss,
 * and both drawn.
 */
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RivalMetric } from '../analysis/index.ts';
import { besideCharts, renderBesideCsv, renderBesideMarkdown, writeAside } from '../render/index.ts';
import { writeChartFiles } from './chartFiles.ts';
import type { ChartFiles, RivalSection } from './reproduction.ts';
import type { RivalComparison } from './rivals.ts';

/** Writes charts and numbers below `directory`. */
export async function writeRivalSection(
  { program, versions, compared }: RivalComparison,
  directory: string,
): Promise<RivalSection> {
  const name = `beside-${program.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-')}`;
  const files: ChartFiles[] = [];
  for (const metric of ['accuracy', 'nll'] satisfies RivalMetric[]) {
    for (const chart of besideCharts(compared[metric], { rival: program, metric })) {
      files.push(await writeChartFiles(directory, `${name}-${chart.name}-${metric}`, chart));
    }
  }
  const file = `${name}.csv.gz`;
  await writeAside(join(directory, file), await promisify(gzip)(renderBesideCsv(compared), { level: 9 }));
  return { program, versions, tables: renderBesideMarkdown(compared, program), charts: files, file };
}

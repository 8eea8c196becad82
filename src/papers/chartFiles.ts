/** A chart as two SVG files, light and dark. */
import { join } from 'node:path';
import { type NamedChart, renderSvg, writeAside } from '../render/index.ts';
import type { ChartFiles } from './reproduction.ts';

/** Writes `directory`/charts/`name`.svg and `name`-dark.svg. */
export async function writeChartFiles(
  directory: string,
  name: string,
  { spec, configs, title, alternativeText }: NamedChart,
): Promise<ChartFiles> {
  const [light, dark] = [`charts/${name}.svg`, `charts/${name}-dark.svg`];
  await writeAside(join(directory, light), await renderSvg({ ...spec, config: configs.light }));
  await writeAside(join(directory, dark), await renderSvg({ ...spec, config: configs.dark }));
  return { title, light, dark, alternativeText };
}

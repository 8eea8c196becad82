/** A chart as the page holds it: a drawing for those without scripts, and the spec that a script draws it anew from. */
import { gzipSync } from 'node:zlib';
import type { TopLevelSpec } from 'vega-lite';
import type { NamedChart } from '../charts/chart.ts';
import { compileStill } from '../compileStill.ts';
import { drawVega } from '../renderSvg.ts';
import { makeLive, type VegaMark, type VegaSpec } from './liveSpec.ts';
import { type PackedData, packData } from './packData.ts';
import { asSignal, type Json, mergeDrawings, mergeSchemes } from './schemes.ts';
import { shortDrawing } from './shortDrawing.ts';

export interface PageChart {
  readonly title: string;
  readonly subtitle?: string;
  readonly alternativeText: string;
  /** A whole SVG element, trusted. */
  readonly svg: string;
  /** What the page's script draws from (see `client/liveCharts.ts`): a `LiveChart`, its JSON gzipped, in base64. */
  readonly live: string;
  /** A cursor reads its values along the horizontal axis. */
  readonly hasCursor: boolean;
  /** Strategies of the legend in the order of the lines; none where the chart names its strategies itself. */
  readonly legend: readonly string[];
}

/** What makes a drawing answer. */
export interface LiveChart {
  readonly spec: VegaSpec;
  /** By the name of a data set of the spec. */
  readonly data: Readonly<Record<string, PackedData>>;
  /** What a cursor along the horizontal axis reads, where the chart is of curves. */
  readonly cursor?: ChartCursor;
}

interface ChartCursor {
  readonly data: string;
  /** Columns of the data. */
  readonly x: string;
  readonly y: string;
  readonly xTitle: string;
}

/** Columns that curves may be over. */
const places = ['num_labels', 'num_queries', 'total_cost', 'seconds'];
/** Width of the plot in the page, in pixels, before a script fits it to the window. */
const PLOT_WIDTH = 900;

/** @param id starts every id within the drawing: two of them share a page */
export async function pageChart(chart: NamedChart, id: string): Promise<PageChart> {
  const config = mergeSchemes(asJson(chart.configs.light), asJson(chart.configs.dark));
  // As text and back: a compiled spec has members that are undefined.
  const merged = asJson(await compileStill({ ...chart.spec, config } as TopLevelSpec)) as unknown as VegaSpec;
  spellOutRanges(merged, (merged.config?.range ?? {}) as Readonly<Record<string, unknown>>);
  const cursor = cursorOf(chart, merged);
  const legend = legendOf(merged);
  const live = makeLive(merged, { hasOwnLegend: legend.length > 0, canZoom: cursor !== undefined });
  if (cursor !== undefined) live.width = PLOT_WIDTH;
  const drawing = await draw(live);
  const data: Record<string, PackedData> = {};
  for (const source of live.data ?? []) {
    const packed = packData(source.values);
    if (packed === undefined) continue;
    data[source.name] = packed;
    delete source.values;
  }
  const subtitle = subtitleOf(chart.spec);
  const answering: LiveChart = { spec: live, data, ...(cursor && { cursor }) };
  return {
    ...{ title: chart.title, alternativeText: chart.alternativeText, legend },
    ...(subtitle && { subtitle }),
    svg: shortDrawing(drawing, id),
    live: gzipSync(JSON.stringify(answering), { level: 9 }).toString('base64'),
    hasCursor: cursor !== undefined,
  };
}

const CONTINUOUS = new Set(['linear', 'log', 'pow', 'sqrt', 'symlog', 'sequential', 'diverging']);

/** Ranges by name, as `ramp`, as the colours that they stand for; those of continuous scales ask the signal `dark`. */
function spellOutRanges(spec: VegaSpec | VegaMark, ranges: Readonly<Record<string, unknown>>): void {
  for (const scale of spec.scales ?? []) {
    if (typeof scale.range === 'string' && Object.hasOwn(ranges, scale.range))
      scale.range = ranges[scale.range];
    if (CONTINUOUS.has(scale.type ?? '') && Array.isArray(scale.range))
      scale.range = scale.range.map(asSignal);
  }
  for (const mark of spec.marks ?? []) spellOutRanges(mark, ranges);
  if ('config' in spec && spec.config?.range) delete spec.config.range;
}

function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}

async function draw(spec: VegaSpec): Promise<string> {
  const asksScheme = JSON.stringify({ ...spec, data: [] }).includes('dark ?');
  const light = await drawVega(spec);
  if (!asksScheme) return light;
  const signals = spec.signals?.map((signal) =>
    signal.name === 'dark' ? { ...signal, value: true } : signal,
  );
  return mergeDrawings(light, await drawVega({ ...spec, ...(signals && { signals }) }));
}

/** Rows with a strategy, a place on the one x axis, and a mean. */
function cursorOf({ spec }: NamedChart, { data = [], scales = [] }: VegaSpec): ChartCursor | undefined {
  if (!scales.some(({ name, type }) => name === 'x' && type === 'linear')) return undefined;
  for (const { name, values } of data) {
    const row = Array.isArray(values) ? (values[0] as Record<string, unknown>) : undefined;
    if (row === undefined || !('strategy' in row)) continue;
    const x = places.find((place) => place in row);
    const y = ['mean', 'difference'].find((value) => value in row);
    if (x !== undefined && y !== undefined) return { data: name, x, y, xTitle: xTitleOf(spec, x) };
  }
  return undefined;
}

function xTitleOf(spec: TopLevelSpec, field: string): string {
  const title = /"x":\{[^{}]*?"title":"([^"]+)"/.exec(JSON.stringify(spec))?.[1];
  return (title ?? field).replace(/\s*\(.*$/, '').replace(/,.*$/, '');
}

/** The domain of the scale that the legends are of, where that is strategies of the data; else none. */
function legendOf({ legends = [], scales = [], data = [] }: VegaSpec): readonly string[] {
  const titles = legends.flatMap((legend) =>
    Object.values(legend).filter((value) => typeof value === 'string'),
  );
  const scale = scales.find(({ name, type }) => type === 'ordinal' && titles.includes(name));
  const domain = Array.isArray(scale?.domain) ? scale.domain : [];
  const rows = data.flatMap(({ values }) => (Array.isArray(values) ? values : []));
  const strategies = new Set(rows.map((row: { strategy?: unknown }) => row.strategy));
  return domain.every((name) => typeof name === 'string' && strategies.has(name)) ? domain : [];
}

function subtitleOf({ title }: TopLevelSpec): string | undefined {
  if (title === undefined || typeof title === 'string' || !('subtitle' in title)) return undefined;
  const { subtitle } = title;
  return Array.isArray(subtitle) ? subtitle.join(' ') : typeof subtitle === 'string' ? subtitle : undefined;
}

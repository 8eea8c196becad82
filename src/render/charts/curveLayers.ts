/** What a chart of curves is made of, whatever its frame: faint lines by seed, bands, lines, marks, and what answers a pointer. */
import { type CellCurve, type Over, spendings } from '../../analysis/index.ts';
import { CHART_HEIGHT } from '../chartTheme.ts';
import type { StrategyStyle } from '../strategyStyles.ts';
import { rounded, SIGNED_LABEL } from './chartText.ts';
import { hoverLayer } from './hoverLayer.ts';
import type { ChartBody } from './namedChart.ts';

export type Row = Readonly<Record<string, string | number | boolean>>;

/** A curve of one seed, of the same strategy's and facet's `CellCurve`. */
export interface SeedLine {
  readonly strategy: string;
  readonly seed: number;
  readonly points: readonly { readonly spent: number; readonly value: number }[];
}

/** Columns of the spec's data. */
const spentFields: Readonly<Record<Over, string>> = {
  labels: 'num_labels',
  queries: 'num_queries',
  cost: 'total_cost',
  seconds: 'seconds',
};

/** With few rounds each one is marked, so that the grid of measurements is seen. */
const MAXIMUM_MARKED_POINTS = 25;

/** Of a legend that has been told to be dense, in pixels. */
const LEGEND_ROW_HEIGHT = 22;

const CLEAR_OF_ZERO = '(datum.seeds > 1 && (datum.lower > 0 || datum.upper < 0))';

/** More bands than this on top of each other are a haze: then only that of a strategy picked in the legend is shown. */
const MOST_BANDS = 8;

export function showsBands(numStrategies: number): boolean {
  return numStrategies <= MOST_BANDS;
}

/** So that the plot is as high as its legend. */
export function plotHeight(numStrategies: number): number {
  return Math.max(CHART_HEIGHT, numStrategies * LEGEND_ROW_HEIGHT);
}

/** With more lines than this, those of single seeds say nothing and weigh much. */
const MOST_SEED_LINES = 60;

/** Not where there is one seed, whose line is the mean, nor where there are too many. */
export function showsSeedLines(curves: readonly CellCurve[]): boolean {
  const numLines = curves.reduce((sum, { numSeeds }) => sum + numSeeds, 0);
  return numLines <= MOST_SEED_LINES && curves.some(({ numSeeds }) => numSeeds > 1);
}

/** One row per strategy and place, the best last so that it lies on top. Without an interval, the band has no width. */
export function curveRows(curves: readonly CellCurve[], over: Over, extra: Row = {}): Row[] {
  const rows = curves.map(({ strategy, points }) =>
    points.map(({ spent, mean, interval, numValues }, i) => ({
      ...extra,
      strategy,
      [spentFields[over]]: rounded(spent),
      mean: rounded(mean),
      lower: rounded(interval?.lower ?? mean),
      upper: rounded(interval?.upper ?? mean),
      seeds: numValues,
      ...(i === points.length - 1 && { last: true }),
    })),
  );
  return rows.reverse().flat();
}

export function seedRows(lines: readonly SeedLine[], over: Over, extra: Row = {}): Row[] {
  return lines.flatMap(({ strategy, seed, points }) =>
    points.map(({ spent, value }) => ({
      ...extra,
      ...{ strategy, seed, [spentFields[over]]: rounded(spent), value: rounded(value) },
    })),
  );
}

export interface CurveLayersOptions {
  /** In the legend's order. */
  readonly strategies: readonly string[];
  readonly styles: readonly StrategyStyle[];
  readonly over: Over;
  /** What the values are, in a tooltip. */
  readonly valueTitle: string;
  readonly seeds: readonly Row[];
  readonly yTitle: string;
  /** Values are differences: they have signs, and a mark is filled where the band is clear of 0. */
  readonly isDifference?: boolean;
  /** Left out: what the values need, which facets may then have each its own. */
  readonly yDomain?: readonly [number, number];
  readonly xDomain?: readonly [number, number];
  /** Small and many: fewer ticks, and no zoom, for which the panels would need one scale. */
  readonly isFaceted?: boolean;
  /** The most points that a curve has. */
  readonly numPlaces: number;
  readonly numBands: number;
}

export type Layers = Extract<ChartBody, { layer: unknown }>['layer'];

/** The page scrolls by the wheel alone. */
const zoom = {
  name: 'zoom',
  select: { type: 'interval' as const, zoom: 'wheel![event.shiftKey]' },
  bind: 'scales' as const,
};

/**
 * They take `curveRows` from the chart; `seeds` are the first layer's own. Named `hover`, the last layer is for pointers
 * alone: pictures leave it out.
 */
export function curveLayers(options: CurveLayersOptions): Layers {
  const { strategies, styles, over, valueTitle, seeds, yTitle, isDifference, isFaceted } = options;
  const dashes = styles.map(({ dash }) => (dash.length === 0 ? [1, 0] : [...dash]));
  const x = {
    field: spentFields[over],
    type: 'quantitative' as const,
    title: spendings[over].title,
    scale: { ...(options.xDomain && { domain: [...options.xDomain] }), nice: false, zero: false },
    axis: { tickCount: isFaceted ? 4 : 8, ...(isWhole(over) && { format: ',d' }) },
  };
  const y = {
    type: 'quantitative' as const,
    title: yTitle,
    scale: { ...(options.yDomain && { domain: [...options.yDomain] }), nice: false, zero: false },
    axis: { tickCount: isFaceted ? 5 : 7, ...(isDifference && { labelExpr: SIGNED_LABEL }) },
  };
  const scale = { domain: [...strategies] };
  const isLong = strategies.length * 1.2 * LEGEND_ROW_HEIGHT > CHART_HEIGHT;
  // One legend for all channels: they have the same domain, so they merge.
  const legend = { symbolType: 'stroke' as const, ...(isLong && { rowPadding: 2 }) };
  const fill = { field: 'strategy', type: 'nominal' as const, scale, legend };
  const stroke = { field: 'strategy', type: 'nominal' as const, scale, legend };
  const strokeDash = {
    ...{ field: 'strategy', type: 'nominal' as const, legend },
    scale: { domain: [...strategies], range: dashes },
  };
  const dimmed = (opacity: number, other: number) => ({
    condition: { param: 'strategy', value: opacity },
    value: other,
  });
  const isMarked = options.numPlaces <= MAXIMUM_MARKED_POINTS ? 'true' : 'datum.last';
  const mark = (filter: string, isFilled: boolean): Layers[number] => ({
    transform: [{ filter }],
    mark: {
      ...{ type: 'point', aria: false, clip: false, filled: true, size: 26, opacity: 1 },
      ...(!isFilled && { style: 'surface', strokeWidth: 1.4 }),
    },
    encoding: {
      ...{ x, y: { ...y, field: 'mean' }, opacity: dimmed(1, 0.12) },
      ...(isFilled ? { fill } : { stroke }),
    },
  });
  const marks = isDifference
    ? [mark(`${isMarked} && !${CLEAR_OF_ZERO}`, false), mark(`${isMarked} && ${CLEAR_OF_ZERO}`, true)]
    : [mark(isMarked, true)];
  return [
    ...(seeds.length === 0
      ? []
      : [
          {
            data: { values: [...seeds] },
            mark: { type: 'line' as const, aria: false, strokeWidth: 0.9, clip: true },
            encoding: {
              x,
              y: { ...y, field: 'value' },
              stroke,
              strokeDash,
              detail: { field: 'seed', type: 'nominal' as const },
              opacity: dimmed(seedOpacity(strategies.length), 0.03),
            },
          },
        ]),
    {
      mark: { type: 'area', aria: false, clip: true },
      encoding: {
        ...{ x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, fill },
        opacity: showsBands(options.numBands)
          ? dimmed(bandOpacity(options.numBands), 0.02)
          : { condition: { param: 'strategy', empty: false, value: 0.15 }, value: 0 },
      },
    },
    {
      params: [
        { name: 'strategy', select: { type: 'point', fields: ['strategy'] }, bind: 'legend' },
        ...(isFaceted ? [] : [zoom]),
      ],
      mark: {
        type: 'line',
        aria: false,
        strokeWidth: isFaceted ? 1.6 : 2,
        strokeJoin: 'round',
        strokeCap: 'butt',
        clip: true,
      },
      encoding: { ...{ x, y: { ...y, field: 'mean' }, stroke, strokeDash }, opacity: dimmed(1, 0.12) },
    },
    ...marks,
    hoverLayer({ x, y: { ...y, field: 'mean' }, fill }, [
      { field: 'strategy', type: 'nominal' as const },
      { field: spentFields[over], type: 'quantitative' as const, title: spendings[over].noun },
      { field: 'mean', type: 'quantitative' as const, title: valueTitle, format: '.4f' },
      { field: 'lower', type: 'quantitative' as const, title: '95 % from', format: '.4f' },
      { field: 'upper', type: 'quantitative' as const, title: '95 % to', format: '.4f' },
      { field: 'seeds', type: 'quantitative' as const },
    ]),
  ];
}

function isWhole(over: Over): boolean {
  return over === 'labels' || over === 'queries';
}

/** Many bands on top of each other must not hide the lines. */
function bandOpacity(numBands: number): number {
  return Math.min(0.15, 0.5 / numBands);
}

function seedOpacity(numStrategies: number): number {
  return Math.min(0.4, 1.2 / numStrategies);
}

/** The learning-curve chart of one group as a Vega-Lite spec: a line per strategy, a band for its interval. */
import type { TopLevelSpec } from 'vega-lite';
import { type CellCurve, type MetricName, metricTitles, type Over, spendings } from '../analysis/index.ts';
import { CHART_HEIGHT, CHART_WIDTH, chartPadding, chartTheme } from './chartTheme.ts';
import type { StrategyStyle, StrategyStyles } from './strategyStyles.ts';
import { valueDomain } from './valueDomain.ts';

export interface LearningCurveChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** In the legend's order. Curves without points are left out. */
  readonly curves: readonly CellCurve[];
  /** Has an entry for every strategy of `curves`. */
  readonly styles: StrategyStyles;
  readonly metric?: MetricName;
  /** What the curves are over; `labels` if left out. */
  readonly over?: Over;
}

/** Columns of the spec's data. */
const fields: Readonly<Record<Over, string>> = {
  labels: 'num_labels',
  queries: 'num_queries',
  cost: 'total_cost',
};

/** With few rounds each one is marked, so that the grid of measurements is seen. */
const MAXIMUM_MARKED_POINTS = 25;

/** The spec carries its data, so it opens in the Vega editor as it is. */
export function learningCurveChart(options: LearningCurveChartOptions): TopLevelSpec {
  const { metric = 'accuracy', over = 'labels' } = options;
  const curves = options.curves.filter((curve) => curve.points.length > 0);
  const strategies = curves.map((curve) => curve.strategy);
  const styles = strategies.map((strategy) => styleOf(options.styles, strategy));
  const colors = styles.map((style) => style.color);
  const dashes = styles.map((style) => (style.dash.length === 0 ? [1, 0] : [...style.dash]));
  const places = curves.flatMap((curve) => curve.points.map((point) => point.spent));
  const x = {
    field: fields[over],
    type: 'quantitative' as const,
    title: spendings[over].title,
    scale: { domain: [Math.min(...places), Math.max(...places)], nice: false, zero: false },
    axis: { tickCount: 8, format: over === 'cost' ? ',~f' : ',d', labelFlush: false },
  };
  const yScale = { domain: valueDomain(curves, metric), nice: false, zero: false };
  const yAxis = { tickCount: 7 };
  // Literal colours where a scale would add a second legend.
  const ownColor = { field: 'color', type: 'nominal' as const, scale: null };
  const detail = { field: 'strategy', type: 'nominal' as const };
  const longest = Math.max(...curves.map((curve) => curve.points.length));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: description(options.title, { metric, over }, curves),
    title: {
      text: options.title,
      ...(options.subtitle === undefined ? {} : { subtitle: options.subtitle }),
    },
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    autosize: { type: 'none' },
    padding: chartPadding(strategies),
    config: chartTheme,
    data: { values: chartRows(curves, colors, fields[over]) },
    encoding: { x },
    layer: [
      {
        mark: { type: 'area', aria: false, opacity: bandOpacity(curves.length), clip: true },
        encoding: {
          y: {
            field: 'lower',
            type: 'quantitative',
            title: yTitle(metric, curves),
            scale: yScale,
            axis: yAxis,
          },
          y2: { field: 'upper' },
          fill: ownColor,
          detail,
        },
      },
      {
        mark: {
          type: 'line',
          aria: false,
          strokeWidth: 2,
          strokeJoin: 'round',
          strokeCap: 'butt',
          clip: true,
        },
        encoding: {
          y: { field: 'mean', type: 'quantitative', scale: yScale },
          stroke: {
            field: 'strategy',
            type: 'nominal',
            scale: { domain: strategies, range: colors },
            legend: { symbolType: 'stroke' },
          },
          strokeDash: {
            field: 'strategy',
            type: 'nominal',
            scale: { domain: strategies, range: dashes },
            legend: {},
          },
        },
      },
      {
        transform: [{ filter: longest <= MAXIMUM_MARKED_POINTS ? 'true' : 'datum.last' }],
        mark: { type: 'point', aria: false, filled: true, opacity: 1, size: 26, clip: false },
        encoding: {
          y: { field: 'mean', type: 'quantitative', scale: yScale },
          fill: ownColor,
        },
      },
    ],
  };
}

/** One row per strategy and label count, the best last so that it lies on top. Without an interval, the band has no width. */
function chartRows(curves: readonly CellCurve[], colors: readonly string[], field: string) {
  const rows = curves.map((curve, rank) =>
    curve.points.map((point, i) => ({
      strategy: curve.strategy,
      [field]: point.spent,
      mean: point.mean,
      lower: point.interval?.lower ?? point.mean,
      upper: point.interval?.upper ?? point.mean,
      seeds: point.numValues,
      color: colors[rank],
      last: i === curve.points.length - 1,
    })),
  );
  return rows.reverse().flat();
}

function yTitle(metric: MetricName, curves: readonly CellCurve[]): string {
  return `${metricTitles[metric].title}, ${overSeeds(curves)}`;
}

/** `mean over 5 seeds`, or what else the lines stand for. */
function overSeeds(curves: readonly CellCurve[]): string {
  const counts = curves.map((curve) => curve.numSeeds);
  const fewest = Math.min(...counts);
  const most = Math.max(...counts);
  if (most === 1) return 'one seed';
  return `mean over ${fewest === most ? most : `${fewest} to ${most}`} seeds`;
}

/** Many bands on top of each other must not hide the lines. */
function bandOpacity(numBands: number): number {
  return Math.min(0.15, 0.55 / numBands);
}

/** What a screen reader says of the picture. */
function description(
  title: string,
  { metric, over }: { readonly metric: MetricName; readonly over: Over },
  curves: readonly CellCurve[],
): string {
  const { noun } = spendings[over];
  const ends = curves.map((curve) => {
    const last = curve.points.at(-1);
    return last === undefined
      ? ''
      : `${curve.strategy} ${last.mean.toFixed(4)} at ${Number(last.spent.toFixed(2))} ${noun}`;
  });
  return `${title}: ${metricTitles[metric].title} over ${noun}. At the end: ${ends.join('; ')}.`;
}

function styleOf(styles: StrategyStyles, strategy: string): StrategyStyle {
  const style = styles.get(strategy);
  if (style === undefined) throw new RangeError(`The styles lack the strategy "${strategy}".`);
  return style;
}

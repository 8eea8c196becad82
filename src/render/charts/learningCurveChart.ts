/** The learning-curve chart of one group: a line per strategy, a band for its interval, and faintly every seed. */
import { type CellCurve, type MetricName, metricTitles, type Over, spendings } from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import type { StrategyStyles } from '../strategyStyles.ts';
import type { NamedChart, Scheme } from './chart.ts';
import { SUBTITLE_WIDTH, shown, styleOf, subtitleLines } from './chartText.ts';
import { curveLayers, curveRows, plotHeight, type SeedLine, seedRows, showsBands } from './curveLayers.ts';
import { namedChart } from './namedChart.ts';
import { accuracyRange, publishedLayers } from './publishedLayer.ts';
import type { PublishedPoint } from './publishedPoint.ts';
import { valueDomain } from './valueDomain.ts';

export interface LearningCurveChartOptions {
  readonly name: string;
  readonly title: string;
  /** Paragraphs under the title. */
  readonly subtitle?: readonly string[];
  /** In the legend's order. Curves without points are left out. */
  readonly curves: readonly CellCurve[];
  /** None where there would be too many to see. */
  readonly seedLines?: readonly SeedLine[];
  /** Of strategies in `curves`; none beside curves of anything but accuracy over labels. */
  readonly published?: readonly PublishedPoint[];
  /** Has an entry for every strategy of `curves`. */
  readonly styles: StrategyStyles;
  readonly metric?: MetricName | undefined;
  /** What the curves are over; `labels` if left out. */
  readonly over?: Over | undefined;
  readonly scheme?: Scheme | undefined;
}

/** The spec carries its data, so it opens in the Vega editor as it is. */
export function learningCurveChart(options: LearningCurveChartOptions): NamedChart {
  const { name, title, subtitle = [], seedLines = [], published = [] } = options;
  const { metric = 'accuracy', over = 'labels' } = options;
  const curves = options.curves.filter((curve) => curve.points.length > 0);
  const strategies = curves.map((curve) => curve.strategy);
  const styles = strategies.map((strategy) => styleOf(options.styles, strategy));
  const places = curves.flatMap((curve) => curve.points.map((point) => point.spent));
  const xDomain: [number, number] = [Math.min(...places), Math.max(...places)];
  const [low, high] = valueDomain(curves, {
    range: metricTitles[metric].range,
    ...(!showsBands(curves.length) && { stretch: 0 }),
  });
  const [lowest, highest] = accuracyRange(published);
  return namedChart({
    ...{ name, title, styles, scheme: options.scheme },
    alternativeText: alternativeText(title, { metric, over }, curves),
    body: {
      title: {
        text: title,
        ...(subtitle.length > 0 && { subtitle: subtitleLines(subtitle, SUBTITLE_WIDTH) }),
      },
      width: CHART_WIDTH,
      height: plotHeight(strategies.length),
      data: { values: curveRows(curves, over) },
      layer: [
        ...curveLayers({
          ...{ strategies, styles, over, xDomain },
          valueTitle: `mean ${metricTitles[metric].title}`,
          seeds: seedRows(seedLines, over),
          yTitle: `${metricTitles[metric].title}, ${overSeeds(curves)}`,
          yDomain: [Math.min(low, lowest), Math.max(high, highest)],
          numPlaces: Math.max(...curves.map((curve) => curve.points.length)),
          numBands: curves.length,
        }),
        ...publishedLayers(published, strategies, xDomain),
      ],
    },
  });
}

/** `mean over 5 seeds`, or what else the lines stand for. */
export function overSeeds(curves: readonly CellCurve[]): string {
  const counts = curves.map((curve) => curve.numSeeds);
  const fewest = Math.min(...counts);
  const most = Math.max(...counts);
  if (most === 1) return 'one seed';
  return `mean over ${fewest === most ? most : `${fewest} to ${most}`} seeds`;
}

function alternativeText(
  title: string,
  { metric, over }: { readonly metric: MetricName; readonly over: Over },
  curves: readonly CellCurve[],
): string {
  const { noun } = spendings[over];
  const ends = curves.map(({ strategy, points }) => {
    const last = points.at(-1);
    return last === undefined
      ? ''
      : `${strategy} ${shown(last.mean)} at ${Number(last.spent.toFixed(2))} ${noun}`;
  });
  return `${title}: ${metricTitles[metric].title} over ${noun}. At the end: ${ends.join('; ')}.`;
}

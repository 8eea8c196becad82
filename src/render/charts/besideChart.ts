/** Our mean curves over another program's: a panel per strategy, both with the 95 % band of the mean. */
import {
  type BesideCell,
  besideModels,
  type Estimate,
  metricTitles,
  type RivalMetric,
} from '../../analysis/index.ts';
import { groupBy } from '../../foundation/groupBy.ts';
import type { NamedChart, Scheme } from './chart.ts';
import { rounded, seedsSentence, signed, subtitleLines } from './chartText.ts';
import { namedChart } from './namedChart.ts';

const PANEL_WIDTH = 210;
const PANEL_HEIGHT = 150;
const MOST_COLUMNS = 4;
const OURS = 'querybench';

/** Ours is blue and solid, the other orange and dashed, so that one shows through the other. */
const colors = { light: ['#0072B2', '#D55E00'], dark: ['#4C9BE0', '#F27D33'] } as const;

export interface BesideChartOptions {
  /** The other program's name. */
  readonly rival: string;
  readonly metric: RivalMetric;
  readonly scheme?: Scheme;
}

/** One chart for each model and setting in `compared`. */
export function besideCharts(compared: readonly BesideCell[], options: BesideChartOptions): NamedChart[] {
  return groupBy(compared, titleOf).map((ofSetting) => panels(titleOf(ofSetting[0]), ofSetting, options));
}

function titleOf({ dataset, model, initialPoolSize, queryBatchSize }: BesideCell): string {
  return [dataset, model, `initial pool ${initialPoolSize}`, `batch ${queryBatchSize}`].join(', ');
}

function panels(
  title: string,
  compared: readonly BesideCell[],
  { rival, metric, scheme }: BesideChartOptions,
): NamedChart {
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const sides = [OURS, rival];
  const places = compared.flatMap((cell) => cell.places);
  const means = places.flatMap(({ ours, rival: other }) => [ours.mean, other.mean]);
  const margin = 0.04 * Math.max(0.01, Math.max(...means) - Math.min(...means));
  const seeds = seedsSentence(
    compared.map(({ difference }) => difference.numValues),
    "band: Student's 95\u00a0% interval of the mean",
  );
  const columns = Math.min(MOST_COLUMNS, compared.length);
  const color = {
    ...{ field: 'program', type: 'nominal' as const, scale: { domain: sides } },
    legend: { orient: 'top' as const, direction: 'horizontal' as const, symbolType: 'stroke' },
  };
  const x = {
    ...{ field: 'num_labels', type: 'quantitative' as const, title: 'labels (initial pool included)' },
    scale: { zero: false, nice: false },
    axis: { tickCount: 4 },
  };
  const y = (field: string) => ({
    ...{ field, type: 'quantitative' as const, title: metricTitles[metric].title },
    scale: { zero: false, nice: false, domain: [Math.min(...means) - margin, Math.max(...means) + margin] },
    axis: { grid: true, tickCount: 5 },
  });
  return namedChart({
    ...{ name, title, scheme, alternativeText: alternativeText(title, compared, rival) },
    category: colors,
    body: {
      title: {
        text: title,
        subtitle: subtitleLines([`On the same rows. ${seeds}`], Math.max(470, PANEL_WIDTH * columns)),
      },
      data: { values: compared.flatMap((cell) => rowsOf(cell, rival)) },
      facet: { field: 'strategy', type: 'nominal', title: null },
      columns,
      spacing: 34,
      spec: {
        ...{ width: PANEL_WIDTH, height: PANEL_HEIGHT },
        encoding: { x },
        layer: [
          {
            mark: { type: 'area', aria: false, opacity: 0.18, clip: true },
            encoding: { y: y('lower'), y2: { field: 'upper' }, fill: color },
          },
          {
            mark: { type: 'line', aria: false, strokeWidth: 2, clip: true },
            encoding: {
              ...{ y: y('mean'), stroke: color },
              strokeDash: {
                ...color,
                scale: {
                  domain: sides,
                  range: [
                    [1, 0],
                    [5, 3],
                  ],
                },
              },
            },
          },
        ],
      },
    },
  });
}

function rowsOf({ strategy, places }: BesideCell, rival: string) {
  const row = (program: string, numLabels: number, { mean, interval }: Estimate) => ({
    ...{ strategy, program, num_labels: numLabels, mean: rounded(mean) },
    ...{ lower: rounded(interval?.lower ?? mean), upper: rounded(interval?.upper ?? mean) },
  });
  return places.flatMap((place) => [
    row(OURS, place.numLabels, place.ours),
    row(rival, place.numLabels, place.rival),
  ]);
}

function alternativeText(title: string, compared: readonly BesideCell[], rival: string): string {
  const [whole] = besideModels(compared);
  const texts = compared.map(({ strategy, difference }) => `${strategy} ${signed(difference.mean)}`);
  const mean = whole === undefined ? '' : ` Mean difference of the curves ${signed(whole.difference.mean)}:`;
  return `${title}: learning curves of querybench and of ${rival} on the same rows.${mean} ${texts.join(', ')}.`;
}

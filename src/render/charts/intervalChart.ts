/** A row per strategy with a value and its interval, the best on top, and a line at the value that means "no better than". */
import type { RobustScore } from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import type { StrategyStyles } from '../strategyStyles.ts';
import type { NamedChart, Scheme } from './chart.ts';
import { rounded, SUBTITLE_WIDTH, styleOf, subtitleLines } from './chartText.ts';
import type { Layers } from './curveLayers.ts';
import { namedChart } from './namedChart.ts';

export interface IntervalChartOptions extends Pick<NamedChart, 'name' | 'title' | 'alternativeText'> {
  readonly paragraphs: readonly string[];
  /** The best first. */
  readonly rows: readonly RobustScore[];
  readonly styles: StrategyStyles;
  readonly xTitle: string;
  /** Of d3-format, for labels beside the rows. */
  readonly format: string;
  /** Of d3-format, for the axis. */
  readonly axisFormat?: string;
  /** Left out: what the intervals need. */
  readonly domain?: readonly [number, number];
  readonly reference?: { readonly value: number; readonly below: string; readonly above: string };
  readonly scheme: Scheme | undefined;
}

const ROW_HEIGHT = 30;
/** From the plot to the numbers at its right. */
const NUMBER_GAP = 14;

export function intervalChart(options: IntervalChartOptions): NamedChart {
  const { name, title, alternativeText, rows, reference, scheme } = options;
  const strategies = rows.map(({ strategy }) => strategy);
  const values = rows.map(({ strategy, value, interval }) => ({
    ...{ strategy, value: rounded(value) },
    ...(interval && { lower: rounded(interval.lower), upper: rounded(interval.upper) }),
  }));
  const domain = options.domain ?? domainOfOne(rows);
  const y = {
    ...{ field: 'strategy', type: 'nominal' as const, title: null, sort: strategies },
    axis: { labelFontSize: 13, labelLimit: 0, labelPadding: 10, grid: false },
  };
  const x = {
    type: 'quantitative' as const,
    title: options.xTitle,
    scale: domain ? { domain: [...domain] } : { zero: false, nice: true, padding: 12 },
    axis: { grid: true, tickCount: 6, ...(options.axisFormat && { format: options.axisFormat }) },
  };
  const color = { field: 'strategy', type: 'nominal' as const, scale: { domain: strategies }, legend: null };
  const tooltip = [
    { field: 'strategy', type: 'nominal' as const },
    { field: 'value', type: 'quantitative' as const, title: options.xTitle, format: '.4f' },
    { field: 'lower', type: 'quantitative' as const, title: '95 % from', format: '.4f' },
    { field: 'upper', type: 'quantitative' as const, title: '95 % to', format: '.4f' },
  ];
  return namedChart({
    ...{ name, title, scheme, alternativeText },
    styles: strategies.map((strategy) => styleOf(options.styles, strategy)),
    body: {
      title: { text: title, subtitle: subtitleLines(options.paragraphs, SUBTITLE_WIDTH) },
      width: CHART_WIDTH - 120,
      height: { step: ROW_HEIGHT },
      data: { values },
      layer: [
        ...(reference ? referenceLine(reference) : []),
        {
          transform: [{ filter: 'isValid(datum.lower)' }],
          mark: { type: 'rule', aria: false, strokeWidth: 5, strokeCap: 'round', opacity: 0.45 },
          encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' }, y, color, tooltip },
        },
        {
          mark: { type: 'point', aria: false, filled: true, size: 90, opacity: 1 },
          encoding: { x: { ...x, field: 'value' }, y, color, tooltip },
        },
        {
          mark: {
            ...{ type: 'text', aria: false, style: 'ink-soft', fontSize: 12, align: 'left' },
            ...{ dx: NUMBER_GAP, baseline: 'middle' },
          },
          encoding: {
            ...{ x: { value: 'width' }, y },
            text: { field: 'value', type: 'quantitative', format: options.format },
          },
        },
      ],
    },
  });
}

/** Where there is but one value, an axis needs to be told how wide it is. */
function domainOfOne(rows: readonly RobustScore[]): readonly [number, number] | undefined {
  const values = rows.flatMap(({ value, interval }) => [
    value,
    interval?.lower ?? value,
    interval?.upper ?? value,
  ]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? [least - 0.01, most + 0.01] : undefined;
}

/** The line, and on top of it which side is which. */
function referenceLine({ value, below, above }: NonNullable<IntervalChartOptions['reference']>): Layers {
  const data = { values: [{ reference: value }] };
  const x = { field: 'reference', type: 'quantitative' as const };
  const words = (text: string, align: 'left' | 'right') => ({
    data,
    mark: {
      ...{ type: 'text' as const, aria: false, style: 'ink-soft', fontSize: 12 },
      ...{ align, baseline: 'bottom' as const, dx: align === 'left' ? 8 : -8, dy: -6 },
    },
    encoding: { x, y: { value: 0 }, text: { value: text } },
  });
  return [
    {
      data,
      mark: { type: 'rule', aria: false, style: 'reference', strokeWidth: 1.5 },
      encoding: { x },
    },
    words(`◀ ${below}`, 'right'),
    words(`${above} ▶`, 'left'),
  ];
}

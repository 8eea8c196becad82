/** What all charts have in common: their schema, their margin, their description and the two configurations. */
import type { TopLevelSpec } from 'vega-lite';
import { CHART_MARGIN, CHART_SCHEMA, chartTheme } from '../chartTheme.ts';
import type { StrategyStyle } from '../strategyStyles.ts';
import type { ChartConfig, NamedChart, Scheme } from './chart.ts';

/** A spec less what all charts have in common. */
export type ChartBody = DistributiveOmit<TopLevelSpec, '$schema' | 'description' | 'padding' | 'config'>;

type DistributiveOmit<T, Keys extends string> = T extends unknown ? Omit<T, Keys> : never;

export interface NamedChartParts extends Pick<NamedChart, 'name' | 'title' | 'alternativeText'> {
  /** Of the strategies in the domain of the chart's colour scale, in that order. */
  readonly styles?: readonly StrategyStyle[];
  /** In place of the strategies' colours, where colours stand for something else. */
  readonly category?: Readonly<Record<Scheme, readonly string[]>>;
  readonly scheme: Scheme | undefined;
  readonly body: ChartBody;
}

export function namedChart(parts: NamedChartParts): NamedChart {
  const { name, title, alternativeText, styles = [], category, scheme = 'light', body } = parts;
  const config = (wanted: Scheme): ChartConfig => {
    const ofStyles = styles.map(({ color, darkColor }) => (wanted === 'dark' ? darkColor : color));
    return chartTheme(wanted, category?.[wanted] ?? ofStyles);
  };
  const configs = { light: config('light'), dark: config('dark') };
  const common = { $schema: CHART_SCHEMA, description: alternativeText, padding: CHART_MARGIN };
  const spec = { ...common, ...body, config: configs[scheme] } as TopLevelSpec;
  return { name, title, alternativeText, spec, configs };
}

/**
 * How every chart looks: one font that ships with the package, a thin grid, nothing that is not data. A theme holds all
 * colours that are not data, by names that marks are drawn in (`style`), for a light and for a dark page.
 */
import type { ChartConfig, Scheme } from './charts/chart.ts';

/** The first one is bundled, for PNGs on machines without fonts; the rest are for browsers. */
export const CHART_FONT = 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif';

export const CHART_SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

export const CHART_WIDTH = 640;
export const CHART_HEIGHT = 400;

/** Between a picture's edge and what is in it, in pixels. */
export const CHART_MARGIN = 18;

const LEGEND_LABEL_LIMIT = 280;

/** Colours of what is not data. */
export interface SchemeColors {
  readonly background: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly rule: string;
  readonly grid: string;
  /** From nothing to all of something. */
  readonly ramp: readonly string[];
  /** From less to more, through what is as expected. */
  readonly diverging: readonly string[];
  /** Text on the low half of the ramp and the middle of the diverging one. */
  readonly onLow: string;
  /** Text on the ramp's high half and on both of the diverging one. */
  readonly onHigh: string;
}

export const schemeColors: Readonly<Record<Scheme, SchemeColors>> = {
  light: {
    ...{ background: '#ffffff', ink: '#2b2b2b', inkSoft: '#5c5c5c', rule: '#9a9a9a', grid: '#e6e6e6' },
    ...{ ramp: ['#eef3f7', '#6aa7cf', '#00548a', '#002f4d'], onLow: '#0a0a0a', onHigh: '#ffffff' },
    diverging: ['#8a3200', '#dd8f55', '#f4f4f4', '#7fb2d6', '#004a7a'],
  },
  dark: {
    ...{ background: '#16181d', ink: '#e8e8e8', inkSoft: '#b4b7bd', rule: '#7d818a', grid: '#2f333b' },
    ...{ ramp: ['#222a35', '#2b5575', '#5ba3d0', '#cfe9fa'], onLow: '#ffffff', onHigh: '#0a0a0a' },
    diverging: ['#f08a45', '#6e4424', '#262a31', '#2c5877', '#5ba8dc'],
  },
};

/** Colours of data, `category`, are in the order of the chart's strategies. */
export function chartTheme(scheme: Scheme = 'light', category: readonly string[] = []): ChartConfig {
  const { background, ink, inkSoft, rule, grid, ramp, diverging, onLow, onHigh } = schemeColors[scheme];
  return {
    font: CHART_FONT,
    background,
    view: { stroke: null },
    title: {
      anchor: 'start',
      frame: 'bounds',
      color: ink,
      fontSize: 16,
      fontWeight: 'bold',
      subtitleColor: inkSoft,
      subtitleFontSize: 12,
      subtitleLineHeight: 16,
      subtitlePadding: 6,
      offset: 16,
    },
    axis: {
      domainColor: rule,
      tickColor: rule,
      tickSize: 4,
      gridColor: grid,
      gridWidth: 1,
      labelColor: inkSoft,
      labelFontSize: 12,
      labelPadding: 5,
      titleColor: ink,
      titleFontSize: 12.5,
      titleFontWeight: 'normal',
      titlePadding: 10,
    },
    axisX: { grid: false, labelFlush: false },
    axisY: { domain: false, ticks: false },
    header: { labelColor: ink, labelFontSize: 13, labelFontWeight: 'bold', titleColor: ink },
    legend: {
      orient: 'right',
      offset: 20,
      title: null,
      labelColor: ink,
      labelFontSize: 12.5,
      labelLimit: LEGEND_LABEL_LIMIT,
      rowPadding: 8,
      symbolSize: 500,
      symbolStrokeWidth: 2.5,
      symbolOpacity: 1,
    },
    range: {
      ...(category.length > 0 && { category: [...category] }),
      ramp: [...ramp],
      heatmap: [...ramp],
      diverging: [...diverging],
    },
    style: {
      ink: { color: ink },
      'ink-soft': { color: inkSoft },
      'ink-on-low': { color: onLow },
      'ink-on-high': { color: onHigh },
      faint: { color: grid },
      reference: { color: rule },
      surface: { color: background },
      'cell-gap': { stroke: background },
    },
  };
}

/** How every chart looks: one font that ships with the package, a thin grid, nothing that is not data. */
import type { TopLevelSpec } from 'vega-lite';

/** The first one is bundled, for PNGs on machines without fonts; the rest are for browsers. */
export const CHART_FONT = 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif';

export const CHART_WIDTH = 640;
export const CHART_HEIGHT = 400;

const LEGEND_OFFSET = 20;
const LEGEND_SYMBOL_WIDTH = 32;
const LEGEND_FONT_SIZE = 12.5;
const LEGEND_LABEL_LIMIT = 240;

const ink = '#2b2b2b';
const inkSoft = '#5c5c5c';
const rule = '#9a9a9a';
const grid = '#e6e6e6';

export const chartTheme: NonNullable<TopLevelSpec['config']> = {
  font: CHART_FONT,
  background: '#ffffff',
  view: { stroke: null },
  title: {
    anchor: 'start',
    frame: 'group',
    color: ink,
    fontSize: 16,
    fontWeight: 'bold',
    subtitleColor: inkSoft,
    subtitleFontSize: 12,
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
  axisX: { grid: false },
  axisY: { domain: false, ticks: false, titleX: -50 },
  legend: {
    orient: 'right',
    offset: LEGEND_OFFSET,
    title: null,
    labelColor: ink,
    labelFontSize: LEGEND_FONT_SIZE,
    labelLimit: LEGEND_LABEL_LIMIT,
    rowPadding: 8,
    symbolSize: 500,
    symbolStrokeWidth: 2.5,
  },
};

/**
 * Room around the plot, in pixels. It is reckoned here because Vega without a canvas only guesses how wide text is,
 * and its guess makes every chart of a report another size.
 */
export function chartPadding(legendLabels: readonly string[]) {
  const longest = Math.max(0, ...legendLabels.map((label) => textWidth(label, LEGEND_FONT_SIZE)));
  const labelWidth = Math.min(longest, LEGEND_LABEL_LIMIT);
  const right = Math.ceil(LEGEND_OFFSET + LEGEND_SYMBOL_WIDTH + labelWidth + 16);
  return { left: 74, right, top: 66, bottom: 56 };
}

/** Pixels that a text takes, as a guess on the wide side. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * 0.62 * fontSize;
}

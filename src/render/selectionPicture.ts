/** What was picked, on a plane: a Vega-Lite spec of points, those picked over those labelled over all others. */
import type { TopLevelSpec } from 'vega-lite';
import { CHART_HEIGHT, CHART_MARGIN, CHART_SCHEMA, CHART_WIDTH, chartTheme } from './chartTheme.ts';

type PointKind = 'picked' | 'labelled' | 'not picked';

export interface SelectionPictureOptions {
  readonly title: string;
  readonly subtitle: string;
  readonly axes: readonly [string, string];
  /** Drawn in this order. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly kind: PointKind }[];
}

interface Look {
  readonly color: string;
  readonly shape: string;
  /** Square pixels; more where points are few. */
  readonly size: number;
  readonly opacity: number;
}

const looks: Readonly<Record<PointKind, Look>> = {
  picked: { color: '#d55e00', shape: 'circle', size: 34, opacity: 0.95 },
  labelled: { color: '#0072b2', shape: 'diamond', size: 40, opacity: 0.85 },
  'not picked': { color: '#b5b5b5', shape: 'circle', size: 12, opacity: 0.45 },
};

/** Kinds without points are left out. The spec carries its data, so it opens in the Vega editor as it is. */
export function selectionPicture({ title, subtitle, axes, points }: SelectionPictureOptions): TopLevelSpec {
  const drawn = (['not picked', 'labelled', 'picked'] as const).filter((kind) =>
    points.some((point) => point.kind === kind),
  );
  const legend = [...drawn].reverse();
  const range = <T>(look: (kind: PointKind) => T) => ({ domain: legend, range: legend.map(look) });
  const axis = { labels: false, ticks: false, grid: false, domain: true };
  const theme = chartTheme();
  return {
    $schema: CHART_SCHEMA,
    description: `${title}. ${subtitle}`,
    title: { text: title, subtitle },
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    padding: CHART_MARGIN,
    config: {
      ...theme,
      legend: { ...theme.legend, symbolSize: 110, symbolOpacity: 1, symbolStrokeWidth: 0 },
    },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: axes[0],
        axis,
        scale: { zero: false, nice: false, padding: 8 },
      },
      y: {
        field: 'y',
        type: 'quantitative',
        title: axes[1],
        axis,
        scale: { zero: false, nice: false, padding: 8 },
      },
      color: { field: 'kind', type: 'nominal', scale: range((kind) => looks[kind].color) },
      shape: { field: 'kind', type: 'nominal', scale: range((kind) => looks[kind].shape) },
    },
    layer: drawn.map((kind) => ({
      data: { values: points.filter((point) => point.kind === kind) },
      mark: {
        type: 'point' as const,
        aria: false,
        filled: true,
        size: looks[kind].size,
        opacity: looks[kind].opacity,
        ...(kind !== 'not picked' && { stroke: '#ffffff', strokeWidth: 0.6 }),
      },
    })),
  };
}

/**
 * What makes a chart's Vega spec answer: every mark of a strategy fades while others are isolated, the horizontal axis can be
 * zoomed, and marks say their values. Done to the compiled spec, so that the charts themselves know nothing of it.
 *
 * Signals: `isolated` (names of strategies, or null for all), `zoomX` and `zoomY` (domains, or null), `dark`.
 */

/** As much of a Vega spec as is touched here. */
export interface VegaSpec {
  signals?: VegaSignal[];
  scales?: VegaScale[];
  marks?: VegaMark[];
  legends?: VegaLegend[];
  data?: VegaData[];
  title?: unknown;
  padding?: unknown;
  autosize?: unknown;
  background?: unknown;
  width?: number;
  height?: number;
  description?: string;
  config?: { range?: unknown };
}

interface VegaSignal {
  readonly name: string;
  readonly value?: unknown;
}

interface VegaScale {
  readonly name: string;
  readonly type?: string;
  readonly domain?: unknown;
  domainRaw?: unknown;
  range?: unknown;
}

interface VegaLegend {
  readonly [channel: string]: unknown;
}

interface VegaData {
  readonly name: string;
  values?: unknown;
}

export interface VegaMark {
  readonly type: string;
  readonly from?: { readonly facet?: unknown };
  clip?: unknown;
  readonly marks?: VegaMark[];
  readonly scales?: VegaScale[];
  readonly encode?: { update?: Record<string, unknown> };
}

export interface LiveSpecOptions {
  /** Strategies whose legend the page draws, in place of the chart's own. */
  readonly hasOwnLegend: boolean;
  /** The scale `x` can be zoomed. */
  readonly canZoom: boolean;
}

const isFaded =
  'isolated && isValid(datum) && isString(datum.strategy) && indexof(isolated, datum.strategy) < 0';

/** Changes `spec`, which nobody else may hold, and returns it. */
export function makeLive(spec: VegaSpec, { hasOwnLegend, canZoom }: LiveSpecOptions): VegaSpec {
  const own: VegaSignal[] = ['isolated', 'zoomX', 'zoomY'].map((name) => ({ name, value: null }));
  spec.signals = [...own, { name: 'dark', value: false }, ...(spec.signals ?? [])];
  // The page has the title as its heading, and its card as the background.
  delete spec.title;
  spec.background = 'transparent';
  spec.padding = { left: 4, right: 12, top: 8, bottom: 4 };
  spec.autosize = { type: 'pad', contains: 'padding' };
  if (hasOwnLegend) delete spec.legends;
  if (canZoom) {
    for (const scale of spec.scales ?? []) {
      if (scale.name === 'x') scale.domainRaw = { signal: 'zoomX' };
      if (scale.name === 'y') scale.domainRaw = { signal: 'zoomY' };
    }
  }
  for (const mark of spec.marks ?? []) answer(mark, canZoom);
  return spec;
}

function answer(mark: VegaMark, canZoom: boolean): void {
  for (const child of mark.marks ?? []) answer(child, canZoom && mark.clip !== true);
  const update = mark.encode?.update;
  if (mark.type === 'group' || update === undefined) return;
  const before = update.opacity;
  const otherwise = before === undefined ? [{ value: 1 }] : Array.isArray(before) ? before : [before];
  update.opacity = [{ test: isFaded, value: 0.07 }, ...otherwise];
  if (canZoom && mark.clip !== true) mark.clip = { signal: 'zoomX !== null' };
  if (update.tooltip === undefined && mark.type !== 'text') update.tooltip = { signal: 'datum' };
}

/**
 * Runs in the page, as text: everything here is a function that uses nothing but its arguments, the functions beside it and the
 * browser. A chart is drawn anew by Vega when it nears the window; until then, and without scripts, its drawing stands there.
 */
/// <reference lib="dom" />
import type { LiveChart } from '../pageChart.ts';

/** As much of Vega as is used. */
export interface Vega {
  parse(spec: object, config: undefined, options: { ast: true }): object;
  View: new (runtime: object, options: object) => VegaView;
  expressionInterpreter: unknown;
}

interface VegaView {
  initialize(element: HTMLElement): VegaView;
  signal(name: string, value: unknown): VegaView;
  width(value: number): VegaView;
  origin(): readonly [number, number];
  scale(name: string): ((value: number) => number) & { invert(position: number): number; domain(): number[] };
  runAsync(): Promise<VegaView>;
}

export interface DrawnChart {
  readonly plot: HTMLElement;
  readonly view: VegaView;
  readonly live: LiveChart;
  /** Columns of the data that the cursor reads. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface Page {
  readonly charts: Map<HTMLElement, DrawnChart>;
  /** Empty: all. */
  readonly isolated: Set<string>;
  readonly scheme: MediaQueryList;
}

function unpack(packed: LiveChart['data'][string] | undefined): Record<string, unknown>[] {
  if (packed === undefined) return [];
  const columns = Object.entries(packed.columns).map(([key, column]): [string, readonly unknown[]] => {
    if ('runs' in column) return [key, column.runs.flatMap(([value, times]) => Array(times).fill(value))];
    if (!('period' in column)) return [key, column];
    const { period } = column;
    return [key, Array.from({ length: packed.numRows }, (_, i) => period[i % period.length])];
  });
  return Array.from({ length: packed.numRows }, (_, i) =>
    Object.fromEntries(columns.flatMap(([key, column]) => (column[i] === null ? [] : [[key, column[i]]]))),
  );
}

/** As wide as its card. */
function fitWidth(view: VegaView, plot: HTMLElement): void {
  const [left] = view.origin();
  view.width(Math.max(220, plot.clientWidth - left - 18));
}

async function drawChart(vega: Vega, plot: HTMLElement, page: Page): Promise<void> {
  const script = plot.parentElement?.querySelector('script');
  if (!script || page.charts.has(plot)) return;
  const bytes = Uint8Array.from(atob(script.textContent ?? ''), (byte) => byte.charCodeAt(0));
  const whole = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const live = (await new Response(whole).json()) as LiveChart;
  if (page.charts.has(plot)) return;
  for (const source of live.spec.data ?? []) {
    const packed = live.data[source.name];
    if (packed) source.values = unpack(packed);
  }
  const rows = live.cursor ? unpack(live.data[live.cursor.data]) : [];
  const canvas = document.createElement('div');
  canvas.className = 'canvas';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', plot.getAttribute('aria-label') ?? '');
  const view = new vega.View(vega.parse(live.spec, undefined, { ast: true }), {
    ...{ renderer: 'svg', expr: vega.expressionInterpreter },
    tooltip: (_: unknown, event: MouseEvent, __: unknown, value: unknown) => {
      if (!live.cursor) showValues(plot, event, value);
    },
  });
  page.charts.set(plot, { plot, view, live, rows });
  view.initialize(canvas).signal('dark', page.scheme.matches);
  if (page.isolated.size > 0) view.signal('isolated', [...page.isolated]);
  await view.runAsync();
  if (live.cursor) {
    fitWidth(view, plot);
    await view.runAsync();
  }
  plot.querySelector('svg')?.remove();
  plot.prepend(canvas);
  plot.dataset.live = 'true';
}

/** The values of one mark, beside the pointer. */
function showValues(plot: HTMLElement, event: MouseEvent, value: unknown): void {
  const tip = plot.querySelector<HTMLElement>('.tip');
  if (!tip) return;
  const hidden =
    /^(color|dash|fill|stroke|text|label|last|order|rank|opacity|on_top|key|x\d?|y\d?|row_?index)$/;
  const entries =
    value !== null && typeof value === 'object'
      ? Object.entries(value).filter(([key, each]) => isShown(each) && !hidden.test(key))
      : [['', value] as [string, unknown]];
  tip.replaceChildren();
  tip.hidden = entries.length === 0 || value === null || value === undefined || value === '';
  if (tip.hidden) return;
  const table = document.createElement('table');
  for (const [key, each] of entries) {
    const row = table.insertRow();
    row.insertCell().textContent = key.replaceAll('_', ' ');
    row.insertCell().textContent =
      typeof each === 'number' ? String(Number(each.toPrecision(5))) : String(each);
  }
  tip.append(table);
  placeTip(plot, tip, event.clientX, event.clientY);
}

function isShown(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

/** Beside the point given in the window, on the side with more room. */
function placeTip(plot: HTMLElement, tip: HTMLElement, clientX: number, clientY: number): void {
  const box = plot.getBoundingClientRect();
  const x = clientX - box.left;
  const onLeft = x > box.width / 2;
  tip.style.left = onLeft ? 'auto' : `${x + 16}px`;
  tip.style.right = onLeft ? `${box.width - x + 16}px` : 'auto';
  const top = Math.max(-8, Math.min(clientY - box.top - 20, box.height - tip.offsetHeight - 8));
  tip.style.top = `${top}px`;
}

export const liveChartFunctions = [unpack, fitWidth, drawChart, showValues, isShown, placeTip];

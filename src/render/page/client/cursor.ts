/**
 * Runs in the page, as text. The cursor of a chart of curves: a line at the nearest place that was measured, with the values of all
 * strategies there; by pointer or arrow keys. Dragging, or the keys + and −, zoom; a double click, 0 or Escape show all again.
 */
/// <reference lib="dom" />
import type { DrawnChart, Page } from './liveCharts.ts';

interface CursorState {
  /** Index into the places. */
  at: number;
  drag: number | undefined;
}

declare function placeTip(plot: HTMLElement, tip: HTMLElement, clientX: number, clientY: number): void;

function addCursor(chart: DrawnChart, page: Page): void {
  const { plot, rows, live } = chart;
  const { cursor } = live;
  if (!cursor) return;
  const places = [...new Set(rows.map((row) => row[cursor.x] as number))].sort((a, b) => a - b);
  const state: CursorState = { at: -1, drag: undefined };
  const show = (at: number, speaks: boolean): void => {
    const [low, high] = chart.view.scale('x').domain() as [number, number];
    state.at = Math.max(0, Math.min(places.length - 1, at));
    while (state.at < places.length - 1 && (places[state.at] as number) < low) state.at++;
    while (state.at > 0 && (places[state.at] as number) > high) state.at--;
    showCursor(chart, page, places[state.at] as number, speaks);
  };
  plot.addEventListener('pointermove', (event) => {
    const value = valueUnder(chart, event.clientX);
    show(nearest(places, value), false);
    if (state.drag !== undefined) showDrag(plot, state.drag, event.clientX);
  });
  plot.addEventListener('pointerleave', () => hideCursor(plot));
  plot.addEventListener('blur', () => hideCursor(plot));
  plot.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch' && event.button === 0) state.drag = event.clientX;
  });
  window.addEventListener('pointerup', (event) => {
    const from = state.drag;
    state.drag = undefined;
    showDrag(plot, 0, 0);
    if (from === undefined || Math.abs(event.clientX - from) < 8) return;
    const ends = [valueUnder(chart, from), valueUnder(chart, event.clientX)].sort((a, b) => a - b);
    void zoom(chart, ends as [number, number]);
  });
  plot.addEventListener('dblclick', () => void zoom(chart, undefined));
  plot.parentElement?.querySelector('.reset')?.addEventListener('click', () => void zoom(chart, undefined));
  plot.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -places.length, End: places.length }[event.key];
    const factor = { '+': 0.5, '=': 0.5, '-': 2 }[event.key];
    if (step !== undefined) show(state.at < 0 ? 0 : state.at + step, true);
    else if (factor !== undefined) {
      const [low, high] = chart.view.scale('x').domain() as [number, number];
      const middle = places[state.at] ?? (low + high) / 2;
      void zoom(chart, [middle - (middle - low) * factor, middle + (high - middle) * factor]);
    } else if (event.key === '0' || event.key === 'Escape') {
      hideCursor(plot);
      void zoom(chart, undefined);
    } else return;
    event.preventDefault();
  });
}

/** Undefined, or no narrower than what there is: all. The value axis follows what is in sight. */
async function zoom(
  { plot, view, rows, live }: DrawnChart,
  ends: [number, number] | undefined,
): Promise<void> {
  const { cursor } = live;
  if (!cursor) return;
  const inSight = rows.filter((row) => {
    const place = row[cursor.x] as number;
    return ends === undefined || (place >= ends[0] && place <= ends[1]);
  });
  const places = rows.map((row) => row[cursor.x] as number);
  const all: [number, number] = [Math.min(...places), Math.max(...places)];
  const clamped: [number, number] = [
    Math.max(all[0], ends?.[0] ?? all[0]),
    Math.min(all[1], ends?.[1] ?? all[1]),
  ];
  const isAll = clamped[0] === all[0] && clamped[1] === all[1];
  if (!isAll && inSight.length === 0) return;
  const values = inSight.map((row) => row[cursor.y] as number);
  const margin = 0.06 * (Math.max(...values) - Math.min(...values)) || 0.01;
  view.signal('zoomX', isAll ? null : clamped);
  view.signal('zoomY', isAll ? null : [Math.min(...values) - margin, Math.max(...values) + margin]);
  await view.runAsync();
  const reset = plot.parentElement?.querySelector<HTMLElement>('.reset');
  if (reset) reset.hidden = isAll;
}

function nearest(places: readonly number[], value: number): number {
  let best = 0;
  for (let i = 1; i < places.length; i++) {
    if (Math.abs((places[i] as number) - value) < Math.abs((places[best] as number) - value)) best = i;
  }
  return best;
}

/** Window pixels of the left end of the horizontal axis. */
function axisStart({ plot, view }: DrawnChart): number {
  const svg = plot.querySelector('svg');
  return (svg?.getBoundingClientRect().left ?? 0) + view.origin()[0] + 4;
}

function valueUnder(chart: DrawnChart, clientX: number): number {
  return chart.view.scale('x').invert(clientX - axisStart(chart));
}

function showDrag(plot: HTMLElement, from: number, to: number): void {
  const band = plot.querySelector<HTMLElement>('.band');
  if (!band) return;
  band.hidden = Math.abs(to - from) < 8;
  band.style.left = `${Math.min(from, to) - plot.getBoundingClientRect().left}px`;
  band.style.width = `${Math.abs(to - from)}px`;
}

function hideCursor(plot: HTMLElement): void {
  for (const part of plot.querySelectorAll<HTMLElement>('.tip, .line')) part.hidden = true;
}

function showCursor(chart: DrawnChart, page: Page, place: number, speaks: boolean): void {
  const { plot, rows, live, view } = chart;
  const [tip, line] = ['.tip', '.line'].map((name) => plot.querySelector<HTMLElement>(name));
  const { cursor } = live;
  if (!tip || !line || !cursor) return;
  const isIn = (row: Readonly<Record<string, unknown>>): boolean =>
    row[cursor.x] === place && (page.isolated.size === 0 || page.isolated.has(row.strategy as string));
  const here = rows.filter(isIn).sort((a, b) => (b[cursor.y] as number) - (a[cursor.y] as number));
  const clientX = axisStart(chart) + view.scale('x')(place);
  line.style.left = `${clientX - plot.getBoundingClientRect().left}px`;
  line.hidden = false;
  tip.hidden = false;
  const heading = document.createElement('strong');
  heading.textContent = `${Number(place.toFixed(2))} ${cursor.xTitle}`;
  const table = document.createElement('table');
  for (const row of here) {
    const cells = table.insertRow();
    const swatch = plot.parentElement?.querySelector(
      `[data-strategy="${CSS.escape(String(row.strategy))}"] svg`,
    );
    const first = cells.insertCell();
    if (swatch) first.append(swatch.cloneNode(true));
    cells.insertCell().textContent = String(row.strategy);
    cells.insertCell().textContent = (row[cursor.y] as number).toFixed(4);
    const { lower, upper } = row as { lower?: number; upper?: number };
    const hasBand = typeof lower === 'number' && typeof upper === 'number' && upper > lower;
    cells.insertCell().textContent = hasBand ? `${lower.toFixed(4)} to ${upper.toFixed(4)}` : '';
  }
  tip.replaceChildren(heading, table);
  placeTip(plot, tip, clientX, plot.getBoundingClientRect().top + 28);
  const spoken = plot.querySelector('.spoken');
  if (!speaks || !spoken) return;
  const words = here.map((row) => `${row.strategy} ${(row[cursor.y] as number).toFixed(4)}`);
  spoken.textContent = `${heading.textContent}: ${words.join(', ')}`;
}

export const cursorFunctions = [
  ...[addCursor, zoom, nearest, axisStart, valueUnder],
  ...[showDrag, hideCursor, showCursor],
];

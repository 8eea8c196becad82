/** Runs in the page. What curves say at one place: under the pointer, or where the arrow keys have got to. */
/// <reference lib="dom" />
import type { LiveCell, StrategyLook } from '../messages.ts';
import type { ChartTexts, DrawnCurves } from './drawnCurves.ts';
import { html } from './element.ts';
import { swatch } from './swatch.ts';

export interface Readout {
  /** The curves have been drawn anew. */
  place(curves: DrawnCurves): void;
}

interface Reading {
  readonly cell: LiveCell;
  readonly at: number;
}

export function addReadout(
  plot: HTMLElement,
  styles: Readonly<Record<string, StrategyLook>>,
  { xTitle, yTitle }: ChartTexts,
): Readout {
  const line = html('div', { class: 'line', hidden: '' });
  const tip = html('div', { class: 'tip', hidden: '', 'aria-hidden': 'true' });
  const spoken = html('p', { class: 'spoken', 'aria-live': 'polite' });
  plot.append(line, tip, spoken);
  let curves: DrawnCurves | undefined;
  /** Undefined: nothing is read off. */
  let at: number | undefined;

  function show(place: number | undefined, speaks = false): void {
    at = place;
    const readings = curves === undefined || place === undefined ? [] : readAt(curves.cells, place);
    line.hidden = tip.hidden = readings.length === 0;
    if (curves === undefined || place === undefined || readings.length === 0) return;
    const x = curves.x(place);
    line.style.left = `${x}px`;
    line.style.top = `${curves.top}px`;
    line.style.height = `${curves.bottom - curves.top}px`;
    tip.replaceChildren(html('strong', {}, [`${numberText(place)} ${xTitle}`]), table(readings));
    const isRight = x > plot.clientWidth / 2;
    tip.style.left = isRight ? 'auto' : `${x + 14}px`;
    tip.style.right = isRight ? `${plot.clientWidth - x + 14}px` : 'auto';
    if (!speaks) return;
    const words = readings.map(({ cell, at }) => `${cell.strategy} ${(cell.curve.mean[at] ?? 0).toFixed(3)}`);
    spoken.textContent = `${numberText(place)} ${xTitle}, ${yTitle}: ${words.join(', ')}`;
  }

  function table(readings: readonly Reading[]): HTMLElement {
    const rows = readings.map(({ cell: { strategy, curve, numPlanned }, at }) =>
      html('tr', {}, [
        html('td', {}, [swatch(styles[strategy])]),
        html('td', {}, [strategy]),
        html('td', {}, [(curve.mean[at] ?? 0).toFixed(4)]),
        html('td', { class: 'soft' }, [seedsText(curve.numSeeds[at] ?? 0, numPlanned)]),
      ]),
    );
    return html('table', {}, [html('tbody', {}, rows)]);
  }

  plot.addEventListener('pointermove', ({ clientX }) => {
    const x = clientX - plot.getBoundingClientRect().left;
    const places = curves === undefined ? [] : placesOf(curves.cells);
    show(nearest(places, (place) => Math.abs((curves?.x(place) ?? 0) - x)));
  });
  plot.addEventListener('pointerleave', () => show(undefined));
  plot.addEventListener('blur', () => show(undefined));
  plot.addEventListener('keydown', (event) => {
    const places = curves === undefined ? [] : placesOf(curves.cells);
    const known = at === undefined ? -1 : places.indexOf(at);
    const last = places.length - 1;
    const next = {
      ArrowRight: Math.min(last, known + 1),
      ArrowLeft: known < 0 ? last : Math.max(0, known - 1),
      Home: 0,
      End: last,
    };
    const chosen = next[event.key as keyof typeof next];
    if (event.key === 'Escape') show(undefined);
    else if (chosen !== undefined) show(places[chosen], true);
    else return;
    event.preventDefault();
  });
  return {
    place(drawn) {
      curves = drawn;
      show(at);
    },
  };
}

function placesOf(cells: readonly LiveCell[]): readonly number[] {
  return [...new Set(cells.flatMap(({ curve }) => curve.spent))].sort((a, b) => a - b);
}

/** The curves that were measured at `place`, the highest first. */
function readAt(cells: readonly LiveCell[], place: number): readonly Reading[] {
  return cells
    .map((cell) => ({ cell, at: cell.curve.spent.indexOf(place) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => (b.cell.curve.mean[b.at] ?? 0) - (a.cell.curve.mean[a.at] ?? 0));
}

function nearest(places: readonly number[], distance: (place: number) => number): number | undefined {
  return places.reduce<number | undefined>(
    (best, place) => (best === undefined || distance(place) < distance(best) ? place : best),
    undefined,
  );
}

function seedsText(numSeeds: number, numPlanned: number): string {
  return numSeeds === numPlanned
    ? `${numSeeds} ${numSeeds === 1 ? 'seed' : 'seeds'}`
    : `${numSeeds} of ${numPlanned} seeds`;
}

function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}

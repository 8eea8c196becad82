/**
 * Runs in the page. One strategy's curve: a line that thins out where fewer seeds have got to, its band, and a dot at its end while
 * trials are running. The elements stay; only their shapes change, so that nothing flickers.
 */
/// <reference lib="dom" />
import type { LiveCell, StrategyLook } from '../messages.ts';
import { setAttributes, svg } from './element.ts';
import { colorOf, dashOf } from './swatch.ts';

export interface CurveLine {
  readonly group: SVGGElement;
  draw(cell: LiveCell, place: Placement): void;
}

/** From values to pixels. */
interface Placement {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Bands of many strategies would hide each other. */
  readonly withBand: boolean;
}

export function curveLine(look: StrategyLook | undefined): CurveLine {
  const color = colorOf(look);
  const dash = dashOf(look);
  const band = svg('path', { class: 'band', fill: color });
  const sparse = svg('path', { class: 'sparse', stroke: color, ...dash });
  const full = svg('path', { class: 'full', stroke: color, ...dash });
  const head = svg('circle', { class: 'head', r: 3.6, fill: color });
  return {
    group: svg('g', {}, [band, sparse, full, head]),
    draw({ curve, numRunning }, { x, y, withBand }) {
      const { spent, mean, numSeeds } = curve;
      const point = (i: number): string => `${x(spent[i] ?? 0).toFixed(1)},${y(mean[i] ?? 0).toFixed(1)}`;
      const numFull = countFull(numSeeds);
      const places = spent.map((_, i) => i);
      setAttributes(full, { d: pathOf(places.slice(0, numFull).map(point)) });
      setAttributes(sparse, { d: pathOf(places.slice(Math.max(0, numFull - 1)).map(point)) });
      setAttributes(band, { d: withBand ? bandPath(curve, x, y) : '' });
      const last = spent.length - 1;
      const isShown = last >= 0 && (numRunning > 0 || spent.length === 1);
      setAttributes(head, {
        class: numRunning > 0 ? 'head running' : 'head',
        visibility: isShown ? 'visible' : 'hidden',
      });
      if (last >= 0)
        setAttributes(head, { cx: x(spent[last] ?? 0).toFixed(1), cy: y(mean[last] ?? 0).toFixed(1) });
    },
  };
}

/** Rounds that all seeds which have begun have got to. */
export function countFull(numSeeds: readonly number[]): number {
  const first = numSeeds.findIndex((count) => count < (numSeeds[0] ?? 0));
  return first < 0 ? numSeeds.length : first;
}

function pathOf(points: readonly string[]): string {
  return points.length < 2 ? '' : `M${points.join('L')}`;
}

function bandPath({ spent, lower, upper }: LiveCell['curve'], x: Placement['x'], y: Placement['y']): string {
  const end = lower.indexOf(null);
  const places = spent.map((_, i) => i).slice(0, end < 0 ? spent.length : end);
  const at = (values: readonly (number | null)[]) => (i: number) =>
    `${x(spent[i] ?? 0).toFixed(1)},${y(values[i] ?? 0).toFixed(1)}`;
  if (places.length < 2) return '';
  return `M${places.map(at(upper)).join('L')}L${places.toReversed().map(at(lower)).join('L')}Z`;
}

/** Runs in the page. A strategy's line, small, as legends and tables show it. */
/// <reference lib="dom" />
import type { StrategyLook } from '../messages.ts';
import { type Attributes, svg } from './element.ts';

export function colorOf(look: StrategyLook | undefined): string {
  return look === undefined ? 'currentColor' : `light-dark(${look.color}, ${look.darkColor})`;
}

export function dashOf(look: StrategyLook | undefined): Attributes {
  return look && look.dash.length > 0 ? { 'stroke-dasharray': look.dash.join(' ') } : {};
}

export function swatch(look: StrategyLook | undefined): SVGElement {
  const line = { x1: 0, x2: 22, y1: 5, y2: 5, stroke: colorOf(look), 'stroke-width': 2.5 };
  const box = { class: 'swatch', width: 22, height: 10, 'aria-hidden': 'true' };
  return svg('svg', box, [svg('line', { ...line, ...dashOf(look) })]);
}

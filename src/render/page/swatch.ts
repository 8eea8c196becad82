/** A strategy's line as the charts draw it, small. */
import type { StrategyStyle } from '../strategyStyles.ts';
import { lightDark } from './schemes.ts';

export function styleColor(style: StrategyStyle | undefined): string {
  return style === undefined ? 'currentColor' : lightDark(style.color, style.darkColor);
}

/** An inline SVG; nothing where there is no style. */
export function swatch(style: StrategyStyle | undefined): string {
  if (style === undefined) return '';
  const dashes = style.dash.length === 0 ? '' : ` stroke-dasharray="${style.dash.join(' ')}"`;
  return (
    '<svg class="swatch" width="22" height="10" aria-hidden="true">' +
    `<line x1="0" x2="22" y1="5" y2="5" stroke="${styleColor(style)}" stroke-width="2.5"${dashes}/></svg>`
  );
}

/**
 * Two learning curves as a Mermaid chart. In job summaries and comments GitHub shows neither inline SVG nor images as data
 * URIs, and what a job has written is nowhere it could be linked from; but it draws Mermaid, to SVG, for light and dark pages.
 */
import { valueAt } from '../../analysis/index.ts';
import type { CurvePair } from './curveSvg.ts';

/** Mermaid sets the values of a line at even distances. */
const mostPoints = 25;

const settings = {
  // Mermaid chooses about twelve ticks whatever the height.
  xyChart: {
    width: 480,
    height: 240,
    showTitle: false,
    yAxis: { labelFontSize: 10 },
    xAxis: { labelFontSize: 10 },
  },
  // Grey first: the baseline. Both stand out 3:1 from white and from GitHub's dark grey.
  themeVariables: { xyChart: { backgroundColor: 'transparent', plotColorPalette: '#8c8c8c, #d55e00' } },
};

/** A fenced block; the empty string where there are not two points to join. `axis` must be free of quotes. */
export function curveMermaid({ baselineCurve, currentCurve }: CurvePair, axis: string): string {
  const spent = baselineCurve.map((point) => point.spent);
  const [first, last] = [spent[0], spent.at(-1)];
  if (first === undefined || last === undefined || first === last || currentCurve.length < 2) return '';
  const places = evenly(first, last, Math.min(Math.max(spent.length, 2), mostPoints));
  const lines = [baselineCurve, currentCurve].map((curve) => places.map((place) => valueAt(curve, place)));
  const values = lines.flat();
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? (high - low) * 0.05 : 0.5;
  return [
    '```mermaid',
    `%%{init: ${JSON.stringify(settings)}}%%`,
    'xychart-beta',
    `x-axis "labels" ${decimal(first)} --> ${decimal(last)}`,
    `y-axis "${axis}" ${decimal(low - room)} --> ${decimal(high + room)}`,
    ...lines.map((line) => `line [${line.map(decimal).join(', ')}]`),
    '```',
  ].join('\n');
}

function evenly(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));
}

/** Without an exponent, which Mermaid's grammar lacks. */
function decimal(value: number): string {
  return String(Number(value.toFixed(4)));
}

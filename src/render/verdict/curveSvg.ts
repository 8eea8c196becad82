/** Two learning curves of one cell as a small picture without text, for a table: the baseline dashed, the current one solid. */
import type { CurvePoint } from '../../analysis/index.ts';

export interface CurvePair {
  readonly baselineCurve: readonly CurvePoint[];
  readonly currentCurve: readonly CurvePoint[];
}

export const CURVE_WIDTH = 160;
export const CURVE_HEIGHT = 48;
const padding = 3;

/** Readable on light and dark pages: a picture in a page is styled by the reader's preference, not by the page. */
const style =
  'path{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}' +
  '.b{stroke:#767676;stroke-dasharray:3 3}.c{stroke:#d55e00}circle{fill:#d55e00}' +
  '@media(prefers-color-scheme:dark){.b{stroke:#9a9fa8}.c{stroke:#f27d33}circle{fill:#f27d33}}';

/** A file of its own; both curves share one scale, from the lowest to the highest value. Empty curves draw nothing. */
export function curveSvg({ baselineCurve, currentCurve }: CurvePair): string {
  const points = [...baselineCurve, ...currentCurve];
  const x = scale(
    points.map(({ spent }) => spent),
    [padding, CURVE_WIDTH - padding],
  );
  const y = scale(
    points.map(({ value }) => value),
    [CURVE_HEIGHT - padding, padding],
  );
  const place = ({ spent, value }: CurvePoint) => `${x(spent)} ${y(value)}`;
  const path = (kind: 'b' | 'c', curve: readonly CurvePoint[]) =>
    curve.length < 2 ? '' : `<path class="${kind}" d="M${curve.map(place).join('L')}"/>`;
  const last = currentCurve.at(-1);
  const end = last === undefined ? '' : `<circle cx="${x(last.spent)}" cy="${y(last.value)}" r="2"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CURVE_WIDTH}" height="${CURVE_HEIGHT}" ` +
    `viewBox="0 0 ${CURVE_WIDTH} ${CURVE_HEIGHT}" role="img"><title>Baseline dashed, current solid</title>` +
    `<style>${style}</style>${path('b', baselineCurve)}${path('c', currentCurve)}${end}</svg>\n`
  );
}

/** From the values' range to pixels, in tenths. Values that are all the same lie in the middle. */
function scale(values: readonly number[], [from, to]: readonly [number, number]): (value: number) => string {
  const low = Math.min(...values);
  const extent = Math.max(...values) - low;
  return (value) =>
    String(Number((from + (extent > 0 ? (value - low) / extent : 0.5) * (to - from)).toFixed(1)));
}

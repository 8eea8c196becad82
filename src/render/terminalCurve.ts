/** Learning curves in characters: one small picture at the end of a run, within 80 columns. */
import asciichart from 'asciichart';
import { type CellCurve, type CellCurvePoint, type Over, spendings } from '../analysis/index.ts';
import type { StrategyStyles } from './strategyStyles.ts';
import { terminalAxis } from './terminalAxis.ts';

export interface TerminalCurveOptions {
  readonly title?: string;
  /** In the legend's order; curves without points are left out. */
  readonly curves: readonly CellCurve[];
  readonly styles: StrategyStyles;
  /** What the curves are over; `labels` if left out. */
  readonly over?: Over;
  /** Whether the terminal shows colours; without, lines are told apart by letters on them. */
  readonly colors: boolean;
  /** Columns in all, 80 if left out. */
  readonly width?: number;
  /** Lines of the plot itself, 14 if left out. */
  readonly height?: number;
}

/** Columns up to and with the vertical axis. */
const axisWidth = 8;
/** Without colours, a line bears its letter once in so many columns. */
const letterSpacing = 12;
const reset = '\u001b[0m';
/** asciichart puts a series' "colour" before each of its characters; a private-use character says whose it is. */
const firstMark = 0xe000;
const characters = new RegExp(`([\ue000-\uf8ff])(.)${reset.replace('[', '\\[')}|.`, 'gu');

/** Several lines without a trailing line feed; the empty string if no curve has points. */
export function renderTerminalCurve(options: TerminalCurveOptions): string {
  const curves = options.curves.filter((curve) => curve.points.length > 0);
  if (curves.length === 0) return '';
  const { width = 80, height = 14, colors, over = 'labels' } = options;
  const grid = curves.flatMap((curve) => curve.points.map((point) => point.spent));
  const range: [number, number] = [Math.min(...grid), Math.max(...grid)];
  const numColumns = Math.max(width - axisWidth, 20);
  const paint = (index: number, text: string) => {
    const style = options.styles.get(curves[index]?.strategy ?? '');
    return style === undefined ? text : `\u001b[38;5;${style.terminalColor}m${text}${reset}`;
  };
  const plot = plotMarked(curves, range, numColumns, height);
  const lines = plot.split('\n').map((line) => (colors ? paintLine(line, paint) : letterLine(line)));
  const entries = curves.map(({ strategy }, index) =>
    colors
      ? { text: `── ${strategy}`, shown: `${paint(index, '──')} ${strategy}` }
      : { text: `${letter(index)} ${strategy}` },
  );
  return [
    ...(options.title === undefined ? [] : [options.title, '']),
    ...lines,
    ...terminalAxis(range, { offset: axisWidth, numColumns, title: spendings[over].title }),
    '',
    ...legendLines(entries, width),
  ].join('\n');
}

/** The plot, each character of a curve preceded by the mark of its index and followed by `reset`. */
function plotMarked(
  curves: readonly CellCurve[],
  range: readonly [number, number],
  numColumns: number,
  height: number,
): string {
  const onTop = [...curves].reverse(); // later lines are drawn over earlier ones
  const series = onTop.map((curve) => resample(curve.points, range, numColumns + 1));
  const values = series.flat();
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  return asciichart.plot(series, {
    min: middle - 0.005, // so that a flat curve has a range to lie in
    max: middle + 0.005,
    height: height - 1,
    offset: 2, // asciichart's label takes one place of two, however wide it is
    colors: onTop.map((curve) => String.fromCharCode(firstMark + curves.indexOf(curve))),
    format: (value) => `${value.toFixed(3).padStart(axisWidth - 2)} `,
  });
}

/** The mean at `numValues` evenly spaced places, linear between rounds; held where a curve ends early. */
function resample(
  points: readonly CellCurvePoint[],
  [first, last]: readonly [number, number],
  numValues: number,
): number[] {
  let next = 0;
  return Array.from({ length: numValues }, (_, i) => {
    const spent = first + ((last - first) * i) / (numValues - 1);
    while (next < points.length - 1 && (points[next] as CellCurvePoint).spent < spent) next++;
    const right = points[next] as CellCurvePoint;
    const left = points[Math.max(next - 1, 0)] as CellCurvePoint;
    const span = right.spent - left.spent;
    const share = span === 0 ? 1 : Math.min(Math.max((spent - left.spent) / span, 0), 1);
    return left.mean + share * (right.mean - left.mean);
  });
}

function paintLine(line: string, paint: (index: number, text: string) => string): string {
  const runs: { mark: string | undefined; text: string }[] = [];
  for (const [whole, mark, glyph = whole] of line.trimEnd().matchAll(characters)) {
    const last = runs.at(-1);
    if (last !== undefined && last.mark === mark) last.text += glyph;
    else runs.push({ mark, text: glyph });
  }
  return runs.map(({ mark, text }) => (mark === undefined ? text : paint(indexOfMark(mark), text))).join('');
}

function letterLine(line: string): string {
  let column = 0;
  return line.trimEnd().replace(characters, (whole, mark?: string, glyph?: string) => {
    column++;
    if (mark === undefined || glyph === undefined) return whole;
    const index = indexOfMark(mark);
    const bearsLetter = (column + 5 * index) % letterSpacing === 0 && glyph !== '│';
    return bearsLetter ? letter(index) : glyph;
  });
}

function indexOfMark(mark: string): number {
  return mark.charCodeAt(0) - firstMark;
}

function letter(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + (index % 26));
}

/** Entries side by side, in as many lines as `width` makes necessary. */
function legendLines(entries: readonly { text: string; shown?: string }[], width: number): string[] {
  const lines: string[] = [];
  let room = 0;
  for (const { text, shown = text } of entries) {
    room -= text.length + 3;
    if (room >= 0) {
      lines[lines.length - 1] += `   ${shown}`;
    } else {
      lines.push(`${' '.repeat(axisWidth)}${shown}`);
      room = width - axisWidth - text.length;
    }
  }
  return lines;
}

/** The horizontal axis of a plot in characters: a rule with ticks, label counts below them, and what they count. */

const labelGap = 2;

interface TerminalAxisOptions {
  readonly offset: number;
  readonly numColumns: number;
  /** What is counted. */
  readonly title: string;
}

/** Three lines. The rule starts in column `offset` (counted from 1), where the vertical axis is. */
export function terminalAxis(
  range: readonly [number, number],
  { offset, numColumns, title }: TerminalAxisOptions,
): [string, string, string] {
  const rule: string[] = Array.from({ length: numColumns + 1 }, (_, i) => (i === 0 ? '└' : '─'));
  let labels = '';
  for (const tick of ticks(range, Math.floor(numColumns / 10))) {
    const column = Math.round(((tick - range[0]) / Math.max(range[1] - range[0], 1)) * numColumns);
    const text = String(Number(tick.toFixed(2)));
    const start = Math.min(
      offset - 1 + column - Math.floor(text.length / 2),
      offset + numColumns - text.length,
    );
    if (labels !== '' && start < labels.length + labelGap) continue;
    labels = `${labels.padEnd(start)}${text}`;
    if (column > 0) rule[column] = '┴';
  }
  const middle = offset + Math.floor((numColumns - title.length) / 2);
  return [`${' '.repeat(offset - 1)}${rule.join('')}`, labels, `${' '.repeat(Math.max(middle, 0))}${title}`];
}

/** The first value, then multiples of 1, 2 or 5 times a power of ten: at most `maximum` of these. */
function ticks([first, last]: readonly [number, number], maximum: number): number[] {
  const step = niceStep((last - first) / Math.max(maximum, 1));
  const multiples: number[] = [];
  for (let tick = Math.ceil((first + 1) / step) * step; tick <= last; tick += step) multiples.push(tick);
  return [first, ...multiples];
}

function niceStep(atLeast: number): number {
  for (let power = 1; ; power *= 10) {
    for (const factor of [1, 2, 5]) if (factor * power >= atLeast) return factor * power;
  }
}

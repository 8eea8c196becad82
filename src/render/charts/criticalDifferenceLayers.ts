/**
 * Where things stand in a critical-difference diagram. From top to bottom, in pixels: the critical difference as a bar, the line of
 * ranks, the bars that join strategies, and names at both sides, each on the end of an elbow from its rank. The best half
 * stands to the left with the outermost on top, so that elbows never cross.
 */
import type { Ranking } from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import { rounded } from './chartText.ts';
import type { Layers } from './curveLayers.ts';

/** From the top to the line of ranks, with and without the critical difference above it. */
const LINE_WITH_BAR = 68;
const LINE_ALONE = 40;
const TICK = 5;
/** Height of the labels on the line. */
const LABELS = 26;
const BAR_GAP = 11;
const NAME_GAP = 24;
/** How far a bar reaches beyond the ranks it joins. */
const OVERHANG = 5;
/** Between a name and the end of its elbow. */
const NAME_PADDING = 8;
/** Between a name and its rank: plain spaces would be one. */
const SPACE = '\u00a0\u00a0';

const lineOf = ({ pairTest }: Ranking): number => (pairTest === 'nemenyi' ? LINE_WITH_BAR : LINE_ALONE);
const firstName = (found: Ranking): number => lineOf(found) + 16 + found.ties.length * BAR_GAP + 12;

export function diagramHeight(found: Ranking): number {
  return firstName(found) + (Math.ceil(found.ranked.length / 2) - 1) * NAME_GAP + 8;
}

export function diagramLayers(found: Ranking): Layers {
  const { ranked } = found;
  const numLeft = Math.ceil(ranked.length / 2);
  const strategies = ranked.map(({ strategy }) => strategy);
  const toPixels = (rank: number): number => ((rank - 1) / (ranked.length - 1)) * CHART_WIDTH;
  const line = lineOf(found);
  const names = ranked.map(({ strategy, meanRank }, i) => {
    const isLeft = i < numLeft;
    const row = isLeft ? i : ranked.length - 1 - i;
    return {
      ...{ strategy, mean_rank: rounded(meanRank), x: toPixels(meanRank), line },
      y: firstName(found) + row * NAME_GAP,
      side: isLeft ? 'left' : 'right',
      label: isLeft
        ? `${strategy}${SPACE}${meanRank.toFixed(2)}`
        : `${meanRank.toFixed(2)}${SPACE}${strategy}`,
      edge: isLeft ? 0 : CHART_WIDTH,
    };
  });
  const bars = found.ties.map(([first, last], i) => ({
    x: toPixels(ranked[first]?.meanRank ?? 1) - OVERHANG,
    x2: toPixels(ranked[last]?.meanRank ?? 1) + OVERHANG,
    y: line + 16 + i * BAR_GAP,
    strategies: strategies.slice(first, last + 1).join(', '),
  }));
  const color = { field: 'strategy', type: 'nominal' as const, scale: { domain: strategies }, legend: null };
  const tooltip = [
    { field: 'strategy', type: 'nominal' as const },
    { field: 'mean_rank', type: 'quantitative' as const, title: 'mean rank', format: '.3f' },
  ];
  const name = (side: 'left' | 'right') => ({
    data: { values: names.filter((each) => each.side === side) },
    mark: {
      ...{ type: 'text' as const, aria: false, style: 'ink', fontSize: 13, baseline: 'middle' as const },
      ...{ align: side === 'left' ? ('right' as const) : ('left' as const) },
      dx: side === 'left' ? -NAME_PADDING : NAME_PADDING,
    },
    encoding: { x: at('edge'), y: at('y'), text: { field: 'label', type: 'nominal' as const } },
  });
  return [
    ...rankLine(
      ranked.length,
      line,
      found.pairTest === 'nemenyi' ? line - LABELS - 4 - 2 * TICK : line - LABELS,
    ),
    ...(found.pairTest === 'nemenyi' ? differenceBar(found, line) : []),
    {
      data: { values: names },
      mark: { type: 'rule', aria: false, strokeWidth: 1.5, strokeCap: 'square' },
      encoding: { x: at('x'), y: at('line'), y2: { field: 'y' }, color },
    },
    {
      data: { values: names },
      mark: { type: 'rule', aria: false, strokeWidth: 1.5, strokeCap: 'square' },
      encoding: { x: at('x'), x2: { field: 'edge' }, y: at('y'), color },
    },
    {
      data: { values: bars },
      mark: { type: 'rule', aria: false, style: 'ink', strokeWidth: 5, strokeCap: 'round' },
      encoding: {
        ...{ x: at('x'), x2: { field: 'x2' }, y: at('y') },
        tooltip: [{ field: 'strategies', type: 'nominal', title: 'not told apart' }],
      },
    },
    {
      data: { values: names },
      mark: { type: 'point', aria: false, filled: true, size: 64, opacity: 1 },
      encoding: { x: at('x'), y: at('line'), color, tooltip },
    },
    name('left'),
    name('right'),
  ];
}

/** The line of ranks, 1 to k, with its ticks and its title. */
function rankLine(numStrategies: number, line: number, titleBottom: number): Layers {
  const ticks = Array.from({ length: numStrategies }, (_, i) => ({
    ...{ rank: i + 1, x: (i / (numStrategies - 1)) * CHART_WIDTH, y: line, y2: line - TICK },
  }));
  return [
    {
      data: { values: [{ x: 0, x2: CHART_WIDTH, y: line }] },
      mark: { type: 'rule', aria: false, style: 'reference', strokeWidth: 1.5 },
      encoding: { x: at('x'), x2: { field: 'x2' }, y: at('y') },
    },
    {
      data: { values: ticks },
      mark: { type: 'rule', aria: false, style: 'reference', strokeWidth: 1.5 },
      encoding: { x: at('x'), y: at('y'), y2: { field: 'y2' } },
    },
    {
      data: { values: ticks },
      mark: { type: 'text', aria: false, style: 'ink-soft', fontSize: 12, baseline: 'bottom', dy: -3 },
      encoding: { x: at('x'), y: at('y2'), text: { field: 'rank', type: 'quantitative' } },
    },
    {
      data: { values: [{ x: CHART_WIDTH, y: titleBottom }] },
      mark: {
        ...{ type: 'text', aria: false, style: 'ink-soft', fontSize: 12 },
        ...{ align: 'right', baseline: 'bottom' },
      },
      encoding: { x: at('x'), y: at('y'), text: { value: 'mean rank, 1 is best' } },
    },
  ];
}

/** How far apart ranks must be: words over a bar, or words alone where no ranks can be so far apart. */
function differenceBar({ criticalDifference, ranked }: Ranking, line: number): Layers {
  const width = (criticalDifference / (ranked.length - 1)) * CHART_WIDTH;
  const y = line - LABELS - 4;
  const isDrawn = width <= CHART_WIDTH;
  const text = `critical difference ${criticalDifference.toFixed(2)}${isDrawn ? '' : ': more than ranks can differ by'}`;
  const words = {
    data: { values: [{ x: 0, y: y - 2 * TICK }] },
    mark: {
      ...{ type: 'text' as const, aria: false, style: 'ink', fontSize: 12 },
      ...{ align: 'left' as const, baseline: 'bottom' as const },
    },
    encoding: { x: at('x'), y: at('y'), text: { value: text } },
  };
  if (!isDrawn) return [words];
  return [
    words,
    {
      data: { values: [{ x: 0, x2: width, y }] },
      mark: { type: 'rule', aria: false, style: 'ink', strokeWidth: 2 },
      encoding: { x: at('x'), x2: { field: 'x2' }, y: at('y') },
    },
    {
      data: { values: [0, width].map((x) => ({ x, y: y - TICK, y2: y + TICK })) },
      mark: { type: 'rule', aria: false, style: 'ink', strokeWidth: 2 },
      encoding: { x: at('x'), y: at('y'), y2: { field: 'y2' } },
    },
  ];
}

/** The whole picture has no scale: data are pixels, from the upper left. */
function at(field: string) {
  return { field, type: 'quantitative' as const, scale: null };
}

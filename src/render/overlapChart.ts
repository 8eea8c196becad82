/**
 * The selection-overlap matrix of one group as a heat map. A pair has two cells: above the diagonal all queries together,
 * below it the first query alone, where both strategies saw the same model.
 */
import type { TopLevelSpec } from 'vega-lite';
import type { SelectionOverlap } from '../analysis/index.ts';
import { chartTheme, textWidth } from './chartTheme.ts';

export interface OverlapChartOptions {
  readonly title: string;
  readonly overlap: SelectionOverlap;
  /** Order of rows and columns, top to bottom; all of the overlap's strategies. */
  readonly order: readonly string[];
}

const AXIS_FONT_SIZE = 12;
const LARGEST_CELL = 52;
const SMALLEST_CELL = 26;
/** Room for the cells: with more strategies they shrink. */
const WANTED_WIDTH = 620;
/** Between the picture's edge and what is in it. */
const EDGE = 18;
/** Above this share, ink on the cell's colour would be hard to read. */
const DARK_FROM = 0.55;

/** The spec carries its data, so it opens in the Vega editor as it is. */
export function overlapChart({ title, overlap, order }: OverlapChartOptions): TopLevelSpec {
  const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(WANTED_WIDTH / order.length)));
  const size = cell * order.length;
  const labels = Math.ceil(Math.max(...order.map((name) => textWidth(name, AXIS_FONT_SIZE))));
  const position = { type: 'nominal' as const, sort: [...order], title: null };
  const axis = { domain: false, ticks: false, labelFontSize: AXIS_FONT_SIZE, labelLimit: 0, labelPadding: 6 };
  const subtitle = [
    'Share of common rows among all that either strategy asked for, mean over seeds.',
    'Above the diagonal: all queries. Below: the first query, where both saw the same model.',
  ];
  const left = labels + EDGE + 8;
  const slanted = Math.ceil((labels + 8) * Math.SQRT1_2); // of a label at 45°
  const words = Math.max(...subtitle.map((line) => textWidth(line, 12)), textWidth(title, 17));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: description(title, overlap),
    title: { text: title, subtitle, subtitleLineHeight: 16, dx: EDGE - left },
    width: size,
    height: size,
    autosize: { type: 'none' },
    padding: {
      ...{ left, top: 84, bottom: slanted + EDGE },
      right: Math.max(EDGE, Math.ceil(EDGE + words + EDGE - left - size)),
    },
    config: chartTheme,
    data: { values: cells(overlap, order) },
    encoding: {
      x: { field: 'column', ...position, axis: { ...axis, labelAngle: -45, labelAlign: 'right' } },
      y: { field: 'row', ...position, axis },
    },
    layer: [
      {
        mark: { type: 'rect', aria: false, stroke: '#ffffff', strokeWidth: 2 },
        encoding: {
          fill: {
            field: 'overlap',
            type: 'quantitative',
            scale: { domain: [0, 1], range: ['#eef3f7', '#8fbcd9', '#0072B2', '#003a5c'] },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', aria: false, fontSize: cell >= 40 ? 12 : 10, baseline: 'middle' },
        encoding: {
          text: { field: 'text', type: 'nominal' },
          color: {
            condition: { test: `datum.overlap >= ${DARK_FROM}`, value: '#ffffff' },
            value: '#2b2b2b',
          },
        },
      },
    ],
  };
}

/** One row per pair and side of the diagonal. */
function cells({ pairs }: SelectionOverlap, order: readonly string[]) {
  return pairs.flatMap(({ first, second, firstQuery, allQueries, numSeeds, numIdentical }) => {
    const [upper, lower] = order.indexOf(first) < order.indexOf(second) ? [first, second] : [second, first];
    const cell = (row: string, column: string, queries: 'all' | 'first', overlap: number) => ({
      ...{ row, column, queries, overlap, text: overlap.toFixed(2) },
      ...{ seeds: numSeeds, identical_seeds: numIdentical },
    });
    return [cell(upper, lower, 'all', allQueries), cell(lower, upper, 'first', firstQuery)];
  });
}

/** What a screen reader says of the picture. */
function description(title: string, { pairs }: SelectionOverlap): string {
  const texts = [...pairs]
    .sort((a, b) => b.allQueries - a.allQueries)
    .slice(0, 5)
    .map(({ first, second, allQueries }) => `${first} and ${second} ${allQueries.toFixed(2)}`);
  return `${title}: how many queried rows strategies have in common. Most: ${texts.join('; ')}.`;
}

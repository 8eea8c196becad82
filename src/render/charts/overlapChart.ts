/**
 * The selection-overlap matrix of one group as a heat map. A pair has two cells: above the diagonal all queries together,
 * below it the first query alone, where both strategies saw the same model.
 */
import type { SelectionOverlap } from '../../analysis/index.ts';
import type { NamedChart, Scheme } from './chart.ts';
import { rounded, subtitleLines } from './chartText.ts';
import { namedChart } from './namedChart.ts';

export interface OverlapChartOptions {
  readonly name: string;
  readonly title: string;
  readonly overlap: SelectionOverlap;
  /** Order of rows and columns, top to bottom; all of the overlap's strategies. */
  readonly order: readonly string[];
  readonly scheme?: Scheme | undefined;
}

const LARGEST_CELL = 52;
const SMALLEST_CELL = 26;
/** Room for the cells: with more strategies they shrink. */
const WANTED_WIDTH = 620;
const SUBTITLE_WIDTH = 600;
/** From this share on, ink of the page would be hard to read on the cell's colour. */
const HIGH_FROM = 0.5;

/** The spec carries its data, so it opens in the Vega editor as it is. */
export function overlapChart({ name, title, overlap, order, scheme }: OverlapChartOptions): NamedChart {
  const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(WANTED_WIDTH / order.length)));
  const position = { type: 'nominal' as const, sort: [...order], title: null };
  const axis = { domain: false, ticks: false, labelLimit: 280, labelPadding: 6 };
  const counts = overlap.pairs.map(({ numSeeds }) => numSeeds);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const seeds = most === 1 ? 'one seed' : `${fewest === most ? most : `${fewest} to ${most}`} paired seeds`;
  const subtitle = [
    `Share of common rows among all that either strategy asked for, mean over ${seeds}.`,
    'Above the diagonal: all queries. Below: the first query, where both saw the same model.',
  ];
  const text = (test: string, style: string) => ({
    transform: [{ filter: test }],
    mark: { type: 'text' as const, aria: false, style, fontSize: cell >= 40 ? 12 : 10 },
    encoding: { text: { field: 'overlap', type: 'quantitative' as const, format: '.2f' } },
  });
  return namedChart({
    ...{ name, title, scheme, alternativeText: alternativeText(title, overlap) },
    body: {
      title: { text: title, subtitle: subtitleLines(subtitle, SUBTITLE_WIDTH) },
      width: cell * order.length,
      height: cell * order.length,
      data: { values: cells(overlap, order) },
      encoding: {
        x: { field: 'column', ...position, axis: { ...axis, labelAngle: -45, labelAlign: 'right' } },
        y: { field: 'row', ...position, axis },
      },
      layer: [
        {
          mark: { type: 'rect', aria: false, style: 'cell-gap', strokeWidth: 2 },
          encoding: {
            fill: {
              field: 'overlap',
              type: 'quantitative',
              scale: { domain: [0, 1], interpolate: 'rgb' },
              legend: null,
            },
            tooltip: [
              { field: 'row', type: 'nominal', title: 'strategy' },
              { field: 'column', type: 'nominal', title: 'and' },
              { field: 'queries', type: 'nominal' },
              { field: 'overlap', type: 'quantitative', format: '.3f' },
              { field: 'seeds', type: 'quantitative' },
              { field: 'identical_seeds', type: 'quantitative', title: 'seeds with the same picks' },
            ],
          },
        },
        text(`datum.overlap < ${HIGH_FROM}`, 'ink-on-low'),
        text(`datum.overlap >= ${HIGH_FROM}`, 'ink-on-high'),
      ],
    },
  });
}

/** One row per pair and side of the diagonal. */
function cells({ pairs }: SelectionOverlap, order: readonly string[]) {
  return pairs.flatMap(({ first, second, firstQuery, allQueries, numSeeds, numIdentical }) => {
    const [upper, lower] = order.indexOf(first) < order.indexOf(second) ? [first, second] : [second, first];
    const cell = (row: string, column: string, queries: 'all' | 'first', overlap: number) => ({
      ...{ row, column, queries, overlap: rounded(overlap) },
      ...{ seeds: numSeeds, identical_seeds: numIdentical },
    });
    return [cell(upper, lower, 'all', allQueries), cell(lower, upper, 'first', firstQuery)];
  });
}

function alternativeText(title: string, { pairs }: SelectionOverlap): string {
  const texts = [...pairs]
    .sort((a, b) => b.allQueries - a.allQueries)
    .slice(0, 5)
    .map(({ first, second, allQueries }) => `${first} and ${second} ${allQueries.toFixed(2)}`);
  return `${title}: how many queried rows strategies have in common. Most: ${texts.join('; ')}.`;
}

/** The pairwise penalty matrix as a heat map, with the penalties of all strategies as a row of its own beneath. */
import { metricTitles, type PenaltyMatrix, pairwisePenalty as penaltiesOf } from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import type { ChartEntry } from './chart.ts';
import { rounded, SUBTITLE_WIDTH, subtitleLines } from './chartText.ts';
import { namedChart } from './namedChart.ts';

const LARGEST_CELL = 52;
const SMALLEST_CELL = 30;
/** Room for the cells: with more strategies they shrink. */
const WANTED_WIDTH = 620;
/** From this share on, ink of the page would be hard to read on the cell's colour. */
const HIGH_FROM = 0.5;
const MEAN_ROW = 'mean: how often beaten';

export const pairwisePenalty: ChartEntry = {
  title: 'Pairwise penalties',
  description:
    'How often the strategy of the row beats that of the column: the share of places along the curves at which it is ahead at p < 0.05 ' +
    '(paired t over seeds, each place by itself), as the mean over data sets. The last row is the mean of each column: the lower, the better.',
  needs: 'It needs two strategies with finished trials of the same two seeds or more.',
  build({ groups, options: { metric = 'accuracy', over, scheme } }) {
    const matrix = penaltiesOf(groups, { metric, ...(over && { over }) });
    const isEmpty = matrix.shares.every((row, i) => row.every((share, j) => i === j || share === undefined));
    if (matrix.strategies.length < 2 || isEmpty) return [];
    const order = orderOf(matrix);
    const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(WANTED_WIDTH / order.length)));
    const { pairs, means } = cellsOf(matrix, order);
    const strategies = order.map((i) => matrix.strategies[i] as string);
    const hasGaps = pairs.length < order.length * (order.length - 1);
    const subtitle = [
      `Share of places along the curves of ${metricTitles[metric].title} at which the row beats the column at p < 0.05 (t-test, paired by seed), mean over ` +
        `${counted(groups.length, 'setting')}.${hasGaps ? ' Empty: no two seeds in common.' : ''}`,
    ];
    const title = 'Who beats whom, and how often';
    const x = {
      ...{ field: 'column', type: 'nominal' as const, sort: strategies, scale: { domain: strategies } },
    };
    const axis = { domain: false, ticks: false, labelLimit: 0, labelPadding: 6 };
    const text = (test: string, style: string) => ({
      transform: [{ filter: test }],
      mark: { type: 'text' as const, aria: false, style, fontSize: cell >= 40 ? 12 : 10 },
      encoding: { text: { field: 'share', type: 'quantitative' as const, format: '.2f' } },
    });
    const layer = (tooltipTitle: string) => [
      {
        mark: { type: 'rect' as const, aria: false, style: 'cell-gap', strokeWidth: 2 },
        encoding: {
          fill: {
            ...{
              field: 'share',
              type: 'quantitative' as const,
              scale: { domain: [0, 1], interpolate: 'rgb' },
              legend: null,
            },
          },
          tooltip: [
            { field: 'row', type: 'nominal' as const },
            { field: 'column', type: 'nominal' as const, title: tooltipTitle },
            { field: 'share', type: 'quantitative' as const, format: '.3f' },
          ],
        },
      },
      text(`datum.share < ${HIGH_FROM}`, 'ink-on-low'),
      text(`datum.share >= ${HIGH_FROM}`, 'ink-on-high'),
    ];
    return [
      namedChart({
        ...{ name: 'penalties', title, scheme, alternativeText: alternativeText(matrix, order) },
        body: {
          title: { text: title, subtitle: subtitleLines(subtitle, SUBTITLE_WIDTH) },
          spacing: 10,
          vconcat: [
            {
              ...{ width: cell * order.length, height: cell * order.length, data: { values: pairs } },
              encoding: {
                x: { ...x, title: null, axis: null },
                y: {
                  ...{ field: 'row', type: 'nominal', sort: strategies, scale: { domain: strategies }, axis },
                  title: 'row: who is ahead',
                },
              },
              layer: layer('beats'),
            },
            {
              ...{ width: cell * order.length, height: cell, data: { values: means } },
              encoding: {
                x: {
                  ...x,
                  title: 'column: who is behind',
                  axis: { ...axis, labelAngle: -45, labelAlign: 'right' },
                },
                y: { field: 'row', type: 'nominal', title: null, axis },
              },
              layer: layer('of'),
            },
          ],
        },
      }),
    ];
  },
};

/** The least beaten first. */
function orderOf({ strategies, penalties }: PenaltyMatrix): number[] {
  return strategies.map((_, i) => i).sort((a, b) => (penalties[a] as number) - (penalties[b] as number));
}

/** A row of data per pair that has met, and per column mean. */
function cellsOf({ strategies, shares, penalties }: PenaltyMatrix, order: readonly number[]) {
  const nameOf = (i: number): string => strategies[i] as string;
  const pairs = order.flatMap((i) =>
    order.flatMap((j) => {
      const share = shares[i]?.[j];
      return i === j || share === undefined
        ? []
        : [{ row: nameOf(i), column: nameOf(j), share: rounded(share) }];
    }),
  );
  const means = order.map((j) => ({
    row: MEAN_ROW,
    column: nameOf(j),
    share: rounded(penalties[j] as number),
  }));
  return { pairs, means };
}

function alternativeText({ strategies, penalties }: PenaltyMatrix, order: readonly number[]): string {
  const texts = order.map((i) => `${strategies[i]} ${(penalties[i] as number).toFixed(2)}`);
  return `How often each strategy is beaten by the others, the least beaten first: ${texts.join(', ')}.`;
}

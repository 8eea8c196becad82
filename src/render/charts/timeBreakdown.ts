/** Where a trial's seconds go: fitting, scoring, selecting, evaluating, stacked; a chart per group. */
import { type PhaseSeconds, type SummaryRow, summariseGroup } from '../../analysis/index.ts';
import type { ChartEntry, NamedChart, Scheme } from './chart.ts';
import { rounded, STRATEGY_AXIS, sourceParagraphs, subtitleLines } from './chartText.ts';
import { namedChart } from './namedChart.ts';
import { perGroup } from './perGroup.ts';

const WIDTH = 560;
const ROW_HEIGHT = 30;
const SUBTITLE_WIDTH = 720;

const phases: readonly (keyof PhaseSeconds)[] = ['fit', 'score', 'select', 'evaluate'];

const colors: Readonly<Record<Scheme, readonly string[]>> = {
  light: ['#0072B2', '#E69F00', '#CC79A7', '#9AA3AE'],
  dark: ['#4C9BE0', '#F2B93B', '#E3A3C6', '#6C7684'],
};

type TimedRow = SummaryRow & { readonly seconds: PhaseSeconds };

export const timeBreakdown: ChartEntry = {
  title: 'Time',
  description:
    'Seconds of a whole trial, mean over seeds: fitting models, predicting for the pool (score), choosing (select), and measuring ' +
    'on the test set (evaluate). Times of trials that ran side by side are those that each took, so they depend on how busy ' +
    'the machine was.',
  needs: 'It needs a finished trial.',
  build: (input) =>
    perGroup(input, (group, names) => {
      const rows = summariseGroup(group)
        .flatMap((row): TimedRow[] => (row.seconds === undefined ? [] : [{ ...row, seconds: row.seconds }]))
        .sort((a, b) => total(a.seconds) - total(b.seconds));
      if (rows.length === 0) return undefined;
      return timeChart(names, rows, { group, scheme: input.options.scheme });
    }),
};

function timeChart(
  names: Pick<NamedChart, 'name' | 'title'>,
  rows: readonly TimedRow[],
  {
    group,
    scheme,
  }: { readonly group: Parameters<typeof sourceParagraphs>[1]; readonly scheme: Scheme | undefined },
): NamedChart {
  const counts = rows.map(({ numSeeds }) => numSeeds);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const seeds =
    most === 1 ? 'One seed.' : `Mean over ${fewest === most ? most : `${fewest} to ${most}`} seeds.`;
  const longest = Math.max(...rows.map(({ seconds }) => total(seconds)));
  const y = {
    ...{ field: 'strategy', type: 'nominal' as const, title: null },
    sort: rows.map(({ strategy }) => strategy),
    axis: STRATEGY_AXIS,
  };
  const x = (field: string) => ({
    ...{ field, type: 'quantitative' as const, title: 'seconds a trial' },
    scale: { domain: [0, longest > 0 ? longest : 1], nice: false },
    axis: { grid: true, tickCount: 7 },
  });
  return namedChart({
    ...{ ...names, scheme, category: colors },
    alternativeText: `${names.title}: seconds a trial: ${rows
      .map(({ strategy, seconds }) => `${strategy} ${secondsText(total(seconds))}, ${shareText(seconds)}`)
      .join('; ')}.`,
    body: {
      title: {
        text: names.title,
        subtitle: subtitleLines(sourceParagraphs(seeds, group), SUBTITLE_WIDTH),
      },
      width: WIDTH,
      height: ROW_HEIGHT * rows.length,
      layer: [
        {
          data: { values: rows.flatMap(barsOf) },
          mark: { type: 'bar', aria: false, height: 19 },
          encoding: {
            ...{ y, x: x('from'), x2: { field: 'to' } },
            fill: {
              ...{ field: 'phase', type: 'nominal', scale: { domain: [...phases] } },
              legend: { orient: 'top', direction: 'horizontal', symbolType: 'square', symbolSize: 130 },
            },
            tooltip: [
              { field: 'strategy', type: 'nominal' },
              { field: 'phase', type: 'nominal' },
              { field: 'seconds', type: 'quantitative', format: '.3~f' },
              { field: 'share', type: 'quantitative', format: '.1%' },
            ],
          },
        },
        {
          data: {
            values: rows.map(({ strategy, seconds }) => ({
              strategy,
              end: rounded(total(seconds)),
              text: `${secondsText(total(seconds))}, ${shareText(seconds)}`,
            })),
          },
          mark: { type: 'text', aria: false, style: 'ink', align: 'left', fontSize: 12 },
          encoding: { y, x: { value: WIDTH + 12 }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  });
}

function barsOf({ strategy, seconds }: TimedRow) {
  let from = 0;
  return phases.map((phase) => {
    const start = from;
    from += seconds[phase];
    return {
      ...{ strategy, phase, seconds: rounded(seconds[phase]), from: rounded(start), to: rounded(from) },
      share: total(seconds) > 0 ? rounded(seconds[phase] / total(seconds)) : 0,
    };
  });
}

function total({ fit, score, select, evaluate }: PhaseSeconds): number {
  return fit + score + select + evaluate;
}

function secondsText(seconds: number): string {
  return `${seconds >= 10 ? seconds.toFixed(0) : seconds.toPrecision(2)} s`;
}

/** How much of it is the strategy's own. */
function shareText(seconds: PhaseSeconds): string {
  const asked = seconds.score + seconds.select;
  return `${total(seconds) > 0 ? ((100 * asked) / total(seconds)).toFixed(0) : 0} % scoring and selecting`;
}

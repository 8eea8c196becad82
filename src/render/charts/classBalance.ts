/** Which classes each strategy asked for, against the pool's: a table in colours, a chart per group. */
import { classBalance as balanceOf, type ClassBalance, type StrategyBalance } from '../../analysis/index.ts';
import type { ChartEntry, NamedChart, Scheme } from './chart.ts';
import { rounded, sourceParagraphs, subtitleLines } from './chartText.ts';
import type { Layers } from './curveLayers.ts';
import { namedChart } from './namedChart.ts';
import { perGroup } from './perGroup.ts';

const WANTED_WIDTH = 560;
const LARGEST_CELL = 54;
const SMALLEST_CELL = 9;
/** In narrower cells a share does not fit. */
const SMALLEST_WRITTEN_CELL = 30;
const ROW_HEIGHT = 30;
const SUBTITLE_WIDTH = 640;
/** Twice or half as often as in the pool has the strongest colour. */
const STRONGEST = 1;
/** From this much on, ink of the page would be hard to read on the cell's colour. */
const STRONG_FROM = 0.75;
const POOL = 'pool';

export const classBalance: ChartEntry = {
  title: 'Class balance',
  description:
    'Which classes the oracle answered to what a strategy asked, initial pool left out: the share of each class, blue where it is more ' +
    'frequent than in the pool, orange where it is rarer. The number beside it is the share of the answers that would have to ' +
    'change to match the pool.',
  needs: 'It needs a finished trial that asked for a label.',
  build: (input) =>
    perGroup(input, (group, names) => {
      const balance = balanceOf(group);
      if (balance.strategies.length === 0) return undefined;
      const paragraphs = sourceParagraphs(source(balance), group);
      return balanceChart(names, balance, { paragraphs, scheme: input.options.scheme });
    }),
};

function balanceChart(
  names: Pick<NamedChart, 'name' | 'title'>,
  balance: ClassBalance,
  { paragraphs, scheme }: { readonly paragraphs: readonly string[]; readonly scheme: Scheme | undefined },
): NamedChart {
  const { numClasses, pool, poolFrom, strategies } = balance;
  const ordered = [...strategies].sort(
    (a, b) => Number(a.isBound) - Number(b.isBound) || (b.distance ?? 0) - (a.distance ?? 0),
  );
  const rows = [...(poolFrom === 'pool' ? [POOL] : []), ...ordered.map(({ strategy }) => strategy)];
  const cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, Math.floor(WANTED_WIDTH / numClasses)));
  const axis = { domain: false, ticks: false, labelLimit: 280, labelPadding: 8 };
  const y = {
    ...{ field: 'strategy', type: 'nominal' as const, sort: rows, title: null },
    axis: { ...axis, labelFontSize: 12.5 },
  };
  const x = {
    ...{ field: 'class', type: 'ordinal' as const, title: 'class, as the oracle answered' },
    axis: { ...axis, labelAngle: 0, labelOverlap: 'parity' as const },
  };
  const share = (test: string, style: string) => ({
    transform: [{ filter: test }],
    mark: { type: 'text' as const, aria: false, style, fontSize: cell >= 40 ? 12 : 10 },
    encoding: { x, y, text: { field: 'share', type: 'quantitative' as const, format: '.0%' } },
  });
  const isStrong = `abs(datum.log2_ratio) >= ${STRONG_FROM}`;
  return namedChart({
    ...{ ...names, scheme, alternativeText: alternativeText(names.title, ordered) },
    body: {
      title: { text: names.title, subtitle: subtitleLines(paragraphs, SUBTITLE_WIDTH) },
      width: cell * numClasses,
      height: ROW_HEIGHT * rows.length,
      data: { values: cells(balance, ordered) },
      layer: [
        {
          mark: { type: 'rect', aria: false, style: 'cell-gap', strokeWidth: cell >= 20 ? 2 : 0.5 },
          encoding: {
            ...{ x, y },
            fill: {
              ...{ field: 'log2_ratio', type: 'quantitative', legend: null },
              scale: {
                domain: [-STRONGEST, 0, STRONGEST],
                range: 'diverging',
                interpolate: 'rgb',
                clamp: true,
              },
            },
            tooltip: [
              { field: 'strategy', type: 'nominal' },
              { field: 'class', type: 'nominal' },
              { field: 'share', type: 'quantitative', format: '.1%' },
              { field: 'pool_share', type: 'quantitative', title: 'in the pool', format: '.1%' },
              { field: 'seeds', type: 'quantitative' },
            ],
          },
        },
        ...(cell < SMALLEST_WRITTEN_CELL
          ? []
          : [share(`!(${isStrong})`, 'ink-on-low'), share(isStrong, 'ink-on-high')]),
        ...(pool ? distances(cell * numClasses, ordered, y) : []),
      ],
    },
  });
}

/** How far from the pool, beside each row. */
function distances(width: number, strategies: readonly StrategyBalance[], y: object): Layers {
  const mark = { type: 'text' as const, aria: false, align: 'left' as const };
  const x = { value: width + 14 };
  return [
    {
      data: {
        values: strategies.map(({ strategy, distance = 0 }) => ({ strategy, distance: rounded(distance) })),
      },
      mark: { ...mark, style: 'ink', fontSize: 12 },
      encoding: { x, y, text: { field: 'distance', type: 'quantitative', format: '.1%' } },
    },
    {
      data: { values: [{}] },
      mark: { ...mark, style: 'ink-soft', fontSize: 11.5 },
      encoding: { x, y: { value: -10 }, text: { value: 'off the pool' } },
    },
  ];
}

/** log₂ of the share over the pool's: 1 twice as often, −1 half as often; one never asked for has the least of all. */
function cells({ pool, poolFrom, numClasses }: ClassBalance, strategies: readonly StrategyBalance[]) {
  const classes = Array.from({ length: numClasses }, (_, c) => c);
  const cell = (strategy: string, c: number, share: number, seeds?: number) => {
    const expected = pool?.[c];
    const ratio = expected === undefined || expected === share ? 0 : Math.log2(share / expected);
    return {
      ...{ strategy, class: c, share: rounded(share) },
      log2_ratio: rounded(Math.max(-10, Math.min(10, ratio))),
      ...(expected !== undefined && { pool_share: rounded(expected) }),
      ...(seeds !== undefined && { seeds }),
    };
  };
  return [
    ...(pool && poolFrom === 'pool' ? classes.map((c) => cell(POOL, c, pool[c] as number)) : []),
    ...strategies.flatMap(({ strategy, shares, numSeeds }) =>
      classes.map((c) => cell(strategy, c, shares[c] as number, numSeeds)),
    ),
  ];
}

function source({ poolFrom, strategies }: ClassBalance): string {
  const seeds = strategies.map(({ numSeeds }) => numSeeds);
  const answers = strategies.map(({ numAnswers }) => Math.round(numAnswers));
  const span = (values: readonly number[]) => {
    const [fewest, most] = [Math.min(...values), Math.max(...values)];
    return fewest === most ? `${most}` : `${fewest} to ${most}`;
  };
  const mean = Math.max(...seeds) === 1 ? 'One seed' : `Mean over ${span(seeds)} seeds`;
  const pool =
    poolFrom === 'pool'
      ? 'Pool: its true classes.'
      : poolFrom === 'random'
        ? 'For the pool stands random: a uniform sample.'
        : 'What the pool holds is not in these records.';
  return `${mean}, ${span(answers)} answers each. ${pool}`;
}

function alternativeText(title: string, strategies: readonly StrategyBalance[]): string {
  const texts = strategies.map(({ strategy, shares, distance }) => {
    const most = shares.indexOf(Math.max(...shares));
    const off = distance === undefined ? '' : `, ${(100 * distance).toFixed(1)} % off the pool`;
    return `${strategy} most often class ${most} (${(100 * (shares[most] ?? 0)).toFixed(0)} %)${off}`;
  });
  return `${title}: classes asked for: ${texts.join('; ')}.`;
}

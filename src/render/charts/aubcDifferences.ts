/** The forest plot of a comparison: each strategy's difference in AUBC to the baseline, its interval, and the verdict. */
import {
  BASELINE_STRATEGY,
  type Comparison,
  type ComparisonVerdict,
  compareWithBaseline,
  curveAxis,
  type Group,
  orientation,
} from '../../analysis/index.ts';
import type { ChartEntry, ChartOptions, NamedChart } from './chart.ts';
import {
  aubcTitle,
  rounded,
  SIGNED_LABEL,
  STRATEGY_AXIS,
  seedsSentence,
  signed,
  sourceParagraphs,
  subtitleLines,
} from './chartText.ts';
import type { Layers } from './curveLayers.ts';
import { namedChart } from './namedChart.ts';
import { perGroup } from './perGroup.ts';

const WIDTH = 420;
const ROW_HEIGHT = 30;
const SUBTITLE_WIDTH = 790;

/** Shape and colour both say it. */
const verdicts: readonly {
  readonly verdict: ComparisonVerdict;
  readonly shape: string;
  readonly light: string;
  readonly dark: string;
}[] = [
  { verdict: 'better', shape: 'triangle-up', light: '#0072B2', dark: '#4C9BE0' },
  { verdict: 'undecided', shape: 'circle', light: '#6B6B6B', dark: '#A9ADB5' },
  { verdict: 'worse', shape: 'triangle-down', light: '#D55E00', dark: '#F27D33' },
];

export const aubcDifferences: ChartEntry = {
  title: 'AUBC against the baseline',
  description:
    'Difference in area under the budget curve to the baseline (random), paired by seed, with its 95 % interval (BCa bootstrap). ' +
    'A strategy is better or worse where the interval is clear of 0 and the paired t-test, corrected by Holm for all ' +
    'strategies, agrees. The pale bar is what so many seeds cannot be expected to tell: a true difference as large as its ' +
    'half would be found four times in five.',
  needs: 'It needs the baseline and another strategy with finished trials of the same seeds.',
  build: (input) =>
    perGroup(input, (group, names) => {
      const { metric = 'accuracy', over, baseline } = input.options;
      const sign = orientation(metric);
      const comparisons = compareWithBaseline(group, {
        axis: curveAxis(group.cells, over),
        metric,
        ...(baseline && { baseline }),
      }).sort(
        (a, b) => Number(a.isBound) - Number(b.isBound) || sign * (b.difference.mean - a.difference.mean),
      );
      if (comparisons.length === 0) return undefined;
      return forestPlot(names, group, comparisons, input.options);
    }),
};

function forestPlot(
  names: Pick<NamedChart, 'name' | 'title'>,
  group: Group,
  comparisons: readonly Comparison[],
  { metric = 'accuracy', over = 'labels', baseline = BASELINE_STRATEGY, scheme }: ChartOptions,
): NamedChart {
  const what = aubcTitle(metric, over);
  const interval =
    'line: 95 % interval, paired bootstrap (BCa); pale bar: too small to be told with 80 % power';
  const counts = comparisons.map(({ numSeeds }) => numSeeds);
  const paragraphs = sourceParagraphs(seedsSentence(counts, interval), group);
  const range = <T>(look: (each: (typeof verdicts)[number]) => T) => verdicts.map(look);
  const domain = range(({ verdict }) => verdict);
  const legend = { orient: 'top' as const, direction: 'horizontal' as const, symbolSize: 100, offset: 26 };
  const y = {
    ...{ field: 'strategy', type: 'nominal' as const, title: null },
    sort: comparisons.map(({ strategy }) => strategy),
    axis: STRATEGY_AXIS,
  };
  const x = (field: string) => ({
    ...{ field, type: 'quantitative' as const, title: `difference in ${what} to ${baseline}` },
    scale: { domain: [...domainOf(comparisons)], nice: false },
    axis: { grid: true, tickCount: 6, labelExpr: SIGNED_LABEL },
  });
  const color = { field: 'verdict', type: 'nominal' as const, scale: { domain }, legend };
  return namedChart({
    ...{ ...names, scheme, alternativeText: alternativeText(names.title, comparisons, what) },
    category: { light: range(({ light }) => light), dark: range(({ dark }) => dark) },
    body: {
      title: { text: names.title, subtitle: subtitleLines(paragraphs, SUBTITLE_WIDTH) },
      width: WIDTH,
      height: ROW_HEIGHT * comparisons.length,
      data: { values: comparisons.map((each) => rowOf(each, orientation(metric))) },
      layer: [
        {
          mark: { type: 'bar', aria: false, style: 'faint', height: 20, clip: true },
          encoding: { y, x: x('undetectable_from'), x2: { field: 'undetectable_to' } },
        },
        {
          data: { values: [{ zero: 0 }] },
          mark: { type: 'rule', aria: false, style: 'reference', strokeWidth: 1.5 },
          encoding: { x: x('zero') },
        },
        {
          mark: { type: 'rule', aria: false, strokeWidth: 2.5, clip: true },
          encoding: { y, x: x('lower'), x2: { field: 'upper' }, color },
        },
        {
          mark: { type: 'point', aria: false, filled: true, size: 110, opacity: 1 },
          encoding: {
            ...{ y, x: x('difference'), color },
            shape: { ...color, scale: { domain, range: range(({ shape }) => shape) } },
            tooltip: tooltip(baseline),
          },
        },
        ...column('text', 14, 'mean [95 % interval]', y),
        ...column('p_text', 214, 'p (t, Holm)', y),
        ...column('seeds_text', 296, 'won / tied / lost', y),
      ],
    },
  });
}

/** Text beside the plot, `at` pixels from its right edge, with a heading. */
function column(field: string, at: number, heading: string, y: object): Layers {
  const place = { x: { value: WIDTH + at } };
  const mark = { type: 'text' as const, aria: false, align: 'left' as const };
  return [
    {
      mark: { ...mark, style: 'ink', fontSize: 12 },
      encoding: { ...place, y, text: { field, type: 'nominal' } },
    },
    {
      data: { values: [{}] },
      mark: { ...mark, style: 'ink-soft', fontSize: 11.5 },
      encoding: { ...place, y: { value: -11 }, text: { value: heading } },
    },
  ];
}

function rowOf(comparison: Comparison, sign: 1 | -1) {
  const { strategy, baseline, numSeeds, difference, bootstrapInterval, verdict, detectable } = comparison;
  const { ties, adjustedTPValue, tTest } = comparison;
  // The comparison's wins are larger values.
  const [wins, losses] =
    sign > 0 ? [comparison.wins, comparison.losses] : [comparison.losses, comparison.wins];
  const mean = difference.mean;
  const { lower, upper } = bootstrapInterval ?? { lower: mean, upper: mean };
  const interval = bootstrapInterval ? ` [${signed(lower)}, ${signed(upper)}]` : '';
  return {
    ...{ strategy, baseline, verdict, seeds: numSeeds, wins, ties, losses },
    ...{ difference: rounded(mean), lower: rounded(lower), upper: rounded(upper) },
    ...(detectable !== undefined && {
      ...{ detectable: rounded(detectable), undetectable_from: rounded(-detectable) },
      undetectable_to: rounded(detectable),
    }),
    ...(tTest && { p: rounded(adjustedTPValue) }),
    text: `${signed(mean)}${interval}`,
    p_text: tTest === undefined ? '–' : adjustedTPValue < 0.001 ? '< 0.001' : adjustedTPValue.toFixed(3),
    seeds_text: `${wins} / ${ties} / ${losses}`,
  };
}

/** All intervals and 0; of what cannot be told as much as does not squeeze them. */
function domainOf(comparisons: readonly Comparison[]): readonly [number, number] {
  const ends = comparisons.flatMap(({ difference: { mean }, bootstrapInterval }) =>
    bootstrapInterval ? [bootstrapInterval.lower, bootstrapInterval.upper] : [mean],
  );
  const [lowest, highest] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const extent = Math.max(-lowest, highest, 0.001);
  const detectable = Math.max(0, ...comparisons.map((each) => each.detectable ?? 0));
  const told = Math.min(detectable, 1.1 * extent);
  const margin = 0.1 * extent;
  return [Math.min(lowest, -told) - margin, Math.max(highest, told) + margin];
}

function tooltip(baseline: string) {
  const number = (field: string, title: string) => ({
    ...{ field, title, type: 'quantitative' as const, format: '+.4f' },
  });
  return [
    { field: 'strategy', type: 'nominal' as const },
    number('difference', `less ${baseline}`),
    ...[number('lower', '95 % from'), number('upper', '95 % to'), number('detectable', 'detectable')],
    { field: 'p', type: 'quantitative' as const, title: 'p (t, Holm)', format: '.4f' },
    { field: 'seeds', type: 'quantitative' as const },
    { field: 'verdict', type: 'nominal' as const },
  ];
}

function alternativeText(title: string, comparisons: readonly Comparison[], what: string): string {
  const texts = comparisons.map(({ strategy, difference, verdict }) => {
    return `${strategy} ${signed(difference.mean)} (${verdict})`;
  });
  return `${title}: difference in ${what} to ${comparisons[0]?.baseline}, paired by seed: ${texts.join('; ')}.`;
}

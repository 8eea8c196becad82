/** Worse, as good for all practical purposes, or better than the baseline: posterior probabilities as stacked bars. */
import {
  BASELINE_STRATEGY,
  practicalEquivalence as compare,
  metricTitles,
  type StrategyPracticalComparison,
} from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import type { ChartEntry } from './chart.ts';
import { rounded, SUBTITLE_WIDTH, subtitleLines } from './chartText.ts';
import { namedChart } from './namedChart.ts';
import { blocksSentence, droppedParagraphs, scoreTable, scoreTitle } from './scoreTable.ts';

/** One point of accuracy, as in Benavoli et al. 2017. */
const USUAL_ROPE = 0.01;
/** The standard error is then at most 0.7 of a percent, and percents are what is shown. */
const NUM_DRAWS = 5000;
const ROW_HEIGHT = 34;
/** A segment must be this long to hold its percentage. */
const SMALLEST_WRITTEN = 0.07;

const verdicts = ['worse', 'equivalent', 'better'] as const;
/** Vermillion and blue, told apart by all, with what is neither in grey. */
const colors = { light: ['#b34f00', '#d3d7dc', '#0072b2'], dark: ['#f27d33', '#444a55', '#4c9be0'] };

export const practicalEquivalence: ChartEntry = {
  title: 'Practical equivalence',
  description:
    'The probability that a strategy is worse than the baseline, no different for practical purposes, or better (Bayesian signed-rank ' +
    'test). "No different" is a median difference inside the region that you give with --rope. Unlike a test, it can say "the same".',
  needs: 'It needs the baseline and another strategy with finished trials of the same seeds.',
  build(input) {
    const table = scoreTable(input);
    const { baseline = BASELINE_STRATEGY, rope = USUAL_ROPE, scheme } = input.options;
    const found = table ? compare(table, { baseline, rope, numDraws: NUM_DRAWS }) : [];
    if (table === undefined || found.length === 0) return [];
    const rows = found.toSorted((a, b) => b.better - a.better || a.worse - b.worse);
    const title = `Worse, equivalent or better than ${baseline}`;
    const unit = metricTitles[table.metric].title;
    const subtitle = [
      `${blocksSentence(table)} Equivalent: a median difference in AUBC of at most ${rope} (${unit}).`,
      ...droppedParagraphs(table),
    ];
    const y = {
      ...{ field: 'strategy', type: 'nominal' as const, title: null },
      sort: rows.map(({ strategy }) => strategy),
      axis: { labelFontSize: 13, labelLimit: 0, labelPadding: 10 },
    };
    const text = (verdict: string, style: string) => ({
      transform: [{ filter: `datum.verdict ${verdict} && datum.probability >= ${SMALLEST_WRITTEN}` }],
      mark: { type: 'text' as const, aria: false, style, fontSize: 12, baseline: 'middle' as const },
      encoding: {
        x: { field: 'middle', type: 'quantitative' as const },
        y,
        text: { field: 'percent', type: 'nominal' as const },
      },
    });
    return [
      namedChart({
        ...{ name: 'rope', title, scheme, category: colors },
        alternativeText: alternativeText(rows, { baseline, rope }),
        body: {
          title: {
            text: title,
            subtitle: subtitleLines(subtitle, SUBTITLE_WIDTH),
          },
          width: CHART_WIDTH - 80,
          height: { step: ROW_HEIGHT },
          data: { values: rows.flatMap(segments) },
          layer: [
            {
              mark: { type: 'bar', aria: false, height: { band: 0.76 } },
              encoding: {
                x: {
                  ...{ field: 'start', type: 'quantitative', scale: { domain: [0, 1] } },
                  title: `posterior probability, by ${scoreTitle(table)}`,
                  axis: { format: '.0%', tickCount: 5 },
                },
                ...{ x2: { field: 'end' }, y },
                color: {
                  ...{ field: 'verdict', type: 'nominal', scale: { domain: [...verdicts] } },
                  legend: { symbolType: 'square', symbolSize: 170, symbolStrokeWidth: 0 },
                },
                tooltip: [
                  { field: 'strategy', type: 'nominal' },
                  { field: 'verdict', type: 'nominal', title: `than ${baseline}` },
                  { field: 'probability', type: 'quantitative', format: '.3f' },
                ],
              },
            },
            text("=== 'equivalent'", 'ink'),
            text("!== 'equivalent'", 'ink-on-high'),
          ],
        },
      }),
    ];
  },
};

/** Three pieces of a bar from 0 to 1. */
function segments({ strategy, ...found }: StrategyPracticalComparison) {
  let start = 0;
  return verdicts.map((verdict) => {
    const [from, end] = [start, start + found[verdict]];
    start = end;
    const [probability, middle] = [rounded(found[verdict]), rounded((from + end) / 2)];
    return {
      strategy,
      verdict,
      probability,
      percent: percentOf(found[verdict]),
      start: rounded(from),
      end: rounded(end),
      middle,
    };
  });
}

/** So many draws never make certain. */
function percentOf(probability: number): string {
  const percent = Math.round(100 * probability);
  return percent === 100 ? '> 99 %' : percent === 0 ? '< 1 %' : `${percent} %`;
}

function alternativeText(
  rows: readonly StrategyPracticalComparison[],
  { baseline, rope }: { readonly baseline: string; readonly rope: number },
): string {
  const texts = rows.map(
    ({ strategy, worse, equivalent, better }) =>
      `${strategy} ${percentOf(better)} better, ${percentOf(equivalent)} equivalent, ${percentOf(worse)} worse`,
  );
  return `Against ${baseline}, with differences of at most ${rope} as equivalent: ${texts.join('; ')}.`;
}

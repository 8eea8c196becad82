/** Performance profiles (Agarwal et al. 2021): of each strategy's runs, the share that is better than any given score. */
import { type ScoreBlocks, type ScoreProfiles, scoreProfiles } from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import type { ChartEntry, ChartInput, NamedChart } from './chart.ts';
import { rounded, SUBTITLE_WIDTH, styleOf, subtitleLines } from './chartText.ts';
import { hoverLayer } from './hoverLayer.ts';
import { namedChart } from './namedChart.ts';
import { blocksSentence, droppedParagraphs, scoreTable, scoreTitle } from './scoreTable.ts';

const HEIGHT = 340;

export const performanceProfile: ChartEntry = {
  title: 'Performance profiles',
  description:
    'The share of runs, over seeds and data sets, that are better than the score at the bottom; a line above another is better at every ' +
    'score. Bands: 95 %, seeds resampled within each data set. One picture for the AUBC, one for where curves end.',
  needs: 'It needs two strategies with finished trials of the same seeds.',
  build: (input) =>
    (['aubc', 'final'] as const).flatMap((score) => {
      const table = scoreTable(input, score);
      return table === undefined ? [] : [profileChart(input, table)];
    }),
};

function profileChart({ styles: allStyles, options }: ChartInput, table: ScoreBlocks): NamedChart {
  const found = scoreProfiles(table);
  const means = found.profiles.map(({ strategy, shares }) => ({
    strategy,
    mean: shares.reduce((sum, share) => sum + share, 0) / shares.length,
  }));
  const strategies = means.sort((a, b) => b.mean - a.mean).map(({ strategy }) => strategy);
  const styles = strategies.map((strategy) => styleOf(allStyles, strategy));
  const scoreName = scoreTitle(table);
  const comparison = table.better === 'higher' ? 'above' : 'below';
  const title = `Share of runs ${comparison} each ${scoreName}`;
  const hasBand = found.profiles.some(({ band }) => band !== undefined);
  const subtitle = [
    `${blocksSentence(table)} ${hasBand ? 'Bands: 95 % stratified bootstrap.' : 'One seed, so no band.'}`,
    ...droppedParagraphs(table),
  ];
  const x = {
    ...{ field: 'score', type: 'quantitative' as const, title: scoreName },
    scale: { zero: false, nice: false },
    axis: { tickCount: 8 },
  };
  const y = {
    ...{ type: 'quantitative' as const, title: `share of runs ${comparison}`, scale: { domain: [0, 1] } },
    axis: { format: '.0%', tickCount: 5 },
  };
  const scale = { domain: strategies };
  const legend = { symbolType: 'stroke' as const };
  const fill = { field: 'strategy', type: 'nominal' as const, scale, legend };
  const dashes = styles.map(({ dash }) => (dash.length === 0 ? [1, 0] : [...dash]));
  const dimmed = (opacity: number, other: number) => ({
    condition: { param: 'strategy', value: opacity },
    value: other,
  });
  return namedChart({
    ...{ name: table.score, title, styles, scheme: options.scheme },
    alternativeText: alternativeText(found, { strategies, scoreName, comparison }),
    body: {
      title: {
        text: title,
        subtitle: subtitleLines(subtitle, SUBTITLE_WIDTH),
      },
      width: CHART_WIDTH,
      height: HEIGHT,
      data: { values: rowsOf(found, strategies) },
      layer: [
        {
          mark: { type: 'area', aria: false, clip: true, interpolate: 'step-after' },
          encoding: {
            ...{ x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, fill },
            opacity: dimmed(Math.min(0.15, 0.55 / strategies.length), 0.02),
          },
        },
        {
          params: [{ name: 'strategy', select: { type: 'point', fields: ['strategy'] }, bind: 'legend' }],
          mark: { type: 'line', aria: false, strokeWidth: 2, clip: true, interpolate: 'step-after' },
          encoding: {
            ...{ x, y: { ...y, field: 'share' } },
            stroke: { field: 'strategy', type: 'nominal', scale, legend },
            strokeDash: {
              ...{ field: 'strategy', type: 'nominal', legend },
              scale: { domain: strategies, range: dashes },
            },
            opacity: dimmed(1, 0.12),
          },
        },
        hoverLayer({ x, y: { ...y, field: 'share' }, fill }, [
          { field: 'strategy', type: 'nominal' as const },
          { field: 'score', type: 'quantitative' as const, title: scoreName, format: '.4f' },
          { field: 'share', type: 'quantitative' as const, title: y.title, format: '.1%' },
          { field: 'lower', type: 'quantitative' as const, title: '95 % from', format: '.1%' },
          { field: 'upper', type: 'quantitative' as const, title: '95 % to', format: '.1%' },
        ]),
      ],
    },
  });
}

/** One row per strategy and threshold, the best last so that it lies on top. Without a band, it has no width. */
function rowsOf({ thresholds, profiles }: ScoreProfiles, strategies: readonly string[]) {
  return strategies.toReversed().flatMap((strategy) => {
    const profile = profiles.find((each) => each.strategy === strategy);
    return thresholds.map((score, i) => {
      const share = profile?.shares[i] as number;
      const { lower, upper } = profile?.band?.[i] ?? { lower: share, upper: share };
      const values = { share: rounded(share), lower: rounded(lower), upper: rounded(upper) };
      return { strategy, score: rounded(score), ...values };
    });
  });
}

interface Wording {
  readonly strategies: readonly string[];
  readonly scoreName: string;
  readonly comparison: string;
}

function alternativeText(
  { thresholds, profiles }: ScoreProfiles,
  { strategies, scoreName, comparison }: Wording,
) {
  const middle = Math.floor(thresholds.length / 2);
  const texts = strategies.map((strategy) => {
    const share = profiles.find((each) => each.strategy === strategy)?.shares[middle] ?? 0;
    return `${strategy} ${Math.round(100 * share)} %`;
  });
  return `Share of runs with ${scoreName} ${comparison} ${(thresholds[middle] as number).toFixed(3)}: ${texts.join(', ')}.`;
}

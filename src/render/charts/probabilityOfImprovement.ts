/** How likely a run of each strategy is to beat a run of the baseline (Agarwal et al. 2021). */
import { BASELINE_STRATEGY, improvements } from '../../analysis/index.ts';
import type { ChartEntry } from './chart.ts';
import { intervalChart } from './intervalChart.ts';
import { blocksSentence, droppedParagraphs, scoreTable, scoreTitle } from './scoreTable.ts';

export const probabilityOfImprovement: ChartEntry = {
  title: 'Probability of improvement',
  description:
    'The chance that a run of the strategy, with any seed, ends up with the better AUBC than a run of the baseline on the same data set. ' +
    'It says how often, not by how much; seeds are not paired, so the luck of the initial pool is part of it.',
  needs: 'It needs the baseline and another strategy with finished trials of the same seeds.',
  build(input) {
    const table = scoreTable(input);
    const { baseline = BASELINE_STRATEGY, scheme } = input.options;
    const rows = table ? improvements(table, { baseline }).toSorted((a, b) => b.value - a.value) : [];
    if (table === undefined || rows.length === 0) return [];
    const what = scoreTitle(table);
    const interval = rows.some((row) => row.interval)
      ? ' Bars: 95 % stratified bootstrap.'
      : ' One seed, so no interval.';
    const texts = rows.map(({ strategy, value }) => `${strategy} ${Math.round(100 * value)} %`);
    return [
      intervalChart({
        ...{ name: 'improvement', rows, styles: input.styles, scheme },
        title: `Probability of beating ${baseline}`,
        paragraphs: [`${blocksSentence(table)}${interval}`, ...droppedParagraphs(table)],
        xTitle: `probability of a better ${what} than ${baseline}'s`,
        ...{ format: '.0%', axisFormat: '.0%' },
        domain: [0, 1],
        reference: { value: 0.5, below: 'worse', above: `better than ${baseline}` },
        alternativeText: `Probability of a better ${what} than ${baseline}'s, the highest first: ${texts.join(', ')}.`,
      }),
    ];
  },
};

/** Inter-quartile means over data sets and seeds (Agarwal et al. 2021), as gains on the baseline. */
import { BASELINE_STRATEGY, interquartileMeans } from '../../analysis/index.ts';
import type { ChartEntry } from './chart.ts';
import { shown, signed } from './chartText.ts';
import { intervalChart } from './intervalChart.ts';
import { blocksSentence, droppedParagraphs, scoreTable, scoreTitle } from './scoreTable.ts';

export const interquartileMean: ChartEntry = {
  title: 'Inter-quartile means',
  description:
    'The mean of the middle half of all runs, which no single good or bad run decides. Each run is held against the baseline’s run ' +
    'of the same block, so that easy and hard data sets share a scale. Seeds are resampled within each data set.',
  needs: 'It needs two strategies with finished trials of the same seeds.',
  build(input) {
    const table = scoreTable(input);
    if (table === undefined) return [];
    const { baseline = BASELINE_STRATEGY, scheme } = input.options;
    const isGain = table.strategies.includes(baseline);
    const found = interquartileMeans(table, isGain ? { baseline } : {});
    const isLower = !isGain && table.better === 'lower';
    const rows = found.toSorted((a, b) => (isLower ? a.value - b.value : b.value - a.value));
    const write = isGain ? signed : shown;
    const what = scoreTitle(table);
    const xTitle = isGain ? `gain in ${what} on ${baseline}` : `${what}, inter-quartile mean`;
    const interval = rows.some((row) => row.interval)
      ? ' Bars: 95 % stratified bootstrap.'
      : ' One seed, so no interval.';
    const direction = isGain && table.better === 'lower' ? ' A gain is a lower value.' : '';
    return [
      intervalChart({
        ...{
          name: isGain ? 'gain' : 'score',
          rows,
          styles: input.styles,
          scheme,
          xTitle,
        },
        title: isGain ? `Inter-quartile mean gain on ${baseline}` : 'Inter-quartile means',
        paragraphs: [`${blocksSentence(table)}${interval}${direction}`, ...droppedParagraphs(table)],
        format: isGain ? '+.4f' : '.4f',
        ...(isGain && { reference: { value: 0, below: 'worse', above: `better than ${baseline}` } }),
        alternativeText: `${xTitle}, the best first: ${rows.map(({ strategy, value }) => `${strategy} ${write(value)}`).join(', ')}.`,
      }),
    ];
  },
};

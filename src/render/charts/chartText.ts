/** Words on charts: what stands under a title, and how numbers are written in a spec. */
import { type Group, type MetricName, metricTitles, type Over, spendings } from '../../analysis/index.ts';
import { CHART_WIDTH } from '../chartTheme.ts';
import type { StrategyStyle, StrategyStyles } from '../strategyStyles.ts';
import { textWidth } from '../textWidth.ts';

/** Of a chart with a legend beside the plot. */
export const SUBTITLE_WIDTH = CHART_WIDTH + 110;

const SUBTITLE_FONT_SIZE = 12;

/** Paragraphs in lines of at most `width` pixels. */
export function subtitleLines(paragraphs: readonly string[], width: number): string[] {
  return paragraphs.flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(' ')) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
      if (lines.length > 0 && textWidth(longer, SUBTITLE_FONT_SIZE) <= width)
        lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}

/** `5 seeds.`, `3 to 5 seeds.`, `One seed, so no interval.` */
export function seedsSentence(counts: readonly number[], interval: string): string {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  if (most === 1) return 'One seed, so no interval.';
  return `${fewest === most ? most : `${fewest} to ${most}`} seeds; ${interval}.`;
}

/** `AUBC (test accuracy over labels)`. */
export function aubcTitle(metric: MetricName, over: Over): string {
  return `AUBC (${metricTitles[metric].title} over ${spendings[over].noun})`;
}

/** What the numbers come from: `first` with what tells the group apart, and then who has nothing to show. */
export function sourceParagraphs(first: string, group: Group): string[] {
  const { queryBatchSize, oracle, cells } = group;
  const samples = `${queryBatchSize} ${queryBatchSize === 1 ? 'sample' : 'samples'} a query`;
  const missing = cells.filter((cell) => cell.finished.length === 0).map(({ strategy }) => strategy);
  const absent = missing.length === 0 ? [] : [`No finished trial: ${missing.join(', ')}.`];
  return [first, `${samples}, ${oracle} oracle.`, ...absent];
}

/** Six digits: more than a picture shows, and a spec a third as long. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** `.9312`, as tables have it; `-` is a minus sign. */
export function shown(value: number, digits = 4): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** `+0.0123`, `−0.0123`. */
export function signed(value: number, digits = 4): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

/** For an axis of strategies. */
export const STRATEGY_AXIS = { labelLimit: 280, labelFontSize: 12.5, labelPadding: 8 } as const;

/** For an axis of differences. */
export const SIGNED_LABEL = "datum.value === 0 ? '0' : format(datum.value, '+.3~r')";

/** RangeError for a strategy without a style. */
export function styleOf(styles: StrategyStyles, strategy: string): StrategyStyle {
  const style = styles.get(strategy);
  if (style === undefined) throw new RangeError(`The styles lack the strategy "${strategy}".`);
  return style;
}

/** Cells of heat maps that show differences to the baseline: one colour for each sign, bold where the verdict is certain. */
import { type Comparison, type MetricName, orientation } from '../../analysis/index.ts';
import { rounded, signed } from './chartText.ts';
import type { Layers } from './curveLayers.ts';

/** Of an axis of such cells. */
export const CELL_AXIS = { domain: false, ticks: false, labelLimit: 0, labelPadding: 6 } as const;

/** From this share of the largest difference on, ink of the page would be hard to read on the cell's colour. */
const STRONG_FROM = 0.75;

/** A line of text in a cell, `dy` pixels below its middle. */
export interface CellLine {
  readonly field: 'shown' | 'interval';
  readonly dy: number;
  readonly fontSize: number;
}

/** What a cell's row of data has of `comparison`: blue where it is better than the baseline, whichever way the metric goes. */
export function differenceFields(comparison: Comparison, metric: MetricName, digits = 4) {
  const { difference, bootstrapInterval, verdict, numSeeds, adjustedTPValue } = comparison;
  const { lower, upper } = bootstrapInterval ?? { lower: difference.mean, upper: difference.mean };
  return {
    ...{ verdict, seeds: numSeeds, p: rounded(adjustedTPValue) },
    ...{ difference: rounded(difference.mean), lower: rounded(lower), upper: rounded(upper) },
    shade: rounded(orientation(metric) * difference.mean),
    shown: signed(difference.mean, digits),
    interval: bootstrapInterval === undefined ? '' : `[${signed(lower)}, ${signed(upper)}]`,
  };
}

/** Over rows of `differenceFields`; the encoding of x and y is the chart's. */
export function differenceCells(
  comparisons: readonly Comparison[],
  lines: readonly CellLine[],
  tooltip: ReturnType<typeof differenceTooltip>,
): Layers {
  const strongest = Math.max(1e-9, ...comparisons.map(({ difference }) => Math.abs(difference.mean)));
  const isStrong = `abs(datum.difference) >= ${STRONG_FROM * strongest}`;
  const text = ({ field, dy, fontSize }: CellLine, test: string, style: string) => {
    const of = (filter: string, fontWeight: 'normal' | 'bold') => ({
      transform: [{ filter: `${test} && ${filter}` }],
      mark: { type: 'text' as const, aria: false, style, dy, fontSize, fontWeight },
      encoding: { text: { field, type: 'nominal' as const } },
    });
    return field === 'interval'
      ? [of('true', 'normal')]
      : [of("datum.verdict === 'undecided'", 'normal'), of("datum.verdict !== 'undecided'", 'bold')];
  };
  return [
    {
      mark: { type: 'rect', aria: false, style: 'cell-gap', strokeWidth: 3 },
      encoding: {
        fill: {
          ...{ field: 'shade', type: 'quantitative', legend: null },
          scale: {
            domain: [-strongest, 0, strongest],
            range: 'diverging',
            interpolate: 'rgb',
            clamp: true,
          },
        },
        tooltip,
      },
    },
    ...lines.flatMap((line) => [
      ...text(line, `!(${isStrong})`, 'ink-on-low'),
      ...text(line, isStrong, 'ink-on-high'),
    ]),
  ];
}

/** `names`: the fields that say which cell it is, with their titles; `more`: further differences. */
export function differenceTooltip(
  baseline: string,
  names: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
) {
  const number = (field: string, title: string, format = '+.4f') => ({
    ...{ field, title, type: 'quantitative' as const, format },
  });
  return [
    ...Object.entries(names).map(([field, title]) => ({ field, title, type: 'nominal' as const })),
    number('difference', `less ${baseline}`),
    ...[number('lower', '95 % from'), number('upper', '95 % to'), number('p', 'p (t, Holm)', '.4f')],
    ...Object.entries(more).map(([field, title]) => number(field, title)),
    { field: 'seeds', type: 'quantitative' as const },
    { field: 'verdict', type: 'nominal' as const },
  ];
}

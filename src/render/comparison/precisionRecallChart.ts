/** Precision over recall of an old and a new one: a small picture per class, averages first. */
import type { ComparedCurve, ComparedCurves } from '../../verdict/compare/comparedCurves.ts';
import type { NamedChart, Scheme } from '../charts/chart.ts';
import { rounded, shown, subtitleLines } from '../charts/chartText.ts';
import { namedChart } from '../charts/namedChart.ts';
import type { StrategyStyle } from '../strategyStyles.ts';
import { textWidth } from '../textWidth.ts';

const MOST_COLUMNS = 5;
const PANEL_SIZE = 160;
const MOST_CLASSES = 22;

/** The old one is the grey dashed line, as baselines are everywhere. */
const styles: readonly StrategyStyle[] = [
  { color: '#5F5F5F', darkColor: '#A9ADB5', dash: [5, 3], terminalColor: 245 },
  { color: '#0072B2', darkColor: '#4C9BE0', dash: [], terminalColor: 32 },
];

export interface PrecisionRecallOptions {
  /** `light` if left out. */
  readonly scheme?: Scheme | undefined;
}

/** Of many classes those are drawn whose average precision changed most. */
export function precisionRecallChart(
  { subject, oldName, newName, recalls, curves }: ComparedCurves,
  { scheme }: PrecisionRecallOptions = {},
): NamedChart {
  const kept = mostChanged(curves);
  const numClasses = curves.filter(({ isAverage }) => !isAverage).length;
  const numShown = kept.filter(({ isAverage }) => !isAverage).length;
  const sides = [`old: ${oldName}`, `new: ${newName}`];
  const panels = kept.map(panelTitle);
  const columns = numColumns(kept.length);
  const title = 'Precision over recall';
  const subtitle = [
    `${subject}. Over each picture: average precision, old → new.`,
    ...(numShown < numClasses ? [`${numShown} of ${numClasses} classes, those that changed most.`] : []),
  ];
  const scale = { domain: sides };
  const legend = {
    symbolType: 'stroke' as const,
    orient: 'bottom' as const,
    direction: 'vertical' as const,
    labelLimit: 640,
    offset: 14,
  };
  const axis = { values: [0, 0.5, 1], format: '.1~f' };
  return namedChart({
    ...{ name: 'precision-recall', title, styles, scheme },
    alternativeText: alternativeText(subject, kept),
    body: {
      title: { text: title, subtitle: subtitleLines(subtitle, columns * (PANEL_SIZE + 40)) },
      data: { values: kept.flatMap((curve, i) => rowsOf(curve, { panel: i, recalls, sides })) },
      facet: {
        ...{ field: 'panel', type: 'ordinal' as const, title: null },
        header: {
          // By number: two cut names may look the same.
          labelExpr: `${JSON.stringify(panels)}[datum.value]`,
          labelFontSize: 12,
          labelLimit: PANEL_SIZE + 20,
          labelLineHeight: 15,
          labelPadding: 6,
        },
      },
      columns,
      spacing: { row: 20, column: 24 },
      // Shared axes would stand under places without a panel, too.
      ...(kept.length % columns !== 0 && { resolve: { axis: { x: 'independent' as const } } }),
      spec: {
        ...{ width: PANEL_SIZE, height: PANEL_SIZE },
        mark: { type: 'line', aria: false, strokeWidth: 1.8, clip: true },
        encoding: {
          x: {
            ...{ field: 'recall', type: 'quantitative' as const, title: 'recall' },
            ...{ scale: { domain: [0, 1] }, axis },
          },
          y: {
            ...{ field: 'precision', type: 'quantitative' as const, title: 'precision' },
            ...{ scale: { domain: [0, 1.02], nice: false }, axis },
          },
          stroke: { field: 'side', type: 'nominal' as const, scale, legend },
          strokeDash: {
            ...{ field: 'side', type: 'nominal' as const, legend },
            scale: {
              domain: sides,
              range: styles.map(({ dash }) => (dash.length === 0 ? [1, 0] : [...dash])),
            },
          },
        },
      },
    },
  });
}

function mostChanged(curves: readonly ComparedCurve[]): readonly ComparedCurve[] {
  const change = (curve: ComparedCurve): number =>
    Math.abs(curve.new.averagePrecision - curve.old.averagePrecision);
  const classes = curves.filter(({ isAverage }) => !isAverage);
  const kept = new Set(classes.toSorted((a, b) => change(b) - change(a)).slice(0, MOST_CLASSES));
  return curves.filter((curve) => curve.isAverage || kept.has(curve));
}

/** Two lines: the name, cut where it must be, and both values. */
function panelTitle({ title, old, new: other }: ComparedCurve): string[] {
  const fits = (name: string): boolean => textWidth(name, 12, 'bold') <= PANEL_SIZE;
  let name = title;
  while (!fits(name === title ? name : `${name}…`) && name.length > 1) name = name.slice(0, -1);
  const values = `${shown(old.averagePrecision, 3)} → ${shown(other.averagePrecision, 3)}`;
  return [name === title ? title : `${name.trimEnd()}…`, values];
}

/** As many in a row as leave the fewest places empty. */
function numColumns(numPanels: number): number {
  if (numPanels <= MOST_COLUMNS) return numPanels;
  const empty = (columns: number): number => Math.ceil(numPanels / columns) * columns - numPanels;
  return [4, 5, 3].reduce((best, columns) => (empty(columns) < empty(best) ? columns : best));
}

function rowsOf(
  curve: ComparedCurve,
  {
    panel,
    recalls,
    sides,
  }: { readonly panel: number; readonly recalls: readonly number[]; readonly sides: readonly string[] },
) {
  return [curve.old, curve.new].flatMap(({ precision }, i) =>
    recalls.map((recall, point) => ({
      ...{ panel, side: sides[i] ?? '', recall: rounded(recall) },
      precision: rounded(precision[point] ?? 0),
    })),
  );
}

function alternativeText(subject: string, curves: readonly ComparedCurve[]): string {
  const texts = curves.map(
    ({ title, old, new: other }) =>
      `${title} ${shown(old.averagePrecision, 3)}, then ${shown(other.averagePrecision, 3)}`,
  );
  return `Precision over recall of an old and a new one, ${subject}. Average precision: ${texts.join('; ')}.`;
}

/** What others published, drawn over our learning curves: a hollow mark in the strategy's colour, with its range as a line. */
import type { Group, GroupKey } from '../../analysis/index.ts';
import { rounded } from './chartText.ts';
import type { Layers, Row } from './curveLayers.ts';
import type { PublishedPoint } from './publishedPoint.ts';

const shapes = ['diamond', 'triangle-up', 'square', 'circle'];
/** The shapes as letters. */
const glyphs = ['◇', '△', '□', '○'];

/** Those of a group's curves that lie within the labels that ours have, and how many lie beyond. */
export function pointsOf(
  points: readonly PublishedPoint[],
  group: Group,
  [least, most]: readonly [number, number],
): { readonly shown: readonly PublishedPoint[]; readonly numBeyond: number } {
  const strategies = new Set(group.cells.map(({ strategy }) => strategy));
  const own = points.filter(
    ({ strategy, where = {} }) =>
      strategies.has(strategy) &&
      Object.entries(where).every(
        ([key, value]) => value === undefined || group[key as keyof GroupKey] === value,
      ),
  );
  const shown = own.filter(({ numLabels }) => numLabels >= least && numLabels <= most);
  return { shown, numBeyond: own.length - shown.length };
}

/** [lowest, highest] accuracy of the points. Infinity and -Infinity of none. */
export function accuracyRange(points: readonly PublishedPoint[]): readonly [number, number] {
  const values = points.map(({ accuracy }) => accuracy);
  return [Math.min(...values), Math.max(...values)];
}

/** Under a title: which mark is whose. The colours are the strategies', so a legend would have none. */
export function publishedSentence(points: readonly PublishedPoint[], numBeyond: number): string {
  const series = sourcesOf(points).map((source, i) => `${glyphs[i % glyphs.length]} ${source}`);
  const hasRange = points.some(({ low, high, from, to }) => low ?? high ?? from ?? to);
  const lines = hasRange ? '; lines through them: quartiles or spread' : '';
  const beyond =
    numBeyond === 0 ? '' : ` ${numBeyond} more lie${numBeyond === 1 ? 's' : ''} where ours has no labels.`;
  return `Not ours: ${series.join(', ')}${lines}.${beyond}`;
}

function sourcesOf(points: readonly PublishedPoint[]): readonly string[] {
  return [...new Set(points.map(({ source }) => source))];
}

/** Layers to lie on top of `curveLayers`. `strategies` is the domain of the colours there. */
export function publishedLayers(
  points: readonly PublishedPoint[],
  strategies: readonly string[],
  [least, most]: readonly [number, number],
): Layers {
  if (points.length === 0) return [];
  const sources = sourcesOf(points);
  const rows: Row[] = points.map(({ strategy, numLabels, accuracy, low, high, from, to, source, note }) => ({
    ...{ strategy, source, note, num_labels: numLabels, accuracy: rounded(accuracy) },
    ...{ low: rounded(low ?? accuracy), high: rounded(high ?? accuracy) },
    ...{ from: Math.max(least, from ?? numLabels), to: Math.min(most, to ?? numLabels) },
  }));
  const data = { values: rows };
  const quantitative = (field: string) => ({ field, type: 'quantitative' as const });
  const stroke = {
    ...{ field: 'strategy', type: 'nominal' as const, scale: { domain: [...strategies] } },
    legend: { symbolType: 'stroke' as const },
  };
  const rule = { type: 'rule' as const, aria: false, strokeWidth: 1.6, clip: true };
  const range = sources.map((_, i) => shapes[i % shapes.length] as string);
  const shape = {
    ...{ field: 'source', type: 'nominal' as const, scale: { domain: [...sources], range } },
    legend: null,
  };
  return [
    {
      data,
      mark: rule,
      encoding: {
        ...{ x: quantitative('num_labels'), y: quantitative('low'), y2: { field: 'high' }, stroke },
      },
    },
    {
      data,
      mark: rule,
      encoding: { x: quantitative('from'), x2: { field: 'to' }, y: quantitative('accuracy'), stroke },
    },
    {
      data,
      mark: {
        type: 'point',
        aria: false,
        style: 'surface',
        filled: true,
        size: 90,
        strokeWidth: 2,
        opacity: 1,
      },
      encoding: {
        ...{ x: quantitative('num_labels'), y: quantitative('accuracy'), stroke, shape },
        tooltip: [
          { field: 'note', type: 'nominal', title: 'published' },
          { field: 'strategy', type: 'nominal' },
          { field: 'num_labels', type: 'quantitative', title: 'labels' },
          { field: 'accuracy', type: 'quantitative', format: '.4f' },
        ],
      },
    },
  ];
}

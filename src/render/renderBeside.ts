/** Our curves beside another program's: tables of models and of strategies as Markdown, every place as CSV. */
import { markdownTable } from 'markdown-table';
import {
  type BesideCell,
  besideModels,
  type Estimate,
  metricTitles,
  type RivalMetric,
} from '../analysis/index.ts';
import { cellColumns, cellFields } from './cellColumns.ts';
import { signed } from './charts/chartText.ts';
import { csvText } from './csvText.ts';

/** Of each metric. */
export type Compared = Readonly<Record<RivalMetric, readonly BesideCell[]>>;

/** Under a heading of the fourth level for each metric; ends with a line feed. Neither of `compared` may be empty. */
export function renderBesideMarkdown(compared: Compared, rival: string): string {
  const parts = (['accuracy', 'nll'] satisfies RivalMetric[]).flatMap((metric) => [
    `#### ${metricTitles[metric].title}: querybench beside ${rival}`,
    modelTable(compared[metric], rival),
    strategyTable(compared[metric], rival),
  ]);
  return `${[...parts, notes(rival)].join('\n\n')}\n`;
}

function modelTable(compared: readonly BesideCell[], rival: string): string {
  const header = ['model', 'strategies', 'seeds', `ours − ${rival} [95 %]`, 'holds 0', 'within spread'];
  const rows = besideModels(compared).map(({ model, numStrategies, difference, ...counts }) => [
    ...[model, String(numStrategies), String(difference.numValues), intervalText(difference)],
    ...[holdsZero(difference), countText(difference, counts.numWithinSpread, counts.numPlaces)],
  ]);
  return markdownTable([header, ...rows], { align: ['l', 'r', 'r', 'r', 'l', 'r'] });
}

function strategyTable(compared: readonly BesideCell[], rival: string): string {
  const header = [
    'model',
    'strategy',
    'seeds',
    `ours − ${rival} [95 %]`,
    'holds 0',
    'largest, at n',
    'within spread',
  ];
  const rows = compared.map(({ model, strategy, difference, places }) => {
    const largest = places.reduce((a, b) =>
      Math.abs(b.difference.mean) > Math.abs(a.difference.mean) ? b : a,
    );
    const numWithin = places.filter(({ isWithinSpread }) => isWithinSpread).length;
    return [
      ...[model, strategy, String(difference.numValues), intervalText(difference), holdsZero(difference)],
      ...[
        `${signed(largest.difference.mean)}, ${largest.numLabels}`,
        countText(difference, numWithin, places.length),
      ],
    ].map(escapeCell);
  });
  return markdownTable([header, ...rows], { align: ['l', 'l', 'r', 'r', 'l', 'r', 'r'] });
}

function intervalText({ mean, interval }: Estimate): string {
  return `${signed(mean)}${interval ? ` [${signed(interval.lower)}, ${signed(interval.upper)}]` : ''}`;
}

function holdsZero({ interval }: Estimate): string {
  if (interval === undefined) return '–';
  return interval.lower <= 0 && interval.upper >= 0 ? 'yes' : 'no';
}

function countText({ numValues }: Estimate, count: number, total: number): string {
  return numValues > 1 ? `${count} of ${total}` : '–';
}

function notes(rival: string): string {
  return [
    `- ours − ${rival}: of the curves' means (AUBC), paired by seed, with Student's interval; of a model, the mean over its strategies, seed by seed.`,
    '- within spread: places at which each side’s mean is at most a standard deviation over seeds of the other away.',
  ].join('\n');
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

const columns = [
  ...cellColumns,
  ...['metric', 'num_labels'],
  ...['num_seeds', 'ours', 'ours_sd', 'rival', 'rival_sd', 'difference', 'lower', 'upper', 'within_spread'],
];

/** A row per metric, curve and place, at full precision. */
export function renderBesideCsv(compared: Compared): string {
  const rows = Object.entries(compared).flatMap(([metric, cells]) =>
    cells.flatMap((cell) =>
      cell.places.map(({ numLabels, ours, rival, difference, isWithinSpread }) => [
        ...cellFields(cell),
        ...[metric, numLabels, difference.numValues],
        ...[ours.mean, ours.standardDeviation ?? '', rival.mean, rival.standardDeviation ?? ''],
        ...[difference.mean, difference.interval?.lower ?? '', difference.interval?.upper ?? ''],
        isWithinSpread === undefined ? '' : String(isWithinSpread),
      ]),
    ),
  );
  return csvText(columns, rows);
}

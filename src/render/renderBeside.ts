/** Our curves beside another program's, in words and numbers: a row per model, per strategy, and where there is room per place. */
import { markdownTable } from 'markdown-table';
import {
  type BesideCell,
  type BesidePlace,
  besideModels,
  type Estimate,
  metricTitles,
  type RivalMetric,
} from '../analysis/index.ts';
import { shown, signed } from './charts/chartText.ts';
import { csvText } from './csvText.ts';

export interface BesideOptions {
  /** Of the other program. */
  readonly rival: string;
  readonly metric: RivalMetric;
}

/** Up to so many places of a curve have rows of their own. */
const MOST_PLACES = 12;

/** Ends with a line feed. `compared` must not be empty. */
export function renderBesideMarkdown(compared: readonly BesideCell[], options: BesideOptions): string {
  const parts = [
    `## ${metricTitles[options.metric].title}: querybench beside ${options.rival}`,
    modelTable(compared, options),
    strategyTable(compared, options),
    ...(compared.every(({ places }) => places.length <= MOST_PLACES) ? [placeTable(compared, options)] : []),
    notes(options),
  ];
  return `${parts.join('\n\n')}\n`;
}

function modelTable(compared: readonly BesideCell[], { rival }: BesideOptions): string {
  const header = ['model', 'strategies', 'seeds', `ours − ${rival} [95 %]`, 'holds 0', 'within spread'];
  const rows = besideModels(compared).map(({ model, numStrategies, difference, ...counts }) => [
    ...[model, String(numStrategies), String(difference.numValues), intervalText(difference)],
    ...[holdsZero(difference), countText(difference, counts.numWithinSpread, counts.numPlaces)],
  ]);
  return markdownTable([header, ...rows], { align: ['l', 'r', 'r', 'r', 'l', 'r'] });
}

function strategyTable(compared: readonly BesideCell[], { rival }: BesideOptions): string {
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

function placeTable(compared: readonly BesideCell[], { rival }: BesideOptions): string {
  const header = ['model', 'strategy', 'n', 'ours', rival, 'difference [95 %]', 'within spread'];
  const rows = compared.flatMap(({ model, strategy, places }) =>
    places.map((place) => [model, strategy, String(place.numLabels), ...placeTexts(place)].map(escapeCell)),
  );
  return markdownTable([header, ...rows], { align: ['l', 'l', 'r', 'r', 'r', 'r', 'l'] });
}

function placeTexts({ ours, rival, difference, isWithinSpread }: BesidePlace): string[] {
  const within = isWithinSpread === undefined ? '–' : isWithinSpread ? 'yes' : 'no';
  return [spreadText(ours), spreadText(rival), intervalText(difference), within];
}

function spreadText({ mean, standardDeviation }: Estimate): string {
  return `${shown(mean)}${standardDeviation === undefined ? '' : ` ± ${shown(standardDeviation)}`}`;
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

function notes({ rival }: BesideOptions): string {
  return [
    `- ours − ${rival}: of the curves' means (AUBC), paired by seed, with Student's interval; of a model, the mean over its strategies, seed by seed.`,
    '- within spread: places at which each side’s mean is at most a standard deviation over seeds of the other away.',
    '- ±: a standard deviation over seeds.',
  ].join('\n');
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

const columns = [
  ...[
    'dataset',
    'model',
    'oracle',
    'initial_pool_size',
    'query_batch_size',
    'strategy',
    'metric',
    'num_labels',
  ],
  ...['num_seeds', 'ours', 'ours_sd', 'rival', 'rival_sd', 'difference', 'lower', 'upper', 'within_spread'],
];

/** A row per curve and place, at full precision. */
export function renderBesideCsv(compared: readonly BesideCell[], metric: RivalMetric): string {
  const rows = compared.flatMap((cell) =>
    cell.places.map(({ numLabels, ours, rival, difference, isWithinSpread }) => [
      ...[cell.dataset, cell.model, cell.oracle, cell.initialPoolSize, cell.queryBatchSize, cell.strategy],
      ...[metric, numLabels, difference.numValues],
      ...[ours.mean, ours.standardDeviation ?? '', rival.mean, rival.standardDeviation ?? ''],
      ...[difference.mean, difference.interval?.lower ?? '', difference.interval?.upper ?? ''],
      isWithinSpread === undefined ? '' : String(isWithinSpread),
    ]),
  );
  return csvText(columns, rows);
}

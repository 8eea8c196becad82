/** The columns of the ranking: how each shows a strategy's result, and what it is sorted by. */
import type { Interval, StrategyResult } from '../../analysis/index.ts';
import { escapeHtml } from '../escapeHtml.ts';
import { intervalMark } from '../intervalMark.ts';
import { medianText } from '../summaryTable.ts';
import { decimal, percent, probability, seconds, signed } from './figures.ts';

export interface RankingColumn {
  /** Over several columns that stand side by side. */
  readonly heading: string;
  readonly title: string;
  /** In a sentence, for those who ask. */
  readonly meaning: string;
  /** Which way it is sorted at first: the better end on top. */
  readonly first: 'ascending' | 'descending';
  /** Undefined sorts last. */
  readonly value: (result: StrategyResult) => number | undefined;
  readonly html: (result: StrategyResult) => string;
}

export interface RankingContext {
  readonly baseline: string;
  /** What curves are over: `labels`. */
  readonly noun: string;
  /** Common to all marks of differences. */
  readonly scale: Interval;
  readonly colorOf: (strategy: string) => string;
  readonly target: string;
}

/** Columns that hold nothing in any of `results` are left out. */
export function rankingColumns(
  results: readonly StrategyResult[],
  context: RankingContext,
): readonly RankingColumn[] {
  return [
    ...accuracies(context.noun),
    ...differences(context),
    ...labels(context),
    ...phases,
    ...times,
  ].filter((column) => results.some((result) => column.html(result) !== '–'));
}

const accuracies = (noun: string): readonly RankingColumn[] => [
  {
    ...{ heading: 'Accuracy', title: 'AUBC', first: 'descending' as const },
    meaning: `Area under the learning curve over ${noun}, divided by its width: mean over seeds ± half of Student’s 95 % interval`,
    value: ({ row }) => row.aubc?.mean,
    html: ({ row: { aubc } }) => {
      const half = aubc?.interval && (aubc.interval.upper - aubc.interval.lower) / 2;
      return `<b>${decimal(aubc?.mean)}</b>${half === undefined ? '' : ` <span class="soft">± ${decimal(half)}</span>`}`;
    },
  },
  {
    ...{ heading: 'Accuracy', title: 'final', first: 'descending' as const },
    meaning: 'Test accuracy in the end: mean over seeds',
    value: ({ row }) => row.finalAccuracy?.mean,
    html: ({ row }) => decimal(row.finalAccuracy?.mean),
  },
];

const differences = ({ baseline, scale, colorOf }: RankingContext): readonly RankingColumn[] => {
  const heading = `Against ${baseline}`;
  return [
    {
      ...{ heading, title: 'Δ AUBC [95 %]', first: 'descending' as const },
      meaning: `AUBC less that of ${baseline}, paired by seed: mean, and paired bootstrap interval (BCa)`,
      value: ({ comparison }) => comparison?.difference.mean,
      html: ({ row, comparison }) => {
        if (comparison === undefined) return '–';
        const { difference, bootstrapInterval, verdict } = comparison;
        const interval = bootstrapInterval ?? undefined;
        const mark = intervalMark({ ...difference, ...(interval && { interval }) }, scale, {
          color: colorOf(row.strategy),
          zero: true,
        });
        const range = interval
          ? ` <span class="soft">[${signed(interval.lower)}, ${signed(interval.upper)}]</span>`
          : '';
        return `${mark}<span class="${verdict}">${signed(difference.mean)}</span>${range}`;
      },
    },
    {
      ...{ heading, title: 'p', first: 'ascending' as const },
      meaning: 'Paired t-test, adjusted for all strategies of the table (Holm)',
      value: ({ comparison }) => (comparison?.tTest === undefined ? undefined : comparison.adjustedTPValue),
      html: ({ comparison }) =>
        comparison?.tTest === undefined ? '–' : escapeHtml(probability(comparison.adjustedTPValue)),
    },
    {
      ...{ heading, title: 'verdict', first: 'descending' as const },
      meaning: 'Better or worse: the interval lies on one side of 0 and the adjusted p is at most 0.05',
      value: ({ comparison }) => comparison && { better: 1, undecided: 0, worse: -1 }[comparison.verdict],
      html: ({ comparison }) =>
        comparison === undefined
          ? '–'
          : `<span class="${comparison.verdict}">${verdicts[comparison.verdict]}</span>`,
    },
    {
      ...{ heading, title: 'win/tie/loss', first: 'descending' as const },
      meaning: `Seeds with a larger, an equal and a smaller AUBC than ${baseline}`,
      value: ({ comparison }) => comparison && comparison.wins - comparison.losses,
      html: ({ comparison }) =>
        comparison === undefined ? '–' : `${comparison.wins}/${comparison.ties}/${comparison.losses}`,
    },
  ];
};

const verdicts = { better: '▲ better', undecided: 'cannot tell', worse: '▼ worse' } as const;

const labels = ({ baseline, noun, target }: RankingContext): readonly RankingColumn[] => {
  const heading = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} to ${target}`;
  return [
    {
      ...{ heading, title: noun, first: 'ascending' as const },
      meaning: 'In total, the initial pool included: median over seeds; “>” where the budget ended first',
      value: ({ row: { labelsToTarget } }) => {
        const median = labelsToTarget[0]?.median;
        return median && (median.reached ? median.spent : Number.MAX_SAFE_INTEGER);
      },
      html: ({ row: { labelsToTarget } }) => {
        const [first] = labelsToTarget;
        if (first === undefined) return '–';
        const all = first.numReached === first.numSeeds;
        const share = all ? '' : ` <span class="soft">(${first.numReached} of ${first.numSeeds})</span>`;
        return `${escapeHtml(medianText(first))}${share}`;
      },
    },
    {
      ...{ heading, title: 'saved', first: 'descending' as const },
      meaning: `1 − ${noun} of the strategy ÷ ${noun} of ${baseline}; nothing where either never gets there`,
      value: ({ savings }) => savings?.savings,
      html: ({ savings }) => {
        if (savings === undefined) return '–';
        return savings.savings === undefined
          ? '<span class="soft">censored</span>'
          : percent(savings.savings);
      },
    },
  ];
};

const phase = (
  title: string,
  key: 'start' | 'rampUp' | 'plateau' | 'end' | 'instability',
  meaning: string,
): RankingColumn => ({
  ...{ heading: 'Phases of the curve', title, meaning },
  first: key === 'instability' ? 'ascending' : 'descending',
  value: ({ phases: parts }) => parts?.[key],
  html: ({ phases: parts }) => decimal(parts?.[key], key === 'instability' ? 4 : 3),
});

const phases: readonly RankingColumn[] = [
  phase('start', 'start', 'Mean accuracy of the first five rounds'),
  phase('ramp-up', 'rampUp', 'AUBC up to where the curve has 95 % of its rise'),
  phase('plateau', 'plateau', 'AUBC from there on'),
  phase('end', 'end', 'Mean accuracy of the last five rounds'),
  phase('dips', 'instability', 'Instability: mean drop below the best accuracy so far'),
];

const time = (
  title: string,
  meaning: string,
  of: (spent: NonNullable<StrategyResult['row']['seconds']>) => number,
): RankingColumn => ({
  ...{ heading: 'Seconds a trial', title, meaning, first: 'ascending' },
  value: ({ row }) => row.seconds && of(row.seconds),
  html: ({ row }) => seconds(row.seconds && of(row.seconds)),
});

const times: readonly RankingColumn[] = [
  time('fit', 'Training, mean over seeds', ({ fit }) => fit),
  time('score', 'Scoring the pool, mean over seeds', ({ score }) => score),
  time('select', 'Choosing the batch, mean over seeds', ({ select }) => select),
];

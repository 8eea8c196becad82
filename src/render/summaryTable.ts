/** The summary as a table of texts, once for Markdown, terminal and HTML: which columns, how rounded, what they mean. */
import {
  type Comparison,
  type Estimate,
  groupAxes,
  type LabelsToTarget,
  type PhaseSeconds,
  type SummaryRow,
  spendings,
} from '../analysis/index.ts';

interface SummaryColumn {
  /** For renderers that treat a column in their own way. */
  readonly key?: 'strategy' | 'aubc';
  /** The same in all rows of a group, so it may head the group instead. */
  readonly perGroup?: boolean;
  readonly header: string;
  readonly align: 'left' | 'right';
  readonly cell: (row: SummaryRow) => string;
}

export interface SummaryTable {
  /** What is the same in all rows and so has no column, as `dataset digits`. */
  readonly shared: readonly string[];
  readonly columns: readonly SummaryColumn[];
  /** What the columns mean, one sentence each. */
  readonly notes: readonly string[];
}

/** `statistics`: how good the strategies are. `timings`: the seconds they took. */
type SummaryPart = 'all' | 'statistics' | 'timings';

export interface SummaryTableOptions {
  /** `all` if left out. */
  readonly part?: SummaryPart;
  /** Against the baseline; left out, the table has no such columns. */
  readonly comparisonOf?: (row: SummaryRow) => Comparison | undefined;
}

const MISSING = '–';

/** Axes of the sweep that have one value in all rows are named once, and columns that hold nothing are left out. */
export function summaryTable(
  rows: readonly SummaryRow[],
  { part = 'all', comparisonOf = () => undefined }: SummaryTableOptions = {},
): SummaryTable {
  const isShared = (axis: SummaryColumn) => new Set(rows.map(axis.cell)).size === 1;
  const counts = [failed, unfinished].filter((column) => rows.some((row) => column.cell(row) !== '0'));
  const columns = [...axes.filter((axis) => !isShared(axis)), strategy, seeds, ...counts];
  const notes: string[] = [];
  if (part !== 'timings') {
    const comparisons = comparisonColumns(rows, comparisonOf);
    columns.push(finalAccuracy, aubc, ...comparisons, ...targetColumns(rows));
    notes.push(...statisticsNotes(rows), ...(comparisons.length > 0 ? comparisonNotes : []));
  }
  if (part !== 'statistics') {
    columns.push(...timings);
    notes.push('Seconds: of a whole trial, mean over seeds.');
  }
  const first = rows[0];
  return {
    shared:
      first === undefined ? [] : axes.filter(isShared).map((axis) => `${axis.header} ${axis.cell(first)}`),
    columns,
    notes,
  };
}

const axes = groupAxes.map(
  ({ name, isNumber, text }): SummaryColumn => ({
    ...{ perGroup: true, header: name, align: isNumber ? 'right' : 'left', cell: text },
  }),
);

const strategy: SummaryColumn = {
  key: 'strategy',
  header: 'strategy',
  align: 'left',
  cell: (row) => row.strategy,
};

const seeds = count('seeds', (row) => row.numSeeds);
const failed = count('failed', (row) => row.numFailed);
const unfinished = count('unfinished', (row) => row.numUnfinished);

const finalAccuracy: SummaryColumn = {
  header: 'final accuracy',
  align: 'right',
  cell: ({ finalAccuracy: value }) => (value === undefined ? MISSING : withDeviation(value)),
};

const aubc: SummaryColumn = {
  key: 'aubc',
  header: 'AUBC [95 %]',
  align: 'right',
  cell: ({ aubc: value }) => (value === undefined ? MISSING : withInterval(value)),
};

const timings: readonly SummaryColumn[] = [phase('fit'), phase('score'), phase('select'), phase('evaluate')];

function count(header: string, value: (row: SummaryRow) => number): SummaryColumn {
  return { header, align: 'right', cell: (row) => String(value(row)) };
}

function phase(name: keyof PhaseSeconds): SummaryColumn {
  return {
    header: `${name} s`,
    align: 'right',
    cell: (row) => (row.seconds === undefined ? MISSING : shortSeconds(row.seconds[name])),
  };
}

/** One column per target; where each group has a target of its own, another one that names it. */
function targetColumns(rows: readonly SummaryRow[]): SummaryColumn[] {
  const numTargets = Math.max(0, ...rows.map((row) => row.labelsToTarget.length));
  return Array.from({ length: numTargets }, (_, i) => i).flatMap((i) => {
    const targets = new Set(rows.flatMap((row) => row.labelsToTarget[i]?.target ?? []));
    const text = (row: SummaryRow) => labelsText(row.labelsToTarget[i]);
    if (targets.size === 1) {
      return [
        { header: `${nounOf(rows)} to ${targetText([...targets][0] as number)}`, align: 'right', cell: text },
      ];
    }
    const target = (row: SummaryRow) => row.labelsToTarget[i]?.target;
    return [
      { perGroup: true, header: 'target', align: 'right', cell: (row) => targetText(target(row)) },
      { header: `${nounOf(rows)} to target`, align: 'right', cell: text },
    ];
  });
}

/** None where nothing is compared. */
function comparisonColumns(
  rows: readonly SummaryRow[],
  comparisonOf: (row: SummaryRow) => Comparison | undefined,
): SummaryColumn[] {
  const baseline = rows.map(comparisonOf).find((comparison) => comparison !== undefined)?.baseline;
  if (baseline === undefined) return [];
  const column = (header: string, text: (comparison: Comparison) => string): SummaryColumn => ({
    ...{ header, align: 'right' },
    cell: (row) => {
      const comparison = comparisonOf(row);
      return comparison === undefined ? MISSING : text(comparison);
    },
  });
  return [
    column(`Δ AUBC to ${baseline} [95 %]`, ({ difference, bootstrapInterval: interval }) =>
      interval === undefined
        ? signed(difference.mean)
        : `${signed(difference.mean)} [${signed(interval.lower)}, ${signed(interval.upper)}]`,
    ),
    column('p (Holm)', ({ tTest, adjustedTPValue: value }) =>
      tTest === undefined ? MISSING : value < 0.001 ? '<0.001' : value.toFixed(3),
    ),
    column('verdict', ({ verdict }) => (verdict === 'undecided' ? 'cannot tell' : verdict)),
    column('win/tie/loss', ({ wins, ties, losses }) => `${wins}/${ties}/${losses}`),
  ];
}

const comparisonNotes = [
  'Δ AUBC: paired by seed, with its bootstrap interval (BCa); p: paired t-test, adjusted by Holm’s rule for all strategies of the group.',
  'Verdict: better or worse where the interval lies on one side of 0 and p is at most 0.05; "cannot tell" does not mean equal.',
];

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${fraction(Math.abs(value))}`;
}

function withDeviation({ mean, standardDeviation }: Estimate): string {
  return standardDeviation === undefined
    ? fraction(mean)
    : `${fraction(mean)} ± ${fraction(standardDeviation)}`;
}

function withInterval({ mean, interval }: Estimate): string {
  if (interval === undefined) return fraction(mean);
  return `${fraction(mean)} [${fraction(interval.lower)}, ${fraction(interval.upper)}]`;
}

/** The median, and in brackets how many seeds got there where not all did. */
function labelsText(value: LabelsToTarget | undefined): string {
  if (value === undefined) return MISSING;
  const { numReached, numSeeds } = value;
  return numReached === numSeeds ? medianText(value) : `${medianText(value)} (${numReached} of ${numSeeds})`;
}

/** `120`, or `>200` if the median seed did not get there within the budget. */
export function medianText({ median }: LabelsToTarget): string {
  return median.reached ? String(Number(median.spent.toFixed(2))) : `>${Number(median.budget.toFixed(2))}`;
}

function targetText(target: number | undefined): string {
  return target === undefined ? MISSING : String(Number(fraction(target)));
}

function fraction(value: number): string {
  return value.toFixed(4);
}

function shortSeconds(amount: number): string {
  return amount < 9.995 ? amount.toFixed(2) : amount < 99.95 ? amount.toFixed(1) : amount.toFixed(0);
}

function statisticsNotes(rows: readonly SummaryRow[]): string[] {
  const noun = nounOf(rows);
  const end = noun === 'cost' ? 'at the highest cost' : `at the last number of ${noun}`;
  const notes = [
    `Final accuracy: ${end}, mean ± standard deviation over seeds.`,
    `AUBC: area under the learning curve over ${noun}, divided by ${noun === 'cost' ? 'its' : 'their'} range; mean with Student's 95 % interval.`,
  ];
  if (rows.some((row) => row.isBound)) {
    notes.push(
      '(bound): looks at labels that nobody paid for; it bounds the others and is not ranked with them.',
    );
  }
  if (rows.some((row) => row.labelsToTarget.length > 0)) {
    notes.push(
      `${noun.charAt(0).toUpperCase()}${noun.slice(1)} to a target: in total, the initial pool included; median over seeds, in brackets how many seeds got ` +
        'there if not all did, ">" if the budget ended first.',
    );
  }
  const sources = [...new Set(rows.flatMap((row) => row.targetFrom ?? []))];
  if (sources.length > 0) {
    notes.push(`Target: the final mean accuracy of ${sources.join(' or ')} under the same conditions.`);
  }
  return notes;
}

/** `labels`, or what else the curves are over. */
function nounOf(rows: readonly SummaryRow[]): string {
  return spendings[rows[0]?.over ?? 'labels'].noun;
}

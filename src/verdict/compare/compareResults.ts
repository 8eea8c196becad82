/** Two sides of stored results, seed by seed. */
import {
  aubc,
  type CurvePoint,
  estimate,
  type MetricName,
  meanOf,
  metricTitles,
  pairCurves,
  trialStatus,
} from '../../analysis/index.ts';
import { counted } from '../../foundation/counted.ts';
import { listed } from '../../foundation/listed.ts';
import { ranges } from '../../foundation/ranges.ts';
import { UserError } from '../../foundation/userError.ts';
import type { StoredTrial } from '../../store/record.ts';
import { requireSameConfig, requireSameData } from './comparableRuns.ts';
import { type DecisionRule, decide } from './decide.ts';
import type { ModelComparison } from './modelComparison.ts';
import { type PairedCells, pairRuns } from './pairRuns.ts';

/** `aubc`: the area under the curve of accuracy. The others are taken at the last number of labels that both have. */
export type ResultMetric = 'accuracy' | 'nll' | 'macro-f1' | 'aubc';

export interface ResultSide {
  readonly name: string;
  readonly trials: readonly StoredTrial[];
}

export interface ResultComparisonOptions extends DecisionRule {
  /** `aubc` if left out. */
  readonly metric?: ResultMetric;
  /** Refuses runs whose configurations differ in more than the one thing that is compared. */
  readonly isSameConfig?: boolean;
}

const LEVEL = 0.95;

export const resultMetrics: Readonly<
  Record<ResultMetric, { readonly title: string; readonly metric: MetricName }>
> = {
  accuracy: { title: 'final test accuracy', metric: 'accuracy' },
  nll: { title: 'final test negative log-likelihood (nats)', metric: 'nll' },
  'macro-f1': { title: 'final test macro-F1', metric: 'macroF1' },
  aubc: { title: 'AUBC of test accuracy', metric: 'accuracy' },
};

/**
 * A seed's value is the mean over the cells that both sides have; seeds that lack one of these cells are left out.
 * The interval is Student's, of the differences by seed. Throws `UserError` "nothing-to-compare", "no-shared-seeds",
 * "different-data", "different-config", and what `decide` throws.
 */
export function compareResults(
  old: ResultSide,
  other: ResultSide,
  options: ResultComparisonOptions = {},
): ModelComparison {
  const { metric = 'aubc', isSameConfig = false } = options;
  const entry = resultMetrics[metric];
  const { better } = metricTitles[entry.metric];
  const paired = pairRuns(old.trials, other.trials);
  requireSameData(paired);
  const warnings = requireSameConfig(paired, isSameConfig);
  const byCell = paired.pairs.map((pair) => pairCurves(pair.old, pair.new, { metric: entry.metric }));
  const scoreOf = (points: readonly CurvePoint[]): number =>
    metric === 'aubc' ? aubc(points) : (points.at(-1)?.value ?? Number.NaN);
  const all = [...new Set(byCell.flatMap(({ pairs }) => pairs.map(({ seed }) => seed)))].sort(
    (a, b) => a - b,
  );
  const seeds = all.flatMap((seed) => {
    const runs = byCell.flatMap(({ pairs }) => pairs.filter((pair) => pair.seed === seed).slice(0, 1));
    if (runs.length < byCell.length) return [];
    return [
      {
        seed,
        old: meanOf(runs.map(({ first }) => scoreOf(first))),
        new: meanOf(runs.map(({ second }) => scoreOf(second))),
      },
    ];
  });
  if (seeds.length === 0) throw noSharedSeeds(old, other);
  const sign = better === 'higher' ? 1 : -1;
  const { mean: gain, interval } = estimate(
    seeds.map((each) => sign * (each.new - each.old)),
    LEVEL,
  );
  const dropped = new Set([
    ...byCell.flatMap(({ droppedSeeds }) => droppedSeeds),
    ...all.filter((seed) => !seeds.some((each) => each.seed === seed)),
  ]).size;
  return {
    ...{ kind: 'results', gain, seeds },
    subject: subjectOf(paired, seeds.length),
    warnings: [
      ...warnings,
      ...warningsOf(
        paired,
        dropped,
        byCell.some(({ droppedPlaces }) => droppedPlaces.length > 0),
      ),
    ],
    metric: { name: metric, title: entry.title, better },
    old: { name: old.name, value: meanOf(seeds.map((each) => each.old)) },
    new: { name: other.name, value: meanOf(seeds.map((each) => each.new)) },
    ...(interval && { interval }),
    pairing: { unit: 'seeds', count: seeds.length, method: 'student', level: LEVEL },
    ...decide({ gain, ...(interval && { interval }) }, options),
  };
}

function subjectOf({ pairs }: PairedCells, numSeeds: number): string {
  const seeds = counted(numSeeds, 'seed');
  const datasets = listed([...new Set(pairs.map((pair) => pair.old.dataset))]);
  return pairs.length === 1
    ? `${seeds} on ${datasets}`
    : `${seeds} of each of ${pairs.length} cells on ${datasets}`;
}

function warningsOf({ numUnpaired }: PairedCells, numDropped: number, hasDroppedPlaces: boolean): string[] {
  return [
    ...(numUnpaired > 0
      ? [`${counted(numUnpaired, 'cell is', 'cells are')} left out, because only one side has them.`]
      : []),
    ...(numDropped > 0
      ? [
          `${counted(numDropped, 'seed is', 'seeds are')} left out, because not all cells of both sides have finished them.`,
        ]
      : []),
    ...(hasDroppedPlaces ? ['Curves are compared at the numbers of labels that both sides have.'] : []),
  ];
}

function noSharedSeeds(old: ResultSide, other: ResultSide): UserError {
  const seedsOf = ({ trials }: ResultSide): string => {
    const finished = trials.filter((trial) => trialStatus(trial) === 'finished');
    const seeds = [...new Set(finished.map(({ header }) => header.trial.identity.seed))].sort(
      (a, b) => a - b,
    );
    return seeds.length === 0 ? 'none' : ranges(seeds);
  };
  return new UserError(
    'no-shared-seeds',
    `The two sides must have finished a seed that both have. ${old.name} has finished ${seedsOf(old)}; ${other.name} ${seedsOf(other)}. Run the seeds that are missing.`,
  );
}
